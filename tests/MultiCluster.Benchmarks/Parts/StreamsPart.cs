using System.Diagnostics;
using MultiCluster.Api.Watches;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Faults;
using MultiCluster.Resources;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Many clusters watched as one, by a consumer that keeps up and by one that does not.</summary>
internal sealed class StreamsPart : Part
{
    private const int Clusters = 50;
    private const int PerSecond = 200;
    private const int Seconds = 180;
    private const int ReferenceSeconds = 20;
    private const int SlowSeconds = 30;
    private const int SlowPerSecond = 10;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SlowSpan = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override string Name => "streams";

    public override string Title => "Watching many clusters";

    public override string Method =>
        $"{Clusters} simulated clusters in one process of their own, each of which creates, updates and deletes pods {PerSecond} times a second; every write has a serial "
        + $"number. The engine watches all of them into one pipeline with a window of {Window.TotalMilliseconds:0} ms: {Seconds} s with a consumer that takes everything, then "
        + $"{SlowSeconds} s with one that takes {SlowPerSecond} events a second. In between, a bare `HttpClient` for each cluster reads the same watches line by line to nowhere, "
        + $"for {ReferenceSeconds} s. Memory is the mean working set of the last {Span.TotalSeconds:0} s by that of the {Span.TotalSeconds:0} s after a warm-up of {WarmUp.TotalSeconds:0} s "
        + $"({SlowSpan.TotalSeconds:0} s each with the slow consumer).";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, 0);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        var all = await AllAsync(simulator, engine);
        var reference = await ReferenceAsync(simulator);
        var slow = await SlowAsync(simulator, engine);
        var mark = (int)Window.TotalMilliseconds + 100;
        var throttled = slow.BytesPerSecond / all.BytesPerSecond;
        return
        [
            Table.Of(
                $"{Units.Count(all.Events)} events in {all.Took.TotalSeconds:0.0} s, {Units.Mebibytes(all.BytesPerSecond)} a second; {all.Disordered} of them came before an earlier one of their cluster. The median "
                + $"from socket to pipeline was {all.Median} ms, the servers kept {Units.Ratio(all.Servers)} processors busy. {all.Interrupted} interruptions, {all.Gaps} gaps (a server ends a watch that is 1,000 events behind, whoever is to blame).",
                new Figure("events lost", Units.Count(all.Lost), $"{Units.Count(all.Written)} written", "", "0", all.Lost == 0),
                new Figure("events more than once", Units.Count(all.Repeated), "", "", "0", all.Repeated == 0),
                new Figure("from socket to pipeline, p99", $"{all.High} ms", $"window {Window.TotalMilliseconds:0} ms", "", $"≤ {mark} ms", all.High <= mark),
                new Figure("processors kept busy", Units.Ratio(all.Processors), $"HttpClient, lines to nowhere: {Units.Ratio(reference)}", Units.Ratio(all.Processors / reference), "≤ 1.00", all.Processors <= 1),
                new Figure("memory at the end", Units.Mebibytes(all.Memory.Last), $"at first: {Units.Mebibytes(all.Memory.First)}", Units.Ratio(all.Memory.Growth), "≤ 1.05", all.Memory.Growth <= 1.05)),
            Table.Of(
                $"The slow consumer took {Units.Count(slow.Events)} of {Units.Count(slow.Written)} events. Servers ended watches that had fallen behind, as they do: {slow.Interrupted} interruptions, {slow.Gaps} gaps.",
                new Figure("faults", Units.Count(slow.Faults.Count), string.Join("; ", slow.Faults.Select(static fault => fault.Detail).Distinct().Take(3)), "", "0", slow.Faults.Count == 0),
                new Figure(
                    "bytes out of the sockets, per second", Units.Mebibytes(slow.BytesPerSecond), $"all consumed: {Units.Mebibytes(all.BytesPerSecond)}", Units.Ratio(throttled), "≤ 0.10", throttled <= 0.1),
                new Figure("memory at the end", Units.Mebibytes(slow.Memory.Last), $"at first: {Units.Mebibytes(slow.Memory.First)}", Units.Ratio(slow.Memory.Growth), "≤ 1.05", slow.Memory.Growth <= 1.05)),
        ];
    }

    private static async Task<All> AllAsync(Simulator simulator, EngineSession engine)
    {
        const int Writes = PerSecond * Seconds;
        var tallies = engine.Connections.ToDictionary(static one => one.Identity.ClusterName, static _ => new WatchTally(Writes));
        var delays = new Delays();
        IReadOnlyList<ClusterWrites> written;
        TimeSpan began, ended, processor, servers;
        int interrupted, gaps;
        await using var vitals = new Vitals();
        await using (var stream = EngineStream.OfPods(engine, Window, Take))
        {
            await stream.UntilAsync(WatchNoticeType.Connected, Clusters);
            began = vitals.Now;
            (processor, servers) = (Environment.CpuUsage.TotalTime, simulator.Processor);
            await simulator.ChurnAsync(PerSecond, Writes);
            written = await simulator.WrittenAsync();
            ended = vitals.Now;
            await Condition.IsMetAsync(() => tallies.Values.Sum(static tally => tally.Count) >= Clusters * Writes, Patience);
            (processor, servers) = (Environment.CpuUsage.TotalTime - processor, simulator.Processor - servers);
            await Task.Delay(1000); // what comes twice may come last
            (interrupted, gaps) = (stream.Count(WatchNoticeType.Interrupted), stream.Count(WatchNoticeType.Gap));
        }

        var compared = engine.Connections.Select((one, i) => tallies[one.Identity.ClusterName].Compare(written[i])).ToArray();
        return new All(
            tallies.Values.Sum(static tally => tally.Count), Clusters * Writes, compared.Sum(static one => one.Lost), compared.Sum(static one => one.Repeated), compared.Sum(static one => one.Disordered),
            delays.Quantile(0.5), delays.Quantile(0.99), processor / (ended - began), vitals.BytesPerSecond(began, ended), Memory.Of(vitals, began, ended, Span), ended - began,
            servers / (ended - began), interrupted, gaps);

        ValueTask Take(IReadOnlyList<KubeWatchEvent> events, CancellationToken stop)
        {
            var now = DateTimeOffset.UtcNow;
            foreach (var happened in events)
            {
                delays.Add(now - happened.At);
                tallies[happened.ClusterName].Take(happened);
            }

            return default;
        }
    }

    private static async Task<Slow> SlowAsync(Simulator simulator, EngineSession engine)
    {
        var pace = Timeout.InfiniteTimeSpan;
        long taken = 0;
        await using var vitals = new Vitals();
        await using var stream = EngineStream.OfPods(engine, Window, TakeAsync);
        await stream.UntilAsync(WatchNoticeType.Connected, Clusters);
        pace = TimeSpan.FromSeconds(1.0 / SlowPerSecond);
        taken = 0;
        var began = vitals.Now;
        await simulator.ChurnAsync(PerSecond, PerSecond * SlowSeconds);
        await Task.Delay(TimeSpan.FromSeconds(SlowSeconds));
        var ended = vitals.Now;
        return new Slow(
            taken, PerSecond * SlowSeconds * Clusters, stream.Faults, stream.Count(WatchNoticeType.Interrupted), stream.Count(WatchNoticeType.Gap),
            vitals.BytesPerSecond(began + WarmUp, ended), Memory.Of(vitals, began, ended, SlowSpan));

        async ValueTask TakeAsync(IReadOnlyList<KubeWatchEvent> events, CancellationToken stop)
        {
            for (var i = 0; i < events.Count && pace > TimeSpan.Zero; i++, taken++)
                await Task.Delay(pace, stop);
        }
    }

    /// <summary>How many processors a bare reading of the same lines keeps busy.</summary>
    private static async Task<double> ReferenceAsync(Simulator simulator)
    {
        var raw = RawClient.Of(simulator.Kubeconfig);
        using var stop = new CancellationTokenSource();
        long lines = 0;
        var reading = Task.WhenAll(raw.Select(client => client.ReadLinesAsync("api/v1/pods?watch=true&allowWatchBookmarks=true", _ => Interlocked.Increment(ref lines), stop.Token)));
        await Task.Delay(TimeSpan.FromSeconds(3)); // all of them are connected, and have what there was
        var expected = Interlocked.Read(ref lines) + (Clusters * PerSecond * ReferenceSeconds);
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await simulator.ChurnAsync(PerSecond, PerSecond * ReferenceSeconds);
        await simulator.WrittenAsync();
        var wall = watch.Elapsed;
        var isWhole = await Condition.IsMetAsync(() => Interlocked.Read(ref lines) >= expected, Patience);
        processor = Environment.CpuUsage.TotalTime - processor;
        await stop.CancelAsync();
        await reading.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var client in raw)
            client.Dispose();
        return isWhole ? processor / wall : throw new InvalidOperationException($"The reference has only {lines} of {expected} lines.");
    }

    private sealed record All(
        long Events, long Written, long Lost, long Repeated, long Disordered, int Median, int High, double Processors, double BytesPerSecond, Memory Memory, TimeSpan Took,
        double Servers, int Interrupted, int Gaps);

    private sealed record Slow(long Events, long Written, IReadOnlyList<Fault> Faults, int Interrupted, int Gaps, double BytesPerSecond, Memory Memory);

    private sealed record Memory(double First, double Last)
    {
        public double Growth => Last / First;

        public static Memory Of(Vitals vitals, TimeSpan began, TimeSpan ended, TimeSpan span) =>
            new(vitals.WorkingSet(began + WarmUp, began + WarmUp + span), vitals.WorkingSet(ended - span, ended));
    }
}
