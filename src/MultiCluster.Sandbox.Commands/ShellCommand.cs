using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MultiCluster.Sandbox.Commands;

/// <summary><c>shell</c>: runs clusters, and a PowerShell in front of them.</summary>
internal static class ShellCommand
{
    // A history of its own, also where PowerShell does not ask HOME for its folder.
    private const string Opening = """
        Set-PSReadLineOption -HistorySavePath (Join-Path $HOME history.txt)
        Import-Module -Name $env:MULTICLUSTER_MODULE
        $env:MULTICLUSTER_MODULE = $null
        """;

    public static async Task<int> RunAsync(CommandOptions options)
    {
        var module = BuildOutput.Module(options.Text("module"));
        var program = await PowerShellProgram.FindAsync();

        // Ctrl+C belongs to the shell.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var signals = new StopSignals(PosixSignal.SIGTERM, PosixSignal.SIGHUP);
        try
        {
            await using var session = await SandboxSession.StartAsync(options, signals.Token);
            Console.WriteLine($"""
                {session.Fleet.Clusters.Count} simulated clusters are here until you exit. Look at them:  Get-KubeCluster
                Then:  Select-KubeCluster *;  Get-KubeResource pod -AllNamespaces
                """);
            var start = program.StartInfo(session, "-NoExit", "-Command", Opening);
            start.Environment["MULTICLUSTER_MODULE"] = module;
            using var shell = Process.Start(start)!;
            await using var ending = signals.Token.Register(() => shell.Kill(entireProcessTree: true));
            await shell.WaitForExitAsync(CancellationToken.None);
            return signals.ExitCode != 0 ? signals.ExitCode : shell.ExitCode;
        }
        catch (OperationCanceledException) when (signals.ExitCode != 0)
        {
            return signals.ExitCode;
        }
    }
}
