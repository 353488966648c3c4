using System.Diagnostics;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Clusters that are far away.</summary>
internal sealed class DistancePart : Part
{
    private const int Rounds = 3;
    private const int NearRounds = 24;
    private const int Clusters = 20;
    private const int PodsOfEach = 1000;
    private static readonly double[] Rates = [5, 20, 100];
    private static readonly int[] RoundTrips = [10, 80, 300];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public override string Name => "distance";

    public override string Title => "Far away";

    public override string Method =>
        $"A relay in the benchmark's own process delays what passes and bounds its rate, which all connections share. One cluster: a real control plane with {ControlPlanes.Pods:#,0} pods; {Clusters} "
        + $"clusters: simulated ones with {PodsOfEach:#,0} pods each, in a process of their own. The engine lists the pods to objects: the first list after clusters were selected and connected. The raw "
        + "download asks for the same in gzip, in one request for each cluster, all at once, on warm connections, and reads them to nowhere. `kubectl get pods -A` is a whole process for each cluster, all at once.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        using var shell = await PowerShell.StartAsync();
        await using var planes = await ControlPlanes.StartAsync();
        var kubeconfig = await File.ReadAllTextAsync(planes.Kubeconfigs[0]);
        var start = await StartAsync(shell, kubeconfig);
        var near = await NearAsync(kubeconfig);
        var one = await GridAsync(kubeconfig, ControlPlanes.Pods, Rounds, isMarked: true);
        await using var simulator = await Simulator.StartAsync(Clusters, PodsOfEach);
        var many = await GridAsync(await File.ReadAllTextAsync(simulator.Kubeconfig), Clusters * PodsOfEach, rounds: 1, isMarked: false);
        return
        [
            Table.Of($"One cluster. {Rounds} rounds each, medians.", one),
            Table.Of($"One cluster without a relay, {NearRounds} rounds.", near),
            Table.Of($"{Clusters} clusters, one round.", many),
            Table.Of("Whole processes with the real module, 300 ms and 100 Mbit/s; one round trip is 0.30 s. Four of them are the connection's two, what selecting asks, and the list.", start),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> GridAsync(string kubeconfig, int pods, int rounds, bool isMarked)
    {
        var figures = new List<Figure>();
        foreach (var rate in Rates)
        {
            foreach (var roundTrip in RoundTrips)
            {
                using var link = new FarLink(rate, TimeSpan.FromMilliseconds(roundTrip));
                var marked = isMarked && rate == 20 && roundTrip == 80;
                figures.Add(await CompareAsync($"{rate:0} Mbit/s, {roundTrip} ms", link.Through(kubeconfig), pods, rounds, marked));
            }
        }

        return figures;
    }

    private static async Task<Figure> CompareAsync(string what, string kubeconfig, int pods, int rounds, bool isMarked)
    {
        using var file = new KubeconfigFile(kubeconfig);
        var kubectl = PowerShell.Find("kubectl");
        Samples lists = new(), downloads = new(), theirs = new();
        for (var round = 0; round < rounds; round++)
        {
            downloads.Add(await DownloadAsync(file.Path));
            lists.Add(await ListAsync(file.Path, pods));
            if (kubectl is not null)
                theirs.Add((await ChildRun.OfAsync([.. file.Contexts.Select(context => ChildRun.Command(kubectl, "--kubeconfig", file.Path, "--context", context, "get", "pods", "-A"))])).Wall.TotalSeconds);
        }

        var ratio = lists.Median / downloads.Median;
        var against = kubectl is null ? 0 : lists.Median / theirs.Median;
        return new Figure(
            what,
            Units.Seconds(lists.Median),
            $"raw gzip {Units.Seconds(downloads.Median)}" + (kubectl is null ? "" : $"; kubectl {Units.Seconds(theirs.Median)} ({Units.Ratio(against)})"),
            Units.Ratio(ratio),
            isMarked ? "≤ 1.3 of raw gzip, ≤ 0.5 of kubectl" : "",
            isMarked ? ratio <= 1.3 && against <= 0.5 : null);
    }

    /// <summary>On one machine: the choice by what is seen against a kubeconfig that disables compression.</summary>
    private static async Task<IReadOnlyList<Figure>> NearAsync(string kubeconfig)
    {
        using var file = new KubeconfigFile(kubeconfig);
        using var plain = new KubeconfigFile(kubeconfig.Replace("server: ", "disable-compression: true, server: ", StringComparison.Ordinal));
        Samples chosen = new(), fixedly = new(), gzip = new();
        for (var round = -1; round < NearRounds; round++)
        {
            var isTurned = round % 2 == 0; // a server collects its garbage every other list
            var before = isTurned ? await ListAsync(plain.Path, ControlPlanes.Pods) : 0;
            var mine = await ListAsync(file.Path, ControlPlanes.Pods);
            var without = isTurned ? before : await ListAsync(plain.Path, ControlPlanes.Pods);
            var zipped = await DownloadAsync(file.Path);
            if (round < 0)
                continue;
            chosen.Add(mine);
            fixedly.Add(without);
            gzip.Add(zipped);
        }

        var ratio = chosen.Median / fixedly.Median;
        return [new Figure("loopback", Units.Seconds(chosen.Median), $"never gzip {Units.Seconds(fixedly.Median)}; raw gzip {Units.Seconds(gzip.Median)}", Units.Ratio(ratio), "≤ 1.1", ratio <= 1.1)];
    }

    private static async Task<IReadOnlyList<Figure>> StartAsync(PowerShell shell, string kubeconfig)
    {
        const int RoundTrip = 300;
        using var link = new FarLink(100, TimeSpan.FromMilliseconds(RoundTrip));
        using var file = new KubeconfigFile(link.Through(kubeconfig));
        var import = $"Import-Module '{PowerShell.Manifest}'; ";
        Samples bare = new(), imported = new(), selected = new(), first = new(), client = new();
        for (var round = -1; round < Rounds; round++)
        {
            var runs = new List<double>();
            foreach (var command in new[]
            {
                "exit", import, import + "$null = Select-KubeCluster *", import + "$null = Select-KubeCluster *; $null = Get-KubeResource pod -A -First 1", import + BareClient(file.Path),
            })
                runs.Add((await ChildRun.OfAsync(shell.Command(command, file.Path))).Wall.TotalMilliseconds);
            if (round < 0)
                continue;
            bare.Add(runs[0]);
            imported.Add(runs[1]);
            selected.Add(runs[2]);
            first.Add(runs[3]);
            client.Add(runs[4]);
        }

        var ratio = first.Median / client.Median;
        return
        [
            new Figure("import", Units.Milliseconds(Math.Round(imported.Median)), $"bare pwsh {Units.Milliseconds(Math.Round(bare.Median))}"),
            new Figure("select", Units.Milliseconds(Math.Round(selected.Median)), "import", $"{(selected.Median - imported.Median) / RoundTrip:0.0} round trips"),
            new Figure("select and first pod", Units.Milliseconds(Math.Round(first.Median)), "bare pwsh", $"{(first.Median - bare.Median) / RoundTrip:0.0} round trips"),
            new Figure("the same", "", $"import and a bare HttpClient {Units.Milliseconds(Math.Round(client.Median))}, {(client.Median - bare.Median) / RoundTrip:0.0} round trips", Units.Ratio(ratio), "≤ 1.2", ratio <= 1.2),
        ];
    }

    /// <summary>What selects and asks for a pod, with nothing of the module: the same requests, as many of them at once.</summary>
    private static string BareClient(string kubeconfig)
    {
        var context = new Kubeconfig.KubeconfigLoader().Load(new() { ExplicitPaths = [kubeconfig] }).Contexts[0];
        return "$any = [Net.Http.HttpClientHandler]::DangerousAcceptAnyServerCertificateValidator; "
            + "$client = [Net.Http.HttpClient]::new([Net.Http.HttpClientHandler] @{ ServerCertificateCustomValidationCallback = $any }); "
            + $"$client.BaseAddress = '{context.Cluster!.Server}'; $client.DefaultRequestHeaders.Add('Authorization', 'Bearer {context.User!.Token}'); "
            + "$asked = $client.GetStringAsync('/version'), $client.GetStringAsync('/api/v1/namespaces/kube-system'); $null = $asked.Result; "
            + "$null = $client.GetStringAsync('/api/v1/pods?limit=1').Result";
    }

    private static async Task<double> ListAsync(string kubeconfig, int pods)
    {
        await using var engine = await EngineSession.StartAsync(kubeconfig);
        var call = await EngineSession.ListPodsAsync(engine.Connections, 32, Patience);
        if (call.Objects != pods)
            throw new InvalidOperationException($"The list brought {call.Objects} pods.");
        return call.End / 1000;
    }

    private static async Task<double> DownloadAsync(string kubeconfig)
    {
        var clients = RawClient.Of(kubeconfig);
        foreach (var client in clients)
            client.Http.DefaultRequestHeaders.AcceptEncoding.Add(new("gzip"));
        await Task.WhenAll(clients.Select(static client => client.DrainAsync("version")));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(clients.Select(static client => client.DrainAsync("api/v1/pods")));
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var client in clients)
            client.Dispose();
        return seconds;
    }

    /// <summary>A kubeconfig in a file of its own.</summary>
    private sealed class KubeconfigFile : IDisposable
    {
        public KubeconfigFile(string kubeconfig)
        {
            File.WriteAllText(Path, kubeconfig);
            Contexts = [.. new Kubeconfig.KubeconfigLoader().Load(new() { ExplicitPaths = [Path] }).Contexts.Select(static context => context.Identity.Context)];
        }

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public IReadOnlyList<string> Contexts { get; }

        public void Dispose() => File.Delete(Path);
    }
}
