using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Kubeconfig;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>The engine as the module uses it, without PowerShell: a pool with everything of a kubeconfig selected.</summary>
internal sealed class EngineSession : IAsyncDisposable
{
    private readonly ClusterPool _pool;
    private readonly string _folder;

    private EngineSession(ClusterPool pool, string folder, IReadOnlyList<ClusterConnection> connections)
    {
        _pool = pool;
        _folder = folder;
        Connections = connections;
    }

    public IReadOnlyList<ClusterConnection> Connections { get; }

    public static async Task<EngineSession> StartAsync(string kubeconfig)
    {
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        var pool = NewPool(folder);
        var selection = await pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [kubeconfig] });
        await ClusterPool.ConnectAsync(selection.Clusters, TimeSpan.FromSeconds(30), null, CancellationToken.None);
        return new EngineSession(pool, folder, [.. selection.Clusters.Select(cluster => cluster.Connection!)]);
    }

    /// <summary>A pool that keeps its files in <paramref name="folder"/> and never beats in between.</summary>
    public static ClusterPool NewPool(string folder, KubeconfigSearch? search = null) => new(new ClusterPoolOptions
    {
        ConfigurationFolder = folder,
        CacheFolder = folder,
        HeartbeatInterval = TimeSpan.FromHours(1),
        Search = search ?? new KubeconfigSearch(),
    });

    /// <summary>Lists all pods of the clusters, as Get-KubeResource does.</summary>
    public static async Task<EngineCall> ListPodsAsync(IReadOnlyList<ClusterConnection> clusters, int throttle, TimeSpan silence, Action<KubeObject>? take = null)
    {
        var reader = new ResourceReader(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true });
        var context = CallContext.Default with { Timeouts = CallContext.Default.Timeouts with { Silence = silence } };
        var watch = Stopwatch.StartNew();
        double? first = null;
        double last = 0;
        int objects = 0, faults = 0;
        await using var run = FanOutRun.Start(
            clusters, new FanOutOptions { ThrottleLimit = throttle }, (cluster, sink, stop) => reader.ReadAsync(cluster, "default", context, sink, stop));
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is FanOutFault)
                faults++;
            if (item is not FanOutObjects<KubeObject> some)
                continue;
            last = watch.Elapsed.TotalMilliseconds;
            first ??= last;
            objects += some.Objects.Count;
            for (var i = 0; take is not null && i < some.Objects.Count; i++)
                take(some.Objects[i]);
        }

        return new EngineCall(first ?? 0, last, watch.Elapsed.TotalMilliseconds, objects, faults);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What a call brought, and when, in milliseconds from its start.</summary>
/// <param name="First">The first object.</param>
/// <param name="Last">The last object.</param>
/// <param name="End">The end of the call.</param>
internal sealed record EngineCall(double First, double Last, double End, int Objects, int Faults);
