using System.Diagnostics;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Many clusters at once.</summary>
internal sealed class FanOutPart : Part
{
    private const int Clusters = 500;
    private const int Latency = 200;
    private const int Rounds = 10;

    /// <summary>Until then a third of the processors' time goes to the JIT, on both sides.</summary>
    private const int WarmUps = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public override string Name => "fanout";

    public override string Title => "Fan-out";

    public override string Method =>
        $"{Clusters} simulated clusters in one process of their own, each answering a list after {Latency} ms; connections and code are warm. "
        + "The floor is ceil(clusters / ThrottleLimit) × 200 ms. The first answer is when the first of as many bare HttpClients has its headers.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, 1);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        var raw = RawClient.Of(simulator.Kubeconfig);
        await simulator.SetAsync(Latency);
        for (var round = 0; round < WarmUps; round++)
        {
            await RawAsync(raw, Clusters);
            await EngineSession.ListPodsAsync(engine.Connections, Clusters, Patience);
        }

        var figures = new List<Figure>();
        foreach (var throttle in new[] { 32, Clusters })
            figures.AddRange(await ThrottledAsync(engine, raw, throttle));
        var spread = new List<IReadOnlyList<string>>();
        foreach (var dead in new[] { 0, 5 })
        {
            foreach (var clusters in new[] { 1, 10, 100, Clusters })
            {
                if (dead == 0 || clusters >= 20)
                    spread.Add(await SpreadAsync(simulator, engine, clusters, clusters * dead / 100));
            }
        }

        foreach (var client in raw)
            client.Dispose();
        return
        [
            Table.Of("", figures),
            new Table(
                ["clusters", "dead", "first object p50", "p95", "all objects p50", "p95", "whole call p50", "p95"],
                spread,
                $"ThrottleLimit {Clusters}, {Rounds} calls each. A dead cluster is a black hole: it accepts connections and never answers. "
                + $"It costs one call its timeout ({Patience.TotalSeconds:0} s here), which the p95 of the whole call shows; the later calls get its fault at once."),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> ThrottledAsync(EngineSession engine, IReadOnlyList<RawClient> raw, int throttle)
    {
        Samples walls = new(), firsts = new(), rawWalls = new(), rawFirsts = new();
        for (var round = 0; round < Rounds; round++)
        {
            var (rawWall, rawFirst) = await RawAsync(raw, throttle);
            var call = await EngineSession.ListPodsAsync(engine.Connections, throttle, Patience);
            if (call.Faults > 0)
                throw new InvalidOperationException($"{call.Faults} clusters failed.");
            walls.Add(call.End);
            firsts.Add(call.First);
            rawWalls.Add(rawWall);
            rawFirsts.Add(rawFirst);
        }

        double floor = (Clusters + throttle - 1) / throttle * Latency;
        var late = firsts.Median - rawFirsts.Median;
        return
        [
            new Figure(
                $"{Clusters} clusters, ThrottleLimit {throttle}", Units.Milliseconds(walls.Median), $"floor {Units.Milliseconds(floor)}; HttpClients {Units.Milliseconds(rawWalls.Median)}",
                Units.Ratio(walls.Median / floor), "≤ 1.25 of the floor", walls.Median <= 1.25 * floor),
            new Figure(
                $"first object, ThrottleLimit {throttle}", Units.Milliseconds(firsts.Median), $"first answer {Units.Milliseconds(rawFirsts.Median)}",
                $"{late:+0;-0;0} ms", "≤ 50 ms later", late <= 50),
        ];
    }

    private static async Task<(double Wall, double First)> RawAsync(IReadOnlyList<RawClient> raw, int throttle)
    {
        var watch = Stopwatch.StartNew();
        long first = long.MaxValue;
        await Parallel.ForEachAsync(raw, new ParallelOptions { MaxDegreeOfParallelism = throttle }, async (client, _) =>
        {
            await client.DrainAsync("api/v1/pods?limit=500");
            InterlockedMin(ref first, watch.ElapsedTicks);
        });
        return (watch.Elapsed.TotalMilliseconds, first * 1000.0 / Stopwatch.Frequency);
    }

    private static void InterlockedMin(ref long least, long value)
    {
        for (var seen = Volatile.Read(ref least); value < seen; seen = Volatile.Read(ref least))
        {
            if (Interlocked.CompareExchange(ref least, value, seen) == seen)
                return;
        }
    }

    private static async Task<IReadOnlyList<string>> SpreadAsync(Simulator simulator, EngineSession engine, int clusters, int dead)
    {
        // The dead are the fleet's last.
        var targets = engine.Connections.TakeLast(clusters).ToArray();
        await simulator.SetAsync(Latency, dead);
        Samples firsts = new(), lasts = new(), ends = new();
        for (var round = dead > 0 ? 0 : -1; round < Rounds; round++)
        {
            var call = await EngineSession.ListPodsAsync(targets, Clusters, Patience);
            if (call.Faults != dead)
                throw new InvalidOperationException($"{call.Faults} faults from {dead} dead clusters.");
            if (round < 0)
                continue;
            firsts.Add(call.First);
            lasts.Add(call.Last);
            ends.Add(call.End);
        }

        await simulator.SetAsync(Latency);
        foreach (var target in targets)
            target.Session.Client.Reset();
        return
        [
            $"{clusters}", $"{dead}", Units.Milliseconds(Math.Round(firsts.Median)), Units.Milliseconds(Math.Round(firsts.Quantile(0.95))), Units.Milliseconds(Math.Round(lasts.Median)),
            Units.Milliseconds(Math.Round(lasts.Quantile(0.95))), Units.Milliseconds(Math.Round(ends.Median)), Units.Milliseconds(Math.Round(ends.Quantile(0.95))),
        ];
    }
}
