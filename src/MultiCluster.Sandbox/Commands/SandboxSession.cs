namespace MultiCluster.Sandbox.Commands;

/// <summary>A fleet with its kubeconfig, which goes when the session ends.</summary>
internal sealed class SandboxSession : IAsyncDisposable
{
    private readonly SimulatedFleet _fleet;
    private readonly string? _folder;

    private SandboxSession(SimulatedFleet fleet, string kubeconfig, string? folder)
    {
        _fleet = fleet;
        Kubeconfig = kubeconfig;
        _folder = folder;
    }

    public string Kubeconfig { get; }

    public int Clusters => _fleet.Clusters.Count;

    public static async Task<SandboxSession> StartAsync(CommandOptions options)
    {
        if (options.Text("kubeconfig") is { } path && Path.Exists(path))
            throw new UsageException($"{path} exists already. Name a file that does not: it is deleted at the end.");
        var fleet = await SimulatedFleet.StartAsync(new FleetOptions
        {
            Clusters = options.Number("clusters", 3, 1, 500),
            Pods = options.Number("pods", 50, 0, 100_000),
            Seed = options.Number("seed", 1, 0, int.MaxValue),
            Names = FleetOptions.RealisticNames,
        });
        var folder = options.Text("kubeconfig") is null ? Directory.CreateTempSubdirectory("multicluster-sandbox-").FullName : null;
        var kubeconfig = Path.GetFullPath(options.Text("kubeconfig") ?? Path.Combine(folder!, "sandbox"));
        fleet.WriteKubeconfig(kubeconfig);
        return new SandboxSession(fleet, kubeconfig, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        File.Delete(Kubeconfig);
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }
}
