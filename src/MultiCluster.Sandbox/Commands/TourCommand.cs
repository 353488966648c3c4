using System.Runtime.InteropServices;
using Spectre.Console;

namespace MultiCluster.Sandbox.Commands;

/// <summary><c>tour</c>: what the module does, on embedded clusters: each command as one would type it, and what the engine answers.</summary>
internal static class TourCommand
{
    /// <summary>Columns of a tour that goes into a file or a pipe.</summary>
    private const int PlainWidth = 120;

    public static async Task<int> RunAsync(CommandOptions options)
    {
        _ = options; // The tour has none; CommandOptions has refused any.
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var plain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        try
        {
            await RunAsync(Console.Out, plain, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130; // as a shell says of what Ctrl+C ended
        }
    }

    /// <summary>Runs the whole tour and cleans up after it.</summary>
    public static async Task RunAsync(TextWriter output, bool plain, CancellationToken cancellationToken)
    {
        var page = new TourPage(ConsoleOn(output, plain));
        var folder = Directory.CreateTempSubdirectory("multicluster-tour-").FullName;
        try
        {
            await using var fleet = await SimulatedFleet.StartAsync(
                new FleetOptions { Clusters = 5, Pods = 100, Names = FleetOptions.RealisticNames }, cancellationToken);
            fleet.WriteKubeconfig(Path.Combine(folder, "tour"));
            await using var session = new TourSession(folder, page);
            await new TourScript(fleet, session, page).RunAsync(cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IAnsiConsole ConsoleOn(TextWriter output, bool plain)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false }, // a CI's variables do not make a file a terminal
        });
        if (plain) console.Profile.Width = PlainWidth;
        return console;
    }
}
