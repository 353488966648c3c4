using MultiCluster.Sandbox.Changes;

namespace MultiCluster.Sandbox.Commands;

/// <summary>A fleet with its kubeconfig, which goes when the session ends.</summary>
internal sealed class SandboxSession : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly IReadOnlyList<Churn> _churns;

    private SandboxSession(SimulatedFleet fleet, IReadOnlyList<Churn> churns, string kubeconfig, string? folder)
    {
        Fleet = fleet;
        _churns = churns;
        Kubeconfig = kubeconfig;
        _folder = folder;
    }

    public string Kubeconfig { get; }

    public SimulatedFleet Fleet { get; }

    public static async Task<SandboxSession> StartAsync(CommandOptions options)
    {
        if (options.Text("kubeconfig") is { } path && Path.Exists(path))
            throw new UsageException($"{path} exists already. Name a file that does not: it is deleted at the end.");
        var writes = options.Number("churn", 0, 0, 10_000);
        var fleet = await SimulatedFleet.StartAsync(new FleetOptions
        {
            Clusters = options.Number("clusters", 3, 1, 500),
            Pods = options.Number("pods", 50, 0, 100_000),
            Seed = options.Number("seed", 1, 0, int.MaxValue),
            Names = FleetOptions.RealisticNames,
            Controllers = true,
        });
        var folder = options.Text("kubeconfig") is null ? Directory.CreateTempSubdirectory("multicluster-sandbox-").FullName : null;
        var kubeconfig = Path.GetFullPath(options.Text("kubeconfig") ?? Path.Combine(folder!, "sandbox"));
        fleet.WriteKubeconfig(kubeconfig);
        return new SandboxSession(fleet, writes == 0 ? [] : [.. fleet.Clusters.Select((cluster, i) => ChurnOf(cluster, writes, i))], kubeconfig, folder);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var churn in _churns) await churn.DisposeAsync();
        await Fleet.DisposeAsync();
        File.Delete(Kubeconfig);
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    // Where the user who may read least sees them too.
    private static Churn ChurnOf(SimulatedCluster cluster, int writes, int seed) =>
        Churn.Start(cluster, new ChurnOptions { WritesPerSecond = writes, Events = 0.5, Namespace = "web", Seed = seed });
}
