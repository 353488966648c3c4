using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Clusters;
using MultiCluster.Nodes;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Drains that are stopped at any moment.</summary>
internal sealed class DrainStopPart : Part
{
    private const int Stops = 30;
    private const int EarlyStops = 15;
    private const int Nodes = 12;
    private const int PodsPerNode = 10;
    private const int AtOnce = 4;
    private const int Seed = 4;

    /// <summary>In which the first nodes are cordoned.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TerminationTime = TimeSpan.FromMilliseconds(300);

    /// <summary>From the stop until the server is asked for the truth.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);
    private static readonly DrainOptions Options = new() { DeleteEmptyDirData = true, MaxUnavailable = IntOrPercent.Parse($"{AtOnce}") };

    public override string Name => "drainstop";

    public override string Title => "Stopping a drain";

    public override string Method =>
        $"A simulated cluster with {Nodes} nodes of {PodsPerNode} pods that end {TerminationTime.TotalMilliseconds:0} ms after their eviction, drained with `-MaxUnavailable {AtOnce}`; the call is stopped as Ctrl+C does, {Stops} times, at random moments "
        + $"(seeded) of the time that a whole drain takes, and {EarlyStops} times in its first {Early.TotalMilliseconds:0} ms, in which nodes are being cordoned. {Afterwards.TotalSeconds:0} s later the results are compared with what the server was asked and holds.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(1, 0);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        await engine.Connections[0].ApplyAsync(new ClusterPreferences { Qps = 500 }, engine.Connections[0].Identity.ClusterName);
        await StopAsync(simulator, engine, TimeSpan.FromMinutes(1)); // the code is cold
        var whole = (await StopAsync(simulator, engine, TimeSpan.FromMinutes(1))).Took;
        var random = new Random(Seed);
        var stops = new List<Stop>();
        for (var i = 0; i < Stops + EarlyStops; i++)
            stops.Add(await StopAsync(simulator, engine, (i < Stops ? whole : Early) * random.NextDouble()));
        var begun = stops.Sum(static stop => stop.Begun);
        var lost = stops.Sum(static stop => stop.Unreported);
        var cordoned = stops.Sum(static stop => stop.Cordoned);
        var wrong = stops.Sum(static stop => stop.Misnamed);
        var late = stops.Sum(static stop => stop.Late);
        var last = stops.Max(static stop => stop.Last);
        var took = new Samples();
        foreach (var stop in stops)
            took.Add(stop.ToTheEnd.TotalMilliseconds);
        return
        [
            Table.Of(
                $"A whole drain took {Units.Seconds(whole.TotalSeconds)}; at {stops.Count(static stop => stop.Begun > 0 && stop.Drained < Nodes)} of the {Stops + EarlyStops} stops nodes were begun and not all of them drained. "
                + $"Nodes whose turn had not come have a result too, but for {stops.Sum(static stop => stop.Unheard)} nodes of {stops.Count(static stop => stop.Unheard > 0)} calls that were stopped before the cluster's part began: nothing was sent for them.",
                new Figure("nodes begun that no result names", Units.Count(lost), $"{Units.Count(begun)} begun, {Units.Count((Stops + EarlyStops) * Nodes)} in all", "", "0", lost == 0),
                new Figure("nodes wrongly said to be cordoned, or not to be", Units.Count(wrong), $"{Units.Count(cordoned)} cordoned", "", "0", wrong == 0),
                new Figure(
                    "evictions that reached the server 1 s after the stop or later", Units.Count(late), $"{Units.Count(stops.Sum(static stop => stop.Evictions))} evictions; the last {last.TotalMilliseconds:+0;-0;0} ms from its stop", "", "0", late == 0),
                new Figure("from the stop to the end of the call (slowest)", Units.Milliseconds(Math.Round(took.Max)), $"in the middle: {Units.Milliseconds(Math.Round(took.Median))}")),
        ];
    }

    private static async Task<Stop> StopAsync(Simulator simulator, EngineSession engine, TimeSpan after)
    {
        await simulator.FillNodesAsync(Nodes, PodsPerNode, TerminationTime);
        var (plans, _) = await EngineDrain.PlanAsync(engine, Options, "old-*");
        var began = DateTimeOffset.UtcNow;
        DateTimeOffset stopped, ended;
        IReadOnlyCollection<KubeDrainResult> results;
        await using (var drain = new EngineDrain(engine, plans, Options))
        {
            await Task.WhenAny(drain.Ended, Task.Delay(after));
            stopped = DateTimeOffset.UtcNow;
            drain.Stop();
            await drain.Ended;
            ended = DateTimeOffset.UtcNow;
            results = drain.Results;
        }

        await Task.Delay(Afterwards);
        var truth = (await simulator.TruthAsync())[0];
        var named = results.Where(static result => result.LeftCordoned).Select(static result => result.Node).ToHashSet();
        var reported = results.Where(static result => result.StartedAt is not null).Select(static result => result.Node).ToHashSet();
        named.SymmetricExceptWith(truth.Cordoned);
        return new Stop(
            stopped - began,
            ended - stopped,
            truth.Written.Count,
            truth.Written.Count(node => !reported.Contains(node)),
            Nodes - results.DistinctBy(static result => result.Node).Count(),
            results.Count(static result => result.State == DrainState.Drained),
            truth.Cordoned.Count,
            named.Count,
            truth.Evictions.Count,
            truth.Evictions.Count(at => at - stopped >= Bound),
            truth.Evictions.Select(at => at - stopped).DefaultIfEmpty(TimeSpan.MinValue).Max());
    }

    /// <param name="Took">From its beginning to the stop.</param>
    /// <param name="ToTheEnd">From the stop until the call had ended.</param>
    /// <param name="Begun">Nodes that the server was asked to cordon.</param>
    /// <param name="Unreported">Those of them that no result says were begun.</param>
    /// <param name="Unheard">Nodes without any result.</param>
    /// <param name="Drained">Nodes that were drained by then.</param>
    /// <param name="Cordoned">Nodes that are cordoned.</param>
    /// <param name="Misnamed">Nodes that are cordoned and not named so, or the other way round.</param>
    /// <param name="Evictions">Evictions that reached the server.</param>
    /// <param name="Late">Those that did so too late.</param>
    /// <param name="Last">The last of them, from the stop.</param>
    private sealed record Stop(
        TimeSpan Took, TimeSpan ToTheEnd, int Begun, int Unreported, int Unheard, int Drained, int Cordoned, int Misnamed, int Evictions, int Late, TimeSpan Last);
}
