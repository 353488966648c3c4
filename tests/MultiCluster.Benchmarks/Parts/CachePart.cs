using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Caching;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Live caches: what they take, and how soon they answer.</summary>
internal sealed class CachePart : Part
{
    private const int Clusters = 10;
    private const int Pods = 5000;
    private const int Rounds = 20;
    private const double MostMemory = 1.2;
    private const double MostWait = 100;

    public override string Name => "caches";

    public override string Title => "Live caches";

    public override string Method =>
        $"{Clusters} simulated clusters in a process of their own with {Pods:N0} pods each, whose pods `Enable-KubeCache` keeps. Memory is what the collector counts after a full collection, less what it counted "
        + $"before. A `-Cached` list reads all {Clusters * Pods:N0} through the fan-out; beside it the same list from the servers. Medians of {Rounds} rounds.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, Pods);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        var live = await ListAsync(engine, cached: false);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using (var run = FanOutRun.Start(engine.Connections, new FanOutOptions(), (connection, sink, stop) => new CacheStart(["pods"], []).RunAsync(connection, "default", CallContext.Default, sink, stop)))
        {
            await foreach (var item in run.Items.ReadAllAsync())
            {
                if (item is FanOutFault fault)
                    throw new InvalidOperationException(fault.Fault.Message);
            }
        }

        double kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        double json = engine.Connections.Sum(static connection => ClusterCaches.Of(connection).All.Sum(static cache => cache.Status.Bytes));
        Samples firsts = new(), walls = new();
        for (var round = -3; round < Rounds; round++)
        {
            var (first, wall) = await ListAsync(engine, cached: true);
            if (round < 0)
                continue; // the code is cold
            firsts.Add(first);
            walls.Add(wall);
        }

        return
        [
            Table.Of(
                "",
                new Figure($"{Clusters} caches of {Pods:N0} pods", Units.Mebibytes(kept), $"their JSON: {Units.Mebibytes(json)}", Units.Ratio(kept / json), $"≤ {Units.Ratio(MostMemory)}", kept / json <= MostMemory),
                new Figure("first object of a cached list", Units.Milliseconds(firsts.Median), $"from the servers: {Units.Milliseconds(live.First)}", "", $"≤ {Units.Milliseconds(MostWait)}", firsts.Median <= MostWait),
                new Figure("all of them", Units.Milliseconds(walls.Median), $"from the servers: {Units.Milliseconds(live.Wall)}", Units.Ratio(walls.Median / live.Wall))),
        ];
    }

    private static async Task<(double First, double Wall)> ListAsync(EngineSession engine, bool cached)
    {
        var watch = Stopwatch.StartNew();
        var (first, count) = (0.0, 0);
        var reader = new ResourceReader(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, Cached = cached });
        await using var run = FanOutRun.Start(engine.Connections, new FanOutOptions(), (connection, sink, stop) => reader.ReadAsync(connection, "default", CallContext.Default, sink, stop));
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is not FanOutObjects<KubeObject> pods)
                continue;
            if (count == 0)
                first = watch.Elapsed.TotalMilliseconds;
            count += pods.Objects.Count;
        }

        return count == Clusters * Pods ? (first, watch.Elapsed.TotalMilliseconds) : throw new InvalidOperationException($"{count} pods came.");
    }
}
