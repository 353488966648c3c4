using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;
using MultiCluster.Reading;
using MultiCluster.Resources;
using MultiCluster.Resources.Lists;

namespace MultiCluster.Sandbox.Commands;

/// <summary>The tour's engine: a pool that knows the tour's kubeconfig alone, and the calls that the cmdlets make.</summary>
internal sealed class TourSession : IAsyncDisposable
{
    private readonly TourPage _page;
    private readonly ClusterPool _pool;
    private readonly FanOutLog _log = new();

    public TourSession(string folder, TourPage page)
    {
        _page = page;
        _pool = new ClusterPool(new ClusterPoolOptions
        {
            Search = new KubeconfigSearch
            {
                HomeFolder = folder,
                ReadVariable = name => name == "KUBECONFIG" ? Path.Combine(folder, "tour") : null,
            },
            ConfigurationFolder = Path.Combine(folder, "config"),
            CacheFolder = Path.Combine(folder, "cache"),
        });
    }

    /// <summary>Get-KubeCluster.</summary>
    public IReadOnlyList<KubeCluster> Known() => _pool.Known().Clusters;

    /// <summary>Get-KubeFanOut.</summary>
    public IReadOnlyList<FanOutReport> Reports(int last) => _log.Last(last);

    /// <summary>Select-KubeCluster.</summary>
    public async Task<IReadOnlyList<KubeCluster>> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var selection = await _pool.SelectAsync(request);
        foreach (var refusal in selection.Refusals) _page.Error("Select-KubeCluster", refusal.Fault);
        await ClusterPool.ConnectAsync(selection.Clusters, CallTimeouts.Default.Silence, null, cancellationToken);
        return selection.Clusters;
    }

    /// <summary>Get-KubeResource on everything selected: the objects, in the order they arrive, and the faults.</summary>
    public async Task<TourAnswer> GetAsync(ResourceQuery query, CallTimeouts timeouts, CancellationToken cancellationToken)
    {
        var clusters = _pool.Selected.ToDictionary(cluster => cluster.Connection!);
        var reader = new ResourceReader(query, new FirstCount(query.First));
        var call = new CallContext { Timeouts = timeouts };
        List<KubeObject> objects = [];
        List<Fault> faults = [];
        await using var run = FanOutRun.Start(
            [.. clusters.Keys],
            new FanOutOptions { Command = "Get-KubeResource" },
            (connection, sink, stop) => reader.ReadAsync(connection, _pool.Namespaces.For(clusters[connection]), call, sink, stop));
        await foreach (var item in run.Items.ReadAllAsync(cancellationToken))
        {
            if (item is FanOutObjects<KubeObject> arrived) objects.AddRange(arrived.Objects);
            else if (item is FanOutFault failed) faults.Add(failed.Fault);
        }

        return new TourAnswer(objects, faults, _log.Add(run));
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}

/// <summary>What a call brought.</summary>
internal sealed record TourAnswer(IReadOnlyList<KubeObject> Objects, IReadOnlyList<Fault> Faults, FanOutReport Report);
