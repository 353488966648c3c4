using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>The plan of a drain, for a fleet.</summary>
internal sealed class DrainPlanPart : Part
{
    private const int Clusters = 10;
    private const int Nodes = 50;
    private const int Pods = 1500;
    private const int Rounds = 15;
    private const int WarmUps = 12;
    private static readonly DrainOptions Options = new() { IgnoreDaemonSet = true, DeleteEmptyDirData = true, Force = true };

    public override string Name => "drainplan";

    public override string Title => "Planning a drain";

    public override string Method =>
        $"{Clusters} simulated clusters in one process of their own, with {Nodes} nodes and {Pods:#,0} pods each. The engine plans the drain of all {Clusters * Nodes} nodes: it asks what the user may do, lists nodes, pods, budgets and DaemonSets (their metadata), "
        + "and decides about each pod. The reference is the engine's own lister, which lists those pods, budgets and DaemonSets to objects that are kept; both in turns, each first in every other round, and each begins with a heap that has been collected. "
        + "Every round has a session of its own whose connections are warm; its first plan asks for the rights, a second one knows them. Bare `HttpClient`s read the same lists in one request each to nowhere.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, Pods, Nodes);
        var raw = RawClient.Of(simulator.Kubeconfig);
        Samples plans = new(), again = new(), lists = new(), rawLists = new(), ratios = new();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
            await ListAsync(engine);
            var rawList = await RawAsync(raw);
            var list = round % 2 == 0 ? await ListAsync(engine) : 0;
            var plan = await PlanAsync(engine);
            list = round % 2 == 0 ? list : await ListAsync(engine);
            var second = await PlanAsync(engine);
            if (round < 0)
                continue; // the code is cold
            plans.Add(plan);
            again.Add(second);
            lists.Add(list);
            rawLists.Add(rawList);
            ratios.Add(plan / list);
        }

        foreach (var client in raw)
            client.Dispose();
        var ratio = plans.Median / lists.Median;
        return
        [
            Table.Of(
                $"{Rounds} rounds; within a round the ratio was {Units.Ratio(ratios.Min)} to {Units.Ratio(ratios.Max)}, {Units.Ratio(ratios.Median)} in the middle. The plan costs {plans.Median - lists.Median:0} ms more than its lists.",
                new Figure(
                    $"plan of {Clusters * Nodes} nodes, {Clusters * Pods:#,0} pods", Units.Milliseconds(plans.Median), $"the lister: {Units.Milliseconds(lists.Median)}; HttpClients: {Units.Milliseconds(rawLists.Median)}", Units.Ratio(ratio),
                    "≤ 1.50 of the lister", ratio <= 1.5),
                new Figure("the same again, the rights known", Units.Milliseconds(again.Median), $"the lister: {Units.Milliseconds(lists.Median)}", Units.Ratio(again.Median / lists.Median))),
        ];
    }

    private static async Task<double> PlanAsync(EngineSession engine)
    {
        GC.Collect();
        var (plans, took) = await EngineDrain.PlanAsync(engine, Options, "*");
        Check(plans.Count, Clusters * Nodes);
        return took.TotalMilliseconds;
    }

    private static async Task<double> ListAsync(EngineSession engine)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var pods = 0;
        await using var run = FanOutRun.Start(engine.Connections, new FanOutOptions(), async (cluster, sink, stop) =>
        {
            var lists = await Task.WhenAll(
                ListAsync(cluster, NodeKinds.Pod, false, stop), ListAsync(cluster, await DrainInventory.BudgetKindAsync(cluster, stop), false, stop), ListAsync(cluster, NodeKinds.DaemonSet, true, stop));
            Interlocked.Add(ref pods, lists[0].Count);
            await sink.WriteAsync<List<KubeObject>>(lists, stop);
        });
        var kept = new List<FanOutItem>();
        await foreach (var item in run.Items.ReadAllAsync())
            kept.Add(item);
        var took = watch.Elapsed.TotalMilliseconds;
        Check(pods, Clusters * Pods);
        GC.KeepAlive(kept);
        return took;
    }

    private static async Task<List<KubeObject>> ListAsync(ClusterConnection cluster, ResourceKind kind, bool metadataOnly, CancellationToken stop)
    {
        var objects = new List<KubeObject>();
        await foreach (var piece in cluster.Session.Objects.ListAsync(kind, new ListQuery { MetadataOnly = metadataOnly }, CallContext.Default, stop))
            objects.AddRange(piece);
        return objects;
    }

    private static async Task<double> RawAsync(IReadOnlyList<RawClient> raw)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(raw.Select(static async client =>
        {
            // One buffer for each client: its answers come one after the other.
            await client.DrainAsync("api/v1/pods");
            await client.DrainAsync("apis/policy/v1/poddisruptionbudgets");
            await client.DrainAsync("apis/apps/v1/daemonsets");
        }));
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Check(int have, int expected)
    {
        if (have != expected)
            throw new InvalidOperationException($"{have} instead of {expected}.");
    }
}
