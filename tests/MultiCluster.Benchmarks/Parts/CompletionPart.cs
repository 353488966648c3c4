using System.Text.Json;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>The Tab key.</summary>
internal sealed class CompletionPart : Part
{
    private const int Rounds = 5;

    private const string Script = """
        $found = [ordered]@{}
        function Measure-Tab([string] $Name, [string] $Line) {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $count = (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.Count
            $found[$Name] = @($watch.Elapsed.TotalMilliseconds, $count)
        }
        # PowerShell's own completion compiles itself on its first use.
        $null = TabExpansion2 -inputScript 'Get-Verb -Group C' -cursorColumn 17
        Measure-Tab 'own' 'Get-Verb -Group D'
        Import-Module $env:MULTICLUSTER_MANIFEST
        Measure-Tab 'clusters cold' 'Select-KubeCluster sim-'
        Measure-Tab 'clusters warm' 'Select-KubeCluster sim-'
        $null = Select-KubeCluster sim-*
        Measure-Tab 'kinds cold' 'Get-KubeResource dep'
        Measure-Tab 'kinds warm' 'Get-KubeResource dep'
        Measure-Tab 'namespaces cold' 'Get-KubeResource pod -Namespace kube'
        Measure-Tab 'namespaces warm' 'Get-KubeResource pod -Namespace kube'
        $found | ConvertTo-Json -Compress
        """;

    private static readonly string[] Things = ["clusters", "kinds", "namespaces"];

    public override string Name => "completion";

    public override string Title => "Completion";

    public override string Method =>
        $"`TabExpansion2` in {Rounds} fresh `pwsh -NoProfile`, on three simulated clusters. Cold is the first of its kind in the process, warm the second. "
        + "The reference is a completion of PowerShell's own (`Get-Verb -Group`), warm. A warm completion that finds nothing is an error.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        using var shell = await PowerShell.StartAsync();
        await using var simulator = await Simulator.StartAsync(3, 500);
        var samples = new Dictionary<string, Samples>();
        var empty = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var start = shell.Command(Script, simulator.Kubeconfig);
            start.Environment["MULTICLUSTER_MANIFEST"] = PowerShell.Manifest;
            var run = await ChildRun.OfAsync(start);
            if (round < 0)
                continue;
            foreach (var (name, found) in JsonSerializer.Deserialize<Dictionary<string, double[]>>(run.Output[0])!)
            {
                if (found[1] == 0 && !name.EndsWith("cold", StringComparison.Ordinal))
                    throw new InvalidOperationException($"The completion of {name} found nothing.");
                empty += found[1] == 0 ? 1 : 0;
                samples.TryAdd(name, new Samples());
                samples[name].Add(found[0]);
            }
        }

        var own = samples["own"].Median;
        return
        [
            Table.Of(empty == 0 ? "" : $"{empty} of {Rounds * Things.Length} cold completions offered nothing: the answer came later than the completers wait, and was there for the next Tab.", [.. Things.SelectMany(thing => new[]
            {
                Row($"{thing}, cold", samples[$"{thing} cold"].Median, own, 300),
                Row($"{thing}, warm", samples[$"{thing} warm"].Median, own, 50),
            })]),
        ];
    }

    private static Figure Row(string what, double value, double own, double mark) => new(
        what, Units.Milliseconds(Math.Round(value, 1)), $"PowerShell's own: {Units.Milliseconds(Math.Round(own, 1))}", Units.Ratio(value / own), $"≤ {mark} ms", value <= mark);
}
