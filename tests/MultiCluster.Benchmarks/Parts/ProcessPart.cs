using System.Diagnostics;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>A whole PowerShell process against real API servers.</summary>
internal sealed class ProcessPart : Part
{
    private const int Rounds = 7;
    private const long PeakMark = 250L << 20;

    public override string Name => "process";

    public override string Title => "Whole process, real API servers";

    public override string Method =>
        $"{ControlPlanes.Clusters} real control planes with {ControlPlanes.Pods:#,0} pods each. A `pwsh -NoProfile` that imports the module, selects the three and runs "
        + "`Get-KubeResource pod -AllNamespaces | Where-Object { $_.spec.nodeName -eq 'node-7' }`, from its start to its end. The raw download reads the same lists to "
        + "nowhere, the three in parallel, in the engine's pages and in one request each; the faster is the reference. Processor times are those of the clients alone, "
        + "but servers and clients share the processors.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        using var shell = await PowerShell.StartAsync();
        await using var planes = await ControlPlanes.StartAsync();
        var command = $"Import-Module '{PowerShell.Manifest}'; $null = Select-KubeCluster *kube-test*; "
            + "(Get-KubeResource pod -AllNamespaces | Where-Object { $_.spec.nodeName -eq 'node-7' }).Count";
        var kubectl = PowerShell.Find("kubectl");
        Samples raw = new(), rawWhole = new(), bare = new(), wall = new(), processor = new(), peak = new();
        Samples kubectlWall = new(), kubectlProcessor = new(), kubectlPeak = new();
        long bytes = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var (paged, read) = await DownloadAsync(planes, EnginePart.DrainPagesAsync);
            var (whole, _) = await DownloadAsync(planes, async client => (await client.DrainAsync("api/v1/pods")).Bytes);
            var start = await ChildRun.OfAsync(shell.Command("exit"));
            var run = await ChildRun.OfAsync(shell.Command(command, planes.Kubeconfigs));
            if (run.Output[0].Trim() != $"{ControlPlanes.Clusters * ControlPlanes.Pods / PodManifest.Nodes}")
                throw new InvalidOperationException($"The pipeline counted {run.Output[0]}.");
            var other = kubectl is null ? null : await ChildRun.OfAsync([.. planes.Kubeconfigs.Select(one => ChildRun.Command(kubectl, "--kubeconfig", one, "get", "pods", "-A"))]);
            if (round < 0)
                continue;
            bytes = read;
            raw.Add(paged);
            rawWhole.Add(whole);
            bare.Add(start.Wall.TotalSeconds);
            wall.Add(run.Wall.TotalSeconds);
            processor.Add(run.Processor.TotalSeconds);
            peak.Add(run.PeakBytes);
            kubectlWall.Add(other?.Wall.TotalSeconds ?? 0);
            kubectlProcessor.Add(other?.Processor.TotalSeconds ?? 0);
            kubectlPeak.Add(other?.PeakBytes ?? 0);
        }

        var download = Math.Min(raw.Median, rawWhole.Median);
        var allowed = (2 * download) + bare.Median;
        var theirs = kubectl is null ? 4.0 : kubectlProcessor.Median;
        var source = kubectl is null
            ? "kubectl: 4.00 s, measured elsewhere; there is none on this machine"
            : $"kubectl get pods -A, three in parallel: {Units.Seconds(theirs)} (wall {Units.Seconds(kubectlWall.Median)}, {Units.Mebibytes(kubectlPeak.Median)})";
        return
        [
            Table.Of(
                $"{Units.Mebibytes(bytes)} in all. {Rounds} rounds; the fastest whole process took {Units.Seconds(wall.Min)}, the fastest raw download {Units.Seconds(Math.Min(raw.Min, rawWhole.Min))}.",
                new Figure(
                    "wall", Units.Seconds(wall.Median), $"raw download {Units.Seconds(download)} (pages {Units.Seconds(raw.Median)}, one request {Units.Seconds(rawWhole.Median)}), bare pwsh {Units.Seconds(bare.Median)}",
                    Units.Ratio((wall.Median - bare.Median) / download), $"≤ 2 × raw + bare = {Units.Seconds(allowed)}", wall.Median <= allowed),
                new Figure("processor time", Units.Seconds(processor.Median), source, Units.Ratio(processor.Median / theirs), "less than kubectl", processor.Median < theirs),
                new Figure("peak working set", Units.Mebibytes(peak.Median), "", "", "≤ 250 MiB", peak.Median <= PeakMark)),
        ];
    }

    private static async Task<(double Seconds, long Bytes)> DownloadAsync(ControlPlanes planes, Func<RawClient, Task<long>> drain)
    {
        var clients = RawClient.Of(planes.Kubeconfigs);
        var watch = Stopwatch.StartNew();
        var bytes = await Task.WhenAll(clients.Select(client => Task.Run(() => drain(client))));
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var client in clients)
            client.Dispose();
        return (seconds, bytes.Sum());
    }
}
