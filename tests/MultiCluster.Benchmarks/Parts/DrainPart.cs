using System.Diagnostics;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Clusters;
using MultiCluster.Nodes;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>A drain of many nodes of one cluster.</summary>
internal sealed class DrainPart : Part
{
    private const int Nodes = 50;
    private const int PodsPerNode = 20;
    private const int AtOnce = 10;
    private const int Rounds = 5;
    private const int KubectlNodes = 4;

    /// <summary>What Set-KubeCluster -Qps gives the cluster in the last round.</summary>
    private const double Qps = 500;
    private static readonly TimeSpan TerminationTime = TimeSpan.FromSeconds(1);
    private static readonly DrainOptions Options = new() { DeleteEmptyDirData = true, MaxUnavailable = IntOrPercent.Parse($"{AtOnce}") };

    public override string Name => "drain";

    public override string Title => "Draining nodes";

    public override string Method =>
        $"One simulated cluster with {Nodes} nodes and {Nodes * PodsPerNode:#,0} pods of 5 KB in a process of its own, {PodsPerNode} on each node, owned by ReplicaSets whose controllers work: a pod ends "
        + $"{TerminationTime.TotalSeconds:0} s after its eviction, and its replacement goes to other nodes (the drained ones are tainted, as a pool is that is being replaced). No budget holds any of them. All {Nodes} nodes are planned and drained "
        + $"with `-MaxUnavailable {AtOnce}`, timed from the beginning of the plan to the last result. In theory that takes {Nodes / AtOnce} waves of {TerminationTime.TotalSeconds:0} s, with nothing added for any request. The requests are counted by the server, "
        + $"those of connecting, planning and watching included. In turns with it, bare `HttpClient`s drain the same nodes, {AtOnce} at a time: cordon, list, evict all at once, watch.";

    private static double Theory => Nodes / AtOnce * TerminationTime.TotalSeconds;

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(1, 0);
        Samples walls = new(), plans = new(), requests = new(), raw = new();
        for (var round = -1; round < Rounds; round++)
        {
            var reference = await RawAsync(simulator);
            var (wall, plan, perPod) = await EngineAsync(simulator, null);
            if (round < 0)
                continue; // code and connections of the simulator are cold
            raw.Add(reference);
            walls.Add(wall);
            plans.Add(plan);
            requests.Add(perPod);
        }

        var free = await EngineAsync(simulator, Qps);
        var kubectl = await KubectlAsync(simulator);
        return
        [
            Table.Of(
                $"At the default rates, {Http.RequestLimits.Default.EvictionsPerSecond:0} evictions and {Http.RequestLimits.Default.RequestsPerSecond:0} other requests a second; the slowest of {Rounds} rounds took {Units.Seconds(walls.Max)}, of which the plan takes "
                + $"{Units.Seconds(plans.Median)}. The last row is one round with `Set-KubeCluster -Qps {Qps:0}`, which all requests share. "
                + (kubectl is null ? "kubectl drain: not measured, there is no kubectl on PATH." : $"`kubectl drain` had {KubectlNodes} such nodes ({KubectlNodes * PodsPerNode} pods) to drain, which it does one after the other."),
                new Figure(
                    $"{Nodes} nodes, {Nodes * PodsPerNode:#,0} pods", Units.Seconds(walls.Median), $"{Nodes / AtOnce} waves: {Units.Seconds(Theory)}; HttpClients: {Units.Seconds(raw.Median)}", Units.Ratio(walls.Median / Theory),
                    "≤ 1.50 of the waves", walls.Median <= 1.5 * Theory),
                new Figure(
                    "API requests per evicted pod", Units.Ratio(requests.Median), kubectl is { } theirs ? $"kubectl drain, {KubectlNodes} nodes: {Units.Ratio(theirs.PerPod)}" : "kubectl drain: not measured",
                    kubectl is null ? "" : Units.Ratio(requests.Median / kubectl.Value.PerPod), "≤ 2.20", requests.Median <= 2.2),
                new Figure(
                    "time per node", Units.Seconds(walls.Median / Nodes), kubectl is { } slower ? $"kubectl drain, {KubectlNodes} nodes: {Units.Seconds(slower.Wall / KubectlNodes)}" : "kubectl drain: not measured",
                    kubectl is null ? "" : Units.Ratio(walls.Median / Nodes / (kubectl.Value.Wall / KubectlNodes))),
                new Figure(
                    $"{Nodes} nodes, {Nodes * PodsPerNode:#,0} pods, -Qps {Qps:0}", Units.Seconds(free.Wall), $"{Nodes / AtOnce} waves: {Units.Seconds(Theory)}", Units.Ratio(free.Wall / Theory))),
        ];
    }

    private static async Task<(double Wall, double Plan, double PerPod)> EngineAsync(Simulator simulator, double? qps)
    {
        await simulator.FillNodesAsync(Nodes, PodsPerNode, TerminationTime);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        await engine.Connections[0].ApplyAsync(new ClusterPreferences { Qps = qps }, engine.Connections[0].Identity.ClusterName);
        var watch = Stopwatch.StartNew();
        var (plans, plan) = await EngineDrain.PlanAsync(engine, Options, "old-*");
        await using var drain = new EngineDrain(engine, plans, Options);
        await drain.Ended;
        var wall = watch.Elapsed.TotalSeconds;
        var truth = (await simulator.TruthAsync())[0];
        var evicted = drain.Results.Sum(static result => result.Evicted);
        if (drain.Results.Count(static result => result.State == DrainState.Drained) != Nodes || evicted != Nodes * PodsPerNode || truth.PodsLeft > 0)
            throw new InvalidOperationException($"{evicted} pods were evicted, {truth.PodsLeft} are left: {drain.Results.FirstOrDefault(static result => result.State != DrainState.Drained)?.Reason}");
        return (wall, plan.TotalSeconds, truth.Requests / (double)evicted);
    }

    private static async Task<double> RawAsync(Simulator simulator)
    {
        await simulator.FillNodesAsync(Nodes, PodsPerNode, TerminationTime);
        using var client = RawClient.Of(simulator.Kubeconfig)[0];
        var watch = Stopwatch.StartNew();
        await new RawDrain(client).RunAsync([.. Enumerable.Range(0, Nodes).Select(SimulatedNodes.Old)], AtOnce);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<(double Wall, double PerPod)?> KubectlAsync(Simulator simulator)
    {
        if (PowerShell.Find("kubectl") is not { } program)
            return null;
        await simulator.FillNodesAsync(KubectlNodes, PodsPerNode, TerminationTime);
        var run = await ChildRun.OfAsync(ChildRun.Command(
            program, ["drain", .. Enumerable.Range(0, KubectlNodes).Select(SimulatedNodes.Old), "--delete-emptydir-data", "--context=sim-1", $"--kubeconfig={simulator.Kubeconfig}"]));
        var truth = (await simulator.TruthAsync())[0];
        return truth.PodsLeft > 0
            ? throw new InvalidOperationException($"kubectl has left {truth.PodsLeft} pods: {run.Output[0]}")
            : (run.Wall.TotalSeconds, truth.Requests / (double)(KubectlNodes * PodsPerNode));
    }
}
