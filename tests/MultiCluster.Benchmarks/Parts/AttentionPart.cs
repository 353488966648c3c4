using System.Globalization;
using MultiCluster.Api.Lists;
using MultiCluster.Attention.Scanning;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>What needs a look in one large cluster, against the lists that it needs, and the memory that it takes.</summary>
internal sealed class AttentionPart : Part
{
    private const int Pods = 50_000;
    private const int WarmUps = 5;
    private const int Rounds = 7;
    private const double Most = 400;

    public override string Name => "attention";

    public override string Title => "Attention";

    public override string Method =>
        $"One simulated cluster with {Pods:#,0} pods and their workloads in a process of its own, over TLS on loopback. All rules of `Get-KubeAttention` against the same lists "
        + "by the engine's own lister, side by side, whose objects are thrown away; in turns. The memory is the peak working set of a `pwsh` that imports the module, selects the cluster and runs `Get-KubeAttention` once.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        using var shell = await PowerShell.StartAsync();
        await using var simulator = await Simulator.StartAsync(1, Pods, nodes: 1000);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        Samples lists = new(), scans = new();
        long objects = 0, findings = 0;
        for (var round = -WarmUps; round < Rounds; round++)
        {
            (objects, var list) = await InventoryLists.ReadAsync(engine.Connections, InventoryLists.OfRules);
            var reader = new AttentionReader(new AttentionQuery());
            (findings, var scan) = await InventoryLists.TimeAsync(engine.Connections, (connection, sink, stop) => reader.ReadAsync(connection, "default", CallContext.Default, sink, stop));
            if (round < 0)
                continue;
            lists.Add(list);
            scans.Add(scan);
        }

        var run = await ChildRun.OfAsync(shell.Command(
            $"Import-Module '{PowerShell.Manifest}'; $null = Select-KubeCluster *; @(Get-KubeAttention).Count", simulator.Kubeconfig));
        var found = long.Parse(run.Output[0].Trim(), CultureInfo.InvariantCulture);
        if (found != findings)
            throw new InvalidOperationException($"The session found {found}, the engine {findings}.");
        var ratio = scans.Median / lists.Median;
        var peak = run.PeakBytes / (1024.0 * 1024);
        return
        [
            Table.Of(
                $"{Units.Count(objects)} objects in {Units.Count(InventoryLists.OfRules.Count)} lists, {Units.Count(findings)} findings.",
                new Figure(
                    $"attention over {Pods:#,0} pods", Units.Milliseconds(Math.Round(scans.Median)), $"its lists: {Units.Milliseconds(Math.Round(lists.Median))}", Units.Ratio(ratio), "≤ 1.3", ratio <= 1.3),
                new Figure("peak working set", $"{Math.Round(peak)} MiB", "", "", $"≤ {Most} MiB", peak <= Most)),
        ];
    }
}
