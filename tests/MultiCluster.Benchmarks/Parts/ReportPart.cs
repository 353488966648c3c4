using System.Diagnostics;
using System.Text;
using MultiCluster.Attention;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Overview;
using MultiCluster.Reports;
using MultiCluster.Reports.Content;
using MultiCluster.Reports.Forms;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>A report of many clusters.</summary>
internal sealed class ReportPart : Part
{
    private const int Clusters = 50;
    private const int Findings = 5000;
    private const int Rounds = 9;
    private const double MostMaking = 3;
    private const double MostOpening = 1;
    private const int MostBytes = 2_000_000;

    public override string Name => "report";

    public override string Title => "A report to send";

    public override string Method =>
        $"`Export-KubeReport` of {Clusters} clusters with {Findings:N0} findings, from its data to the file's text, the first time, when nothing is compiled. Opening is a whole headless Chromium that shows the page, less one "
        + $"that shows an empty one; medians of {Rounds} rounds.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        IReadOnlyList<object> data = [.. Enumerable.Range(1, Clusters).Select(Cluster), .. Enumerable.Range(1, Findings).Select(Finding)];
        var watch = Stopwatch.StartNew();
        var (_, text) = ReportFiles.Of(new KubeReport("Fleet", DateTimeOffset.Now, ReportContent.Of(data)), "fleet.html", ReportForm.Html).Single();
        var making = watch.Elapsed.TotalSeconds;
        var bytes = Encoding.UTF8.GetByteCount(text);
        List<Figure> figures =
        [
            new("making it", Units.Seconds(making), "", "", $"≤ {MostMaking:0} s", making <= MostMaking),
            new("its size", Units.Count(bytes / 1000.0) + " kB", "", "", $"≤ {Units.Count(MostBytes / 1000)} kB", bytes <= MostBytes),
        ];
        if (Environment.GetEnvironmentVariable("MULTICLUSTER_BROWSER") is { Length: > 0 } browser)
        {
            var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-");
            var (file, empty) = (Path.Combine(folder.FullName, "fleet.html"), Path.Combine(folder.FullName, "empty.html"));
            await File.WriteAllTextAsync(file, text);
            await File.WriteAllTextAsync(empty, "<!doctype html><title>x</title>");
            Samples pages = new(), bare = new();
            for (var round = -1; round < Rounds; round++)
            {
                var (shown, nothing) = (await OpenAsync(browser, file), await OpenAsync(browser, empty));
                if (round < 0)
                    continue;
                pages.Add(shown);
                bare.Add(nothing);
            }

            folder.Delete(recursive: true);
            var opening = pages.Median - bare.Median;
            figures.Add(new Figure("opening it", Units.Seconds(opening), $"the browser alone: {Units.Seconds(bare.Median)}", "", $"≤ {MostOpening:0} s", opening <= MostOpening));
        }

        return [Table.Of(figures.Count == 3 ? "" : "Not opened: MULTICLUSTER_BROWSER is not set (tests/browser/get.sh).", figures)];
    }

    private static async Task<double> OpenAsync(string browser, string file)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(browser, ["--dump-dom", new Uri(file).AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
        return watch.Elapsed.TotalSeconds;
    }

    private static KubeOverview Cluster(int number) => new()
    {
        ClusterId = $"fleet.yaml:arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-{number}",
        ClusterName = $"arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-{number}",
        Version = $"v1.{30 + (number % 4)}.1",
        NodesReady = 40 - (number % 2),
        NodesTotal = 40,
        NodesCordoned = 0,
        PodsReady = 980,
        PodsRunning = 990,
        PodsPending = number % 7,
        PodsSucceeded = 20,
        PodsFailed = number % 3,
        PodsUnknown = 0,
        CpuAllocatable = 160,
        CpuRequest = 90 + number,
        CpuUsage = 40 + number,
        MemoryAllocatable = 640L << 30,
        MemoryRequest = 400L << 30,
        MemoryUsage = 300L << 30,
        Namespaces = 60,
        Workloads = 300,
        WorkloadsNotReady = number % 5,
        Warnings = number,
        Attention = Findings / Clusters,
    };

    private static KubeFinding Finding(int number) => new()
    {
        ClusterId = $"fleet.yaml:arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-{1 + (number % Clusters)}",
        ClusterName = $"arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-{1 + (number % Clusters)}",
        Severity = (FindingSeverity)(number % 3),
        Rule = (number % 4) switch { 0 => "CrashLoop", 1 => "NotReady", 2 => "Replicas", _ => "ImagePull" },
        Kind = "Pod",
        Namespace = $"team-{number % 60}",
        Name = $"checkout-7d9f8b6c5d-{number}",
        Since = DateTime.Now.AddMinutes(-number),
        Reason = $"Container checkout crashes again and again: {number} restarts, the last time with Error (exit code 1).",
    };
}
