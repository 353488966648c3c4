using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MultiCluster.Sandbox.Commands;

/// <summary><c>tour</c>: tour.ps1 in a PowerShell that has the module, on embedded clusters; TourRunner.ps1 types it and checks what comes.</summary>
internal static class TourCommand
{
    /// <summary>Columns of a tour that goes into a file or a pipe.</summary>
    private const int PlainWidth = 120;

    /// <summary>How long a PowerShell that is told to end may take.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(CommandOptions options)
    {
        using var process = Process.GetCurrentProcess();
        using var signals = new StopSignals(PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP);
        var script = Path.GetFullPath(options.Text("script") ?? BuildOutput.Script("tour.ps1"));
        if (!File.Exists(script)) throw new UsageException($"There is no script {script}.");
        var module = BuildOutput.Module();
        try
        {
            var program = await PowerShellProgram.FindAsync(signals.Token);
            var fleet = new FleetOptions { Clusters = 5, Pods = 100, Names = FleetOptions.RealisticNames };
            await using var session = await SandboxSession.StartAsync(fleet, cancellationToken: signals.Token);
            var result = await RunAsync(program, session, script, module, signals.Token);
            if (result == 0)
            {
                var whole = DateTime.Now - process.StartTime;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {session.Fleet.Clusters.Count} clusters took {session.StartTime.TotalSeconds:0.0} s to start, the whole tour {whole.TotalSeconds:0.0} s."));
            }
            return result;
        }
        catch (OperationCanceledException) when (signals.ExitCode != 0)
        {
            await Console.Error.WriteLineAsync("\nStopped. The clusters are gone.");
            return signals.ExitCode;
        }
    }

    private static async Task<int> RunAsync(
        PowerShellProgram program, SandboxSession session, string script, string module, CancellationToken cancellationToken)
    {
        await using var stage = new TourStage(session.Fleet);
        List<string> arguments =
            ["-NonInteractive", "-File", BuildOutput.Script("TourRunner.ps1"), "-Script", script, "-Module", module, "-Pipe", stage.PipeName];
        if (Console.IsOutputRedirected) arguments.AddRange(["-Width", PlainWidth.ToString(CultureInfo.InvariantCulture)]);
        var start = program.StartInfo(session, arguments);
        if (Console.IsOutputRedirected) start.Environment["NO_COLOR"] = "1";
        using var shell = Process.Start(start)!;
        try
        {
            await shell.WaitForExitAsync(cancellationToken);
            return shell.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C reaches it by itself, as all that the terminal runs; else it sees that the pipe ends.
            await stage.CloseAsync();
            using var late = new CancellationTokenSource(Farewell);
            await shell.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!shell.HasExited) shell.Kill(entireProcessTree: true);
            throw;
        }
    }
}
