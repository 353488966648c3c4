using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Changes;
using MultiCluster.Changes.Sending;
using MultiCluster.Changes.Wanted;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Manifests;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Applying manifests.</summary>
internal sealed class ApplyPart : Part
{
    private const int Clusters = 20;
    private const int Objects = 200;
    private const int Rounds = 5;
    private const int AtOnce = 16;

    public override string Name => "apply";

    public override string Title => "Applying to many clusters";

    public override string Method =>
        $"{Objects} ConfigMaps, server-side, that are not there before. {Clusters} simulated clusters in a process of their own, each answering after 20 ms (a relay in the benchmark's own process); the reference is a bare "
        + $"`HttpClient` for each, warm, that sends the same requests, {AtOnce} at once to each. Then the same again, when nothing is left to change. On 3 real control planes whole processes: a `pwsh -NoProfile` that imports "
        + "the module, selects the three and applies a file, and `kubectl apply --server-side` once for each, in parallel.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        List<Figure> simulated = [.. await SimulatedAsync()];
        return [Table.Of($"{Rounds} rounds, medians.", [.. simulated]), Table.Of("Real API servers, whole processes.", [.. await RealAsync()])];
    }

    private static async Task<IReadOnlyList<Figure>> SimulatedAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, pods: 0);
        using var link = new FarLink(10_000, TimeSpan.FromMilliseconds(20));
        var kubeconfig = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(kubeconfig, link.Through(await File.ReadAllTextAsync(simulator.Kubeconfig)));
            await using var engine = await EngineSession.StartAsync(kubeconfig);
            var bare = RawClient.Of(kubeconfig);
            Samples ours = new(), theirs = new(), again = new();
            double requests = 0;
            for (var round = -1; round < Rounds; round++)
            {
                foreach (var client in bare)
                    await NewNamespaceAsync(client, $"bare-{round + 1}", $"engine-{round + 1}");
                var wanted = Wanted($"engine-{round + 1}");
                var first = await ApplyAsync(engine.Connections, wanted, ChangeOutcome.Created);
                var before = Requests(engine.Connections);
                var second = await ApplyAsync(engine.Connections, wanted, ChangeOutcome.Unchanged);
                var reference = await BareAsync(bare, Wanted($"bare-{round + 1}"));
                if (round < 0)
                    continue;
                ours.Add(first);
                again.Add(second);
                theirs.Add(reference);
                requests = (Requests(engine.Connections) - before) / (double)(Clusters * Objects);
            }

            foreach (var client in bare)
                client.Dispose();
            var ratio = ours.Median / theirs.Median;
            return
            [
                new Figure($"{Objects} objects to {Clusters} clusters", Units.Seconds(ours.Median), $"HttpClients {Units.Seconds(theirs.Median)}", Units.Ratio(ratio), "≤ 1.3", ratio <= 1.3),
                new Figure("nothing to change", Units.Seconds(again.Median), "requests per object", Units.Ratio(requests), "≤ 1", requests <= 1),
            ];
        }
        finally
        {
            File.Delete(kubeconfig);
        }
    }

    private static async Task<IReadOnlyList<Figure>> RealAsync()
    {
        var kubectl = PowerShell.Find("kubectl") ?? throw new NotMeasuredException("there is no kubectl");
        using var shell = await PowerShell.StartAsync();
        await using var planes = await ControlPlanes.StartAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName, "objects.yaml");
        var joined = string.Join(Path.PathSeparator, planes.Kubeconfigs);
        Samples ours = new(), ourWork = new(), theirs = new(), theirWork = new();
        for (var round = -1; round < Rounds; round++)
        {
            string[] names = [$"module-{round + 1}", $"kubectl-{round + 1}"];
            foreach (var client in RawClient.Of([.. planes.Kubeconfigs]))
            {
                using (client)
                    await NewNamespaceAsync(client, names);
            }

            await File.WriteAllTextAsync(file, string.Join("---\n", Manifests(names[0])));
            var mine = await ChildRun.OfAsync(shell.Command($"Import-Module '{PowerShell.Manifest}'; $null = Select-KubeCluster *; $null = Invoke-KubeApply '{file}'", joined));
            await File.WriteAllTextAsync(file, string.Join("---\n", Manifests(names[1])));
            var kubectls = await ChildRun.OfAsync([.. planes.Kubeconfigs.Select(kubeconfig => ChildRun.Command(kubectl, "--kubeconfig", kubeconfig, "apply", "--server-side", "-f", file))]);
            if (round < 0)
                continue;
            ours.Add(mine.Wall.TotalSeconds);
            ourWork.Add(mine.Processor.TotalSeconds);
            theirs.Add(kubectls.Wall.TotalSeconds);
            theirWork.Add(kubectls.Processor.TotalSeconds);
        }

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        var (wall, work) = (ours.Median / theirs.Median, ourWork.Median / theirWork.Median);
        return
        [
            new Figure($"{Objects} objects to 3 servers", Units.Seconds(ours.Median), $"kubectl {Units.Seconds(theirs.Median)}", Units.Ratio(wall), "faster", wall < 1),
            new Figure("processor time", Units.Seconds(ourWork.Median), $"kubectl {Units.Seconds(theirWork.Median)}", Units.Ratio(work), "less", work < 1),
        ];
    }

    private static async Task<double> ApplyAsync(IReadOnlyList<ClusterConnection> connections, IReadOnlyList<ObjectChange> wanted, ChangeOutcome expected)
    {
        var watch = Stopwatch.StartNew();
        using var fleet = new FleetChange(connections, wanted, new ChangeOptions());
        await using var run = FanOutRun.Start(connections, new FanOutOptions { ThrottleLimit = Clusters }, (connection, sink, stop) => fleet.ChangeAsync(connection, "default", CallContext.Default, sink, stop));
        var results = 0;
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is FanOutObjects<KubeApplyResult> some)
                results += some.Objects.Count(result => result.Outcome == expected);
        }

        return results == Clusters * Objects ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{results} of {Clusters * Objects} are {expected}.");
    }

    private static long Requests(IReadOnlyList<ClusterConnection> connections) => connections.Sum(static connection => connection.Telemetry!.Requests);

    private static async Task NewNamespaceAsync(RawClient client, params string[] names)
    {
        foreach (var name in names)
        {
            using var body = new StringContent($"{{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{{\"name\":\"{name}\"}}}}", Encoding.UTF8, "application/json");
            using var answer = await client.Http.PostAsync(new Uri("api/v1/namespaces", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<double> BareAsync(IReadOnlyList<RawClient> clients, IReadOnlyList<ObjectChange> wanted)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(clients.Select(async client =>
        {
            // As the engine: the first is found missing and made, one list tells that all the others are missing, too.
            await GetAsync(client, PathOf(wanted[0]), "application/json", CancellationToken.None);
            await ApplyAsync(client, wanted[0], CancellationToken.None);
            await GetAsync(client, $"api/v1/namespaces/{wanted[0].Namespace}/configmaps?limit=500", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", CancellationToken.None);
            await Parallel.ForEachAsync(wanted.Skip(1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (change, stop) => await ApplyAsync(client, change, stop));
        }));
        return watch.Elapsed.TotalSeconds;
    }

    private static string PathOf(ObjectChange change) => $"api/v1/namespaces/{change.Namespace}/configmaps/{change.Name}";

    private static async Task GetAsync(RawClient client, string path, string accept, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.Http.SendAsync(request, stop);
        await answer.Content.ReadAsByteArrayAsync(stop);
    }

    private static async Task ApplyAsync(RawClient client, ObjectChange change, CancellationToken stop)
    {
        using var body = new ByteArrayContent(change.Write(null)!.Body.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
        using var answer = await client.Http.PatchAsync(new Uri($"{PathOf(change)}?fieldManager=bare", UriKind.Relative), body, stop);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(stop);
    }

    private static IReadOnlyList<ObjectChange> Wanted(string name) =>
        [.. ManifestReader.Read(string.Join("---\n", Manifests(name)), "benchmark").Manifests.Select(static manifest => ApplyChange.Of(manifest, null, force: false))];

    private static IEnumerable<string> Manifests(string name)
    {
        for (var i = 0; i < Objects; i++)
        {
            var text = new StringBuilder($"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: object-{i.ToString(CultureInfo.InvariantCulture)}\n  namespace: {name}\n  labels: {{app: benchmark}}\ndata:\n");
            for (var line = 0; line < 20; line++)
                text.Append(CultureInfo.InvariantCulture, $"  key-{line}: \"{new string((char)('a' + line), 60)}\"\n");
            yield return text.ToString();
        }
    }
}
