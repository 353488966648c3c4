using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Overview;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>The fleet at a glance, against the lists that it needs.</summary>
internal sealed class OverviewPart : Part
{
    private const int Clusters = 50;
    private const int Pods = 1000;
    private const int WarmUps = 8;
    private const int Rounds = 9;

    public override string Name => "overview";

    public override string Title => "Overview";

    public override string Method =>
        $"{Clusters} simulated clusters with {Pods:#,0} pods each in a process of their own, over TLS on loopback. `Get-KubeOverview` against the same lists "
        + "by the engine's own lister, side by side per cluster, whose objects are thrown away; in turns.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, Pods, nodes: 40);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        Samples lists = new(), overviews = new();
        long objects = 0;
        for (var round = -WarmUps; round < Rounds; round++)
        {
            (objects, var list) = await InventoryLists.ReadAsync(engine.Connections, InventoryLists.OfOverview);
            var reader = new OverviewReader(new OverviewQuery(), engine.Connections);
            var (rows, overview) = await InventoryLists.TimeAsync(engine.Connections, (connection, sink, stop) => reader.ReadAsync(connection, "default", CallContext.Default, sink, stop));
            if (rows != Clusters)
                throw new InvalidOperationException($"{rows} clusters have a row.");
            if (round < 0)
                continue;
            lists.Add(list);
            overviews.Add(overview);
        }

        var ratio = overviews.Median / lists.Median;
        return
        [
            Table.Of(
                $"{Units.Count(objects)} objects in {Units.Count(InventoryLists.OfOverview.Count)} lists per cluster.",
                new Figure(
                    $"overview of {Clusters} clusters", Units.Milliseconds(Math.Round(overviews.Median)), $"its lists: {Units.Milliseconds(Math.Round(lists.Median))}", Units.Ratio(ratio), "≤ 1.3", ratio <= 1.3)),
        ];
    }
}
