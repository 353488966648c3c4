using System.Text.Json;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Objects in PowerShell's hands.</summary>
internal sealed class PipelinePart : Part
{
    private const int Objects = 50_000;
    private const double Mark = 1000;

    private const string Script = """
        Import-Module $env:MULTICLUSTER_MANIFEST
        $null = Select-KubeCluster sim-*
        $pods = @(Get-KubeResource pod -AllNamespaces | Select-Object -First 50000)
        $json = $pods[0..4999].ForEach('ToJson')
        $watch = [Diagnostics.Stopwatch]::new()
        $rounds = foreach ($round in 0..5) {
            $watch.Restart(); $null = $pods | Where-Object ClusterName -eq 'sim-2'; $property = $watch.Elapsed.TotalMilliseconds
            $watch.Restart(); $null = $pods | Where-Object { $_.ClusterName -eq 'sim-2' }; $block = $watch.Elapsed.TotalMilliseconds
            $watch.Restart(); $found = @($pods | Where-Object { $_.spec.nodeName -eq 'node-7' }); $nested = $watch.Elapsed.TotalMilliseconds
            $convert = $made = 0
            if ($round -le 1) {
                $watch.Restart(); $tree = $json | ConvertFrom-Json; $convert = $watch.Elapsed.TotalMilliseconds
                $watch.Restart(); $null = $tree | Where-Object { $_.spec.nodeName -eq 'node-7' }; $made = $watch.Elapsed.TotalMilliseconds
            }
            if ($round -ge 1) { , @($property, $block, $nested, $convert, $made) }
        }
        ConvertTo-Json -Compress @{ Count = $pods.Count; Rounds = $rounds }
        """;

    public override string Name => "pipeline";

    public override string Title => "Nested access in a pipeline";

    public override string Method =>
        $"{Objects:#,0} pods of three simulated clusters, kept in a variable of a `pwsh -NoProfile`; each filter runs over all of them, in turns. `ConvertFrom-Json` "
        + "is measured on 5,000 of them and counted ten times: all of them would take some gigabytes.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        using var shell = await PowerShell.StartAsync();
        await using var simulator = await Simulator.StartAsync(3, (Objects / 3) + 10);
        var start = shell.Command(Script, simulator.Kubeconfig);
        start.Environment["MULTICLUSTER_MANIFEST"] = PowerShell.Manifest;
        var run = await ChildRun.OfAsync(start);
        var answer = JsonSerializer.Deserialize<Answer>(run.Output[0])!;
        if (answer.Count != Objects)
            throw new InvalidOperationException($"{answer.Count} objects came.");
        Samples property = new(), block = new(), nested = new();
        foreach (var round in answer.Rounds)
        {
            property.Add(round[0]);
            block.Add(round[1]);
            nested.Add(round[2]);
        }

        double convert = answer.Rounds[0][3] * 10, made = answer.Rounds[0][4] * 10;
        return
        [
            Table.Of(
                $"The process's peak working set, with all objects kept, was {Units.Mebibytes(run.PeakBytes)}.",
                new Figure("`Where-Object ClusterName -eq`", Milliseconds(property.Median)),
                new Figure("`Where-Object { $_.ClusterName -eq .. }`", Milliseconds(block.Median), $"by property name: {Milliseconds(property.Median)}", Units.Ratio(block.Median / property.Median)),
                new Figure(
                    "`Where-Object { $_.spec.nodeName -eq .. }`", Milliseconds(nested.Median), $"`ClusterName` in a block: {Milliseconds(block.Median)}", Units.Ratio(nested.Median / block.Median),
                    "< 1,000 ms", nested.Median < Mark),
                new Figure(
                    "the same with `ConvertFrom-Json`", Milliseconds(convert + made), $"of which the conversion: {Milliseconds(convert)}", Units.Ratio((convert + made) / nested.Median))),
        ];
    }

    private static string Milliseconds(double value) => Units.Milliseconds(Math.Round(value));

    private sealed record Answer(int Count, double[][] Rounds);
}
