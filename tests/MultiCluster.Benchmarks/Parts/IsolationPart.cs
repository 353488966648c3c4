using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Sick clusters among healthy ones.</summary>
internal sealed class IsolationPart : Part
{
    private const int Clusters = 10;
    private const int Sick = 2;
    private const int Pods = 500;
    private const int Rounds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public override string Name => "isolation";

    public override string Title => "Isolation";

    public override string Method =>
        $"{Clusters} simulated clusters with {Pods} pods each, answering after 50 ms. One is a black hole, one refuses the login. The 8 healthy ones are timed "
        + "to their last object: alone and together with the sick two, in turns.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, Pods);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        var healthy = engine.Connections.Take(Clusters - Sick).ToArray();
        for (var round = 0; round < 5; round++)
            await EngineSession.ListPodsAsync(engine.Connections, 32, Patience);
        await simulator.SetAsync(latency: 50, dead: 1, refusing: 1);
        var first = await EngineSession.ListPodsAsync(engine.Connections, 32, Patience);
        var ends = new List<double>();
        Samples alone = new(), together = new(), whole = new();
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add((await EngineSession.ListPodsAsync(healthy, 32, Patience)).Last);
            var call = await EngineSession.ListPodsAsync(engine.Connections, 32, Patience);
            if (call.Faults != Sick || call.Objects != first.Objects)
                throw new InvalidOperationException($"{call.Objects} objects and {call.Faults} faults.");
            together.Add(call.Last);
            whole.Add(call.End);
            ends.Add(call.End);
        }

        var waited = ends.Count(end => end > Patience.TotalMilliseconds / 2);
        var ratio = together.Median / alone.Median;
        return
        [
            Table.Of(
                $"The very first call waited {Units.Milliseconds(Math.Round(first.End))} for the black hole (its timeout is {Patience.TotalSeconds:0} s here), and had the healthy clusters' last object after {Units.Milliseconds(Math.Round(first.Last))}. "
                + $"{waited} of the {Rounds} later calls waited for it again: after 15 s, and later every 60 s, one call is let through to see whether it is back.",
                new Figure(
                    "8 healthy clusters among 10", Units.Milliseconds(together.Median), $"the 8 alone: {Units.Milliseconds(alone.Median)}", Units.Ratio(ratio), "≤ 1.10", ratio <= 1.1),
                new Figure(
                    "whole call, from the second on (slowest)", Units.Milliseconds(whole.Max), $"the timeout: {Units.Milliseconds(Patience.TotalMilliseconds)}", Units.Ratio(whole.Max / Patience.TotalMilliseconds),
                    "pays no timeout again", whole.Max < Patience.TotalMilliseconds / 2)),
        ];
    }
}
