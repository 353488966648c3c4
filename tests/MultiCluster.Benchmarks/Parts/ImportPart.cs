using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>What Import-Module costs.</summary>
internal sealed class ImportPart : Part
{
    private const int Rounds = 20;

    public override string Name => "import";

    public override string Title => "Import";

    public override string Method =>
        "A `pwsh -NoProfile` that imports the module and ends, and one that only ends, in turns. What the import touches is read from `strace`, "
        + "with `KUBECONFIG` naming a file.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        using var shell = await PowerShell.StartAsync();
        var import = $"Import-Module '{PowerShell.Manifest}'; exit";
        Samples bare = new(), with = new(), bareProcessor = new(), processor = new();
        for (var round = -2; round < Rounds; round++)
        {
            var without = await ChildRun.OfAsync(shell.Command("exit"));
            var run = await ChildRun.OfAsync(shell.Command(import));
            if (round < 0)
                continue;
            bare.Add(without.Wall.TotalMilliseconds);
            with.Add(run.Wall.TotalMilliseconds);
            bareProcessor.Add(without.Processor.TotalMilliseconds);
            processor.Add(run.Processor.TotalMilliseconds);
        }

        var cost = with.Median - bare.Median;
        var (touched, clean) = await TouchedAsync(shell, import);
        return
        [
            Table.Of(
                "",
                new Figure(
                    "import", $"{Units.Milliseconds(Math.Round(with.Median))}", $"bare pwsh {Units.Milliseconds(Math.Round(bare.Median))}", $"{cost:+0;-0;0} ms (fastest {with.Min - bare.Min:+0;-0;0} ms)",
                    "≤ 150 ms more", cost <= 150),
                new Figure(
                    "its processor time", $"{Units.Milliseconds(Math.Round(processor.Median))}", $"bare pwsh {Units.Milliseconds(Math.Round(bareProcessor.Median))}",
                    $"{processor.Median - bareProcessor.Median:+0;-0;0} ms"),
                new Figure("kubeconfigs and sockets touched by it", touched, "", "", "none", clean)),
        ];
    }

    private static async Task<(string Text, bool? Clean)> TouchedAsync(PowerShell shell, string import)
    {
        if (PowerShell.Find("strace") is not { } strace)
            return ("not measured: there is no strace on PATH", null);
        var (bareKubeconfigs, bareSockets) = await TraceAsync(strace, shell, "exit");
        var (kubeconfigs, sockets) = await TraceAsync(strace, shell, import);
        var (files, opened) = (kubeconfigs - bareKubeconfigs, sockets - bareSockets);
        return ($"{files} and {opened}", files == 0 && opened == 0);
    }

    private static async Task<(int Kubeconfigs, int Sockets)> TraceAsync(string strace, PowerShell shell, string command)
    {
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        try
        {
            var trace = Path.Combine(folder, "trace");
            var kubeconfig = Path.Combine(folder, "kubeconfig-of-nobody");
            await File.WriteAllTextAsync(kubeconfig, "apiVersion: v1\nkind: Config\n");
            var plain = shell.Command(command, kubeconfig);
            var start = ChildRun.Command(strace, ["-f", "-qq", "-e", "trace=%file,socket", "-o", trace, plain.FileName, .. plain.ArgumentList]);
            foreach (var (name, value) in plain.Environment)
                start.Environment[name] = value;
            await ChildRun.OfAsync(start);
            var calls = await File.ReadAllLinesAsync(trace);
            return (
                calls.Count(call => call.Contains("kubeconfig-of-nobody", StringComparison.Ordinal) && !call.Contains("execve", StringComparison.Ordinal) || call.Contains("/.kube", StringComparison.Ordinal)),
                calls.Count(call => call.Contains("socket(AF_INET", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
