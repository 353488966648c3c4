using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Copying;
using MultiCluster.Exec;
using MultiCluster.FanOut;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>A big file out of a pod, and into it.</summary>
internal sealed class CopyPart : Part
{
    private const int Megabytes = 500;
    private const int Rounds = 3;
    private const double Least = 0.7;
    private const double MostMemory = 64e6;

    private static readonly string Exec = $"api/v1/namespaces/{SimulatedFiles.Namespace}/pods/{SimulatedFiles.Pod}/exec?container={SimulatedFiles.Container}&stdout=true&stderr=true";

    public override string Name => "copy";

    public override string Title => "Copying files";

    public override string Method =>
        $"One file of {Megabytes} MB in a pod of a simulated cluster: what cat writes of it read to nowhere, as `Invoke-KubeCommand` reads it, then the file copied out to a file here and from here into the "
        + "pod, as `Copy-KubeItem` does. In turns with each a bare `ClientWebSocket`: it reads cat to nowhere, writes what the same tar writes to a file as it comes, and gives as many bytes out of nowhere to "
        + $"cat. The figures are the medians of {Rounds} rounds. "
        + "Memory is the highest working set during a copy, less the one before.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(1, 0);
        await simulator.AddFilesAsync(Megabytes);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        var raw = new RawExec(simulator.Kubeconfig);
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        try
        {
            var here = Path.Combine(folder, "big");
            var (reads, outs, ins, rawReads, rawOuts, rawIns) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
            var memory = 0.0;
            for (var round = 0; round <= Rounds; round++)
            {
                var rawRead = await SecondsAsync(() => raw.ReadAsync($"{Exec}&command=cat&command={SimulatedFiles.Folder}/big"));
                var read = await SecondsAsync(() => ReadAsync(engine));
                var rawOut = await SecondsAsync(() => raw.ReadAsync($"{Exec}&command=tar&command=cf&command=-&command=-C&command={SimulatedFiles.Folder}&command=--&command=big", Path.Combine(folder, "raw")));
                var (copyOut, outMemory) = await CopyAsync(engine, toPods: false, $"{SimulatedFiles.Folder}/big", here);
                var rawIn = await SecondsAsync(() => raw.WriteAsync($"{Exec}&stdin=true&command=sh&command=-c&command=cat%20%3E%20/tmp/raw", Megabytes * 1_000_000L));
                var (copyIn, inMemory) = await CopyAsync(engine, toPods: true, here, $"{SimulatedFiles.Folder}/back");
                if (round == 0)
                    continue; // warm
                rawReads.Add(rawRead);
                reads.Add(read);
                rawOuts.Add(rawOut);
                outs.Add(copyOut);
                rawIns.Add(rawIn);
                ins.Add(copyIn);
                memory = Math.Max(memory, Math.Max(outMemory, inMemory));
            }

            return
            [
                Table.Of(
                    "",
                    Of("cat of the pod to nowhere", reads, rawReads),
                    Of("out of the pod", outs, rawOuts),
                    Of("into the pod", ins, rawIns),
                    new Figure("memory during a copy", Units.Mebibytes(memory), "", "", $"≤ {Units.Mebibytes(MostMemory)}", memory <= MostMemory)),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Figure Of(string what, List<double> seconds, List<double> reference)
    {
        var (value, bare) = (Megabytes * 1e6 / Median(seconds), Megabytes * 1e6 / Median(reference));
        return new Figure(what, Units.Throughput(value), $"ClientWebSocket: {Units.Throughput(bare)}", Units.Ratio(value / bare), $"≥ {Units.Ratio(Least)}", value / bare >= Least);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task ReadAsync(EngineSession engine)
    {
        var query = new ProcessQuery
        {
            Namespace = SimulatedFiles.Namespace,
            Pod = SimulatedFiles.Pod,
            Container = SimulatedFiles.Container,
            Command = ["cat", $"{SimulatedFiles.Folder}/big"],
            Operation = "read",
        };
        using var process = await PodProcess.StartAsync(engine.Connections[0], query, CallContext.Default, CancellationToken.None);
        while (await process.ReadAsync(CancellationToken.None) is { IsEnd: false })
        {
            // To nowhere.
        }
    }

    private static async Task<(double Seconds, double Memory)> CopyAsync(EngineSession engine, bool toPods, string source, string destination)
    {
        var query = new CopyQuery { Names = [SimulatedFiles.Pod], Namespaces = [SimulatedFiles.Namespace], Sources = [source], Destination = destination, ToPods = toPods, FolderForEachPod = false };
        GC.Collect();
        double before = Environment.WorkingSet, most = before;
        using var ended = new CancellationTokenSource();
        var watching = WatchAsync();
        var seconds = await SecondsAsync(async () =>
        {
            using var call = new CopyCall(query, ["sim-1"], TimeProvider.System, CancellationToken.None);
            await using var run = FanOutRun.Start(engine.Connections, new FanOutOptions(), (connection, sink, stop) => call.RunAsync(connection, SimulatedFiles.Namespace, CallContext.Default, sink, stop));
            await foreach (var item in run.Items.ReadAllAsync())
            {
                if (item is FanOutFault fault)
                    throw new InvalidOperationException(fault.Fault.Message);
            }
        });
        await ended.CancelAsync();
        await watching;
        return (seconds, most - before);

        async Task WatchAsync()
        {
            while (!ended.IsCancellationRequested)
            {
                most = Math.Max(most, Environment.WorkingSet);
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
