using System.Diagnostics;
using System.Text.RegularExpressions;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Objects;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>The engine alone against a bare HttpClient.</summary>
internal sealed partial class EnginePart : Part
{
    private const int Pods = 5000;
    private const int Rounds = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override string Name => "engine";

    public override string Title => "Engine alone";

    public override string Method =>
        $"One simulated cluster with {Pods:#,0} pods in a process of its own, over TLS on loopback. The engine lists them to `KubeObject`s; "
        + "`HttpClient` reads the same bytes to nowhere, in the engine's pages and in one request, and the faster of the two is the reference.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(1, Pods);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        using var raw = RawClient.Of(simulator.Kubeconfig)[0];
        Samples paged = new(), whole = new(), lists = new(), rawProcessor = new(), processor = new();
        long bytes = 0;
        for (var round = -15; round < Rounds; round++)
        {
            var (pagedTime, pagedProcessor) = await TimeAsync(async () => bytes = await DrainPagesAsync(raw));
            var (wholeTime, _) = await TimeAsync(() => raw.DrainAsync("api/v1/pods"));
            var (listTime, listProcessor) = await TimeAsync(() => EngineSession.ListPodsAsync(engine.Connections, 32, Patience));
            if (round < 0)
                continue;
            paged.Add(pagedTime);
            whole.Add(wholeTime);
            lists.Add(listTime);
            rawProcessor.Add(pagedProcessor);
            processor.Add(listProcessor);
        }

        var reference = Math.Min(paged.Median, whole.Median);
        var kept = await KeptPerObjectAsync(engine);
        return
        [
            Table.Of(
                "",
                new Figure(
                    "list to objects", Units.Throughput(bytes / lists.Median * 1000), $"HttpClient to nowhere: {Units.Throughput(bytes / reference * 1000)}",
                    Units.Ratio(reference / lists.Median), "≥ 0.70", reference / lists.Median >= 0.7),
                new Figure("processor time of a list", Units.Milliseconds(processor.Median), $"HttpClient: {Units.Milliseconds(rawProcessor.Median)}", Units.Ratio(processor.Median / rawProcessor.Median)),
                new Figure("kept per object beyond its JSON", $"{Units.Count(kept)} bytes", "", "", "≤ 600 bytes", kept <= 600)),
        ];
    }

    /// <summary>The same pages that the engine asks for: 500, then 2,000.</summary>
    internal static async Task<long> DrainPagesAsync(RawClient raw)
    {
        long bytes = 0;
        var next = "";
        for (var limit = 500; ; limit = 2000)
        {
            var (read, beginning) = await raw.DrainAsync($"api/v1/pods?limit={limit}{next}");
            bytes += read;
            var token = Continue().Match(System.Text.Encoding.UTF8.GetString(beginning));
            if (!token.Success)
                return bytes;
            next = $"&continue={Uri.EscapeDataString(token.Groups[1].Value)}";
        }
    }

    private static async Task<double> KeptPerObjectAsync(EngineSession engine)
    {
        var kept = new List<KubeObject>(2 * Pods);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await EngineSession.ListPodsAsync(engine.Connections, 32, Patience, kept.Add);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var json = kept.Sum(one => (long)one.Root.Raw.Length);
        return (after - before - json) / (double)kept.Count;
    }

    private static async Task<(double Milliseconds, double Processor)> TimeAsync(Func<Task> action)
    {
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await action();
        return (watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }

    [GeneratedRegex("\"continue\":\"([^\"]+)\"")]
    private static partial Regex Continue();
}
