using System.Diagnostics;
using MultiCluster.Sandbox.Changes;

namespace MultiCluster.Sandbox.Commands;

/// <summary>A fleet with its kubeconfig, and folders for a PowerShell in front of it, which go when the session ends.</summary>
internal sealed class SandboxSession : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multicluster-sandbox-").FullName;
    private readonly List<Churn> _churns = [];

    private SandboxSession(SimulatedFleet fleet, string? kubeconfig)
    {
        Fleet = fleet;
        Kubeconfig = Path.GetFullPath(kubeconfig ?? Path.Combine(_folder, "sandbox"));
        Home = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName;
        fleet.WriteKubeconfig(Kubeconfig);
    }

    public string Kubeconfig { get; }

    /// <summary>Stands in for the user's home folder.</summary>
    public string Home { get; }

    public SimulatedFleet Fleet { get; }

    /// <summary>How long the clusters took to start.</summary>
    public TimeSpan StartTime { get; private init; }

    /// <summary>The clusters that a command line asks for.</summary>
    public static async Task<SandboxSession> StartAsync(CommandOptions options, CancellationToken cancellationToken = default)
    {
        if (options.Text("kubeconfig") is { } path && Path.Exists(path))
            throw new UsageException($"{path} exists already. Name a file that does not: it is deleted at the end.");
        var writes = options.Number("churn", 0, 0, 10_000);
        var clusters = options.Number("clusters", 3, 1, 500);
        var fleet = new FleetOptions
        {
            Clusters = clusters,
            OpenShift = options.Number("openshift", 0, 0, clusters),
            Pods = options.Number("pods", 50, 0, 100_000),
            Seed = options.Number("seed", 1, 0, int.MaxValue),
            Names = FleetOptions.RealisticNames,
            Controllers = true,
            Metrics = true,
        };
        var session = await StartAsync(fleet, options.Text("kubeconfig"), cancellationToken);
        // Where the user who may read least sees them too.
        var churn = new ChurnOptions { WritesPerSecond = writes, Events = 0.5, Namespace = "web" };
        if (writes > 0) session._churns.AddRange(session.Fleet.Clusters.Select((cluster, i) => Churn.Start(cluster, churn with { Seed = i })));
        return session;
    }

    public static async Task<SandboxSession> StartAsync(FleetOptions options, string? kubeconfig = null, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        var fleet = await SimulatedFleet.StartAsync(options, cancellationToken);
        return new SandboxSession(fleet, kubeconfig) { StartTime = clock.Elapsed };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var churn in _churns) await churn.DisposeAsync();
        await Fleet.DisposeAsync();
        try
        {
            File.Delete(Kubeconfig);
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{_folder} could not be deleted: {e.Message}");
        }
    }
}
