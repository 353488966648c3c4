using System.Globalization;
using System.IO.Compression;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>What KubernetesClient costs a session that does not use it.</summary>
internal sealed class UntypedPart : Part
{
    private const int Rounds = 20;
    private const int Pods = 1500;
    private static readonly string[] Library = ["KubernetesClient.dll", "Fractions.dll"];

    public override string Name => "untyped";

    public override string Title => "A session without models";

    public override string Method =>
        $"A `pwsh -NoProfile` that imports the module, selects a simulated cluster and lists its {Pods:#,0} pods, with the whole module and with a copy that lacks KubernetesClient's files "
        + $"({string.Join(", ", Library.Select(static name => $"`{name}`"))}), in turns. The library is loaded with the first typed use.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        using var shell = await PowerShell.StartAsync();
        await using var simulator = await Simulator.StartAsync(1, Pods);
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        var (whole, lacking) = (Path.Combine(folder, "whole", "MultiCluster"), Path.Combine(folder, "lacking", "MultiCluster"));
        try
        {
            // Both are copies: a folder on another disk would be compared, too.
            Copy(Repository.Module, whole, static _ => true);
            Copy(Repository.Module, lacking, static file => !Library.Contains(file));
            Session with = new(Path.Combine(whole, "MultiCluster.psd1")), without = new(Path.Combine(lacking, "MultiCluster.psd1"));
            for (var round = -2; round < Rounds; round++)
            {
                foreach (var session in round % 2 == 0 ? new[] { without, with } : [with, without])
                    await session.RunAsync(shell, simulator.Kubeconfig, counts: round >= 0);
            }

            var (unpacked, compressed) = Size(whole);
            var (less, lessCompressed) = Size(lacking);
            return
            [
                Table.Of(
                    $"{Rounds} rounds.",
                    Of("import", with.Import, without.Import, Units.Milliseconds),
                    Of("first list", with.List, without.List, Units.Milliseconds),
                    Of("peak working set", with.Peak, without.Peak, Units.Mebibytes),
                    new Figure("module on disk", Megabytes(unpacked), $"without the library: {Megabytes(less)}"),
                    new Figure("module compressed", Megabytes(compressed), $"without the library: {Megabytes(lessCompressed)}")),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Figure Of(string what, Samples with, Samples without, Func<double, string> unit) =>
        new(
            what, $"{unit(Math.Round(with.Median))} (lowest {unit(Math.Round(with.Min))})",
            $"without the library: {unit(Math.Round(without.Median))} (lowest {unit(Math.Round(without.Min))})", Units.Ratio(with.Median / without.Median));

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    private static void Copy(string from, string to, Func<string, bool> fits)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => fits(Path.GetFileName(file))))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static (long Unpacked, long Compressed) Size(string folder)
    {
        using var archive = new MemoryStream();
        ZipFile.CreateFromDirectory(folder, archive, CompressionLevel.Optimal, includeBaseDirectory: false);
        return (Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length), archive.Length);
    }

    private sealed class Session(string manifest)
    {
        public Samples Import { get; } = new();

        public Samples List { get; } = new();

        public Samples Peak { get; } = new();

        public async Task RunAsync(PowerShell shell, string kubeconfig, bool counts)
        {
            var run = await ChildRun.OfAsync(shell.Command(
                $$"""
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                Import-Module '{{manifest}}'
                $import = $watch.Elapsed.TotalMilliseconds
                $null = Select-KubeCluster *
                $watch.Restart()
                $count = @(Get-KubeResource pod -AllNamespaces).Count
                [string]::Join(' ', [object[]]@($count, $import, $watch.Elapsed.TotalMilliseconds))
                """,
                kubeconfig));
            var figures = run.Output[0].Split(' ').Select(static figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
            if (figures[0] != Pods)
                throw new InvalidOperationException($"The session listed {figures[0]} pods.");
            if (!counts)
                return;
            Import.Add(figures[1]);
            List.Add(figures[2]);
            Peak.Add(run.PeakBytes);
        }
    }
}
