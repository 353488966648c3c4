using System.Diagnostics;
using System.Globalization;
using System.Text;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using YamlDotNet.Core;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Ten thousand contexts.</summary>
internal sealed class KubeconfigPart : Part
{
    private const int Files = 100;
    private const int ContextsPerFile = 100;
    private const int Rounds = 10;

    public override string Name => "kubeconfig";

    public override string Title => "10,000 contexts";

    public override string Method =>
        $"{Files} kubeconfigs with {ContextsPerFile} contexts each, a CA of 1.5 KB and a token for each. A new pool lists them all (`Get-KubeCluster`); "
        + "the reference reads the same files and lets YamlDotNet's parser run over them.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        try
        {
            long bytes = 0;
            for (var i = 0; i < Files; i++)
            {
                var text = Kubeconfig(i);
                bytes += text.Length;
                await File.WriteAllTextAsync(Path.Combine(folder, $"fleet-{i}.yaml"), text);
            }

            Samples known = new(), parser = new();
            for (var round = -2; round < Rounds; round++)
            {
                var watch = Stopwatch.StartNew();
                foreach (var file in Directory.EnumerateFiles(folder))
                    Parse(file);
                var parsed = watch.Elapsed.TotalMilliseconds;
                watch.Restart();
                await using var pool = EngineSession.NewPool(Path.Combine(folder, "none"));
                var clusters = pool.Known(folder).Clusters.Count;
                var listed = watch.Elapsed.TotalMilliseconds;
                if (clusters != Files * ContextsPerFile)
                    throw new InvalidOperationException($"{clusters} clusters are known.");
                if (round < 0)
                    continue;
                parser.Add(parsed);
                known.Add(listed);
            }

            var ratio = known.Median / parser.Median;
            return
            [
                Table.Of(
                    "",
                    new Figure($"listing 10,000 contexts ({Units.Mebibytes(bytes)})", Units.Milliseconds(known.Median), $"YamlDotNet's parser: {Units.Milliseconds(parser.Median)}", Units.Ratio(ratio), "≤ 2.00", ratio <= 2)),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Parse(string file)
    {
        using var reader = new StreamReader(file);
        var parser = new Parser(reader);
        while (parser.MoveNext())
        {
        }
    }

    private static string Kubeconfig(int file)
    {
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('c', 1100)));
        StringBuilder clusters = new("apiVersion: v1\nkind: Config\nclusters:\n"), users = new("users:\n"), contexts = new("contexts:\n");
        for (var i = 0; i < ContextsPerFile; i++)
        {
            var name = $"fleet-{file}-cluster-{i}";
            clusters.Append(CultureInfo.InvariantCulture, $"- name: {name}\n  cluster:\n    server: https://{name}.example.com:6443\n    certificate-authority-data: {authority}\n");
            users.Append(CultureInfo.InvariantCulture, $"- name: {name}-user\n  user:\n    token: token-of-{name}\n");
            contexts.Append(CultureInfo.InvariantCulture, $"- name: {name}\n  context:\n    cluster: {name}\n    user: {name}-user\n    namespace: team-{i}\n");
        }

        return $"{clusters}{users}{contexts}current-context: fleet-{file}-cluster-0\n";
    }
}
