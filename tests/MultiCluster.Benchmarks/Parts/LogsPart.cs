using System.Diagnostics;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Logs;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Logs of many containers followed as one.</summary>
internal sealed class LogsPart : Part
{
    private const int Clusters = 10;
    private const int Pods = 10;
    private const int PerSecond = 1000;
    private const int Seconds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public override string Name => "logs";

    public override string Title => "Following logs";

    public override string Method =>
        $"{Clusters * Pods} containers in {Clusters} simulated clusters, each of which writes {PerSecond:#,0} numbered lines a second for {Seconds} s; their files are rotated meanwhile. "
        + $"The engine follows all of them in the order of time; the consumer reads each line's text. Then bare `HttpClient`s follow the same logs line by line to nowhere, as long.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, 0);
        await simulator.AddLogsAsync(Pods);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        var (tallies, delays, processors, stream) = await FollowAsync(simulator, engine);
        var written = (await simulator.WrittenAsync()).Select(static one => one.Lines).ToArray();
        long lost = 0, repeated = 0, disordered = 0;
        for (var i = 0; i < Clusters; i++)
        {
            for (var pod = 0; pod < Pods; pod++)
            {
                var tally = tallies.GetValueOrDefault((engine.Connections[i].Identity.ClusterName, SimulatedLogs.Pod(pod))) ?? new LogTally();
                lost += tally.Lost(written[i][pod]);
                repeated += tally.Repeated;
                disordered += tally.Disordered;
            }
        }

        var reference = await ReferenceAsync(simulator);
        return
        [
            Table.Of(
                $"From when a line was written until it was in the pipeline it took {delays.Quantile(0.5)} ms (median), {delays.Quantile(0.99)} ms (p99); {Units.Count(disordered)} lines came before an earlier one of their "
                + $"container. {stream.Count(LogNoticeType.Interrupted)} interruptions, {stream.Count(LogNoticeType.Gap)} gaps, {stream.Faults.Count} faults.",
                new Figure("lines lost", Units.Count(lost), $"{Units.Count(written.Sum(static lines => lines.Sum()))} written", "", "0", lost == 0),
                new Figure("lines more than once", Units.Count(repeated), "", "", "0", repeated == 0),
                new Figure("processors kept busy", Units.Ratio(processors), $"HttpClient, lines to nowhere: {Units.Ratio(reference)}", Units.Ratio(processors / reference), "≤ 1.00", processors <= 1)),
        ];
    }

    private static async Task<(Dictionary<(string Cluster, string Pod), LogTally> Tallies, Delays Delays, double Processors, EngineStream Stream)> FollowAsync(Simulator simulator, EngineSession engine)
    {
        var tallies = new Dictionary<(string, string), LogTally>();
        var delays = new Delays();
        long taken = 0;
        var containers = 0;
        await using var stream = EngineStream.OfLogs(engine, new LogQuery { Follow = true }, Take);
        await simulator.WriteLogsAsync(1);
        await Condition.IsMetAsync(() => Volatile.Read(ref containers) == Clusters * Pods, Patience); // all of them are followed
        var processors = await WriteAsync(simulator, () => Interlocked.Read(ref taken));
        await Task.Delay(1000); // what comes twice may come last
        return (tallies, delays, processors, stream);

        ValueTask Take(IReadOnlyList<KubeLogLine> lines, CancellationToken stop)
        {
            // A piece is of one container.
            var key = (lines[0].ClusterName, lines[0].Pod);
            if (!tallies.TryGetValue(key, out var tally))
                tallies[key] = tally = new LogTally();
            Volatile.Write(ref containers, tallies.Count);
            var now = DateTime.UtcNow;
            foreach (var line in lines)
            {
                delays.Add(TimeSpan.FromTicks(now.Ticks - line.UtcTicks));
                tally.Take(line.Line);
            }

            Interlocked.Add(ref taken, lines.Count);
            return default;
        }
    }

    private static async Task<double> ReferenceAsync(Simulator simulator)
    {
        var raw = RawClient.Of(simulator.Kubeconfig);
        using var stop = new CancellationTokenSource();
        long lines = 0;
        var reading = Task.WhenAll(raw.SelectMany(client => Enumerable.Range(0, Pods).Select(pod => client.ReadLinesAsync(
            $"api/v1/namespaces/default/pods/{SimulatedLogs.Pod(pod)}/log?follow=true&timestamps=true", _ => Interlocked.Increment(ref lines), stop.Token))));
        await Task.Delay(TimeSpan.FromSeconds(3)); // all of them are connected, and have what the last file held
        var processors = await WriteAsync(simulator, () => Interlocked.Read(ref lines));
        await stop.CancelAsync();
        await reading.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var client in raw)
            client.Dispose();
        return processors;
    }

    /// <summary>
    /// Has lines written, and waits until as many have been taken. Returns how many processors that kept busy: the processor time for all of them by the
    /// time in which they were written, so that nothing is won by being late.
    /// </summary>
    private static async Task<double> WriteAsync(Simulator simulator, Func<long> taken)
    {
        var before = (Written: await WrittenAsync(simulator), Taken: taken(), Processor: Environment.CpuUsage.TotalTime);
        var watch = Stopwatch.StartNew();
        await simulator.WriteLogsAsync(PerSecond);
        await Task.Delay(TimeSpan.FromSeconds(Seconds));
        await simulator.WriteLogsAsync(0);
        var wall = watch.Elapsed;
        var written = await WrittenAsync(simulator) - before.Written;
        await Condition.IsMetAsync(() => taken() - before.Taken >= written, Patience);
        return (Environment.CpuUsage.TotalTime - before.Processor) / wall;
    }

    private static async Task<long> WrittenAsync(Simulator simulator) => (await simulator.WrittenAsync()).Sum(static one => one.Lines.Sum());
}
