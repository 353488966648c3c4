using System.Collections.Concurrent;
using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Waiting;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Many objects that are waited for.</summary>
internal sealed class WaitPart : Part
{
    private const int Clusters = 50;
    private const int PerCluster = 10;
    private const int Mark = 150;
    private const string Path = "apis/apps/v1/namespaces/web/deployments";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public override string Name => "wait";

    public override string Title => "Waiting for objects";

    public override string Method =>
        $"{Clusters} simulated clusters in this process with {PerCluster} Deployments each, none of them rolled out. `Wait-KubeResource -ForRollout` waits for all {Clusters * PerCluster}; one becomes ready every "
        + $"{Pace.TotalMilliseconds:0} ms, in turn over the clusters. The time runs from the write to the simulator until the object leaves the call. A bare `HttpClient` for each cluster reads a watch of the same objects line by line meanwhile.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = Clusters, Pods = 0 });
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-");
        var kubeconfig = System.IO.Path.Combine(folder.FullName, "fleet.yaml");
        fleet.WriteKubeconfig(kubeconfig, UserKind.AdminToken);
        foreach (var cluster in fleet.Clusters)
        {
            for (var i = 0; i < PerCluster; i++)
                cluster.Store.Add(Deployment(i, available: 0));
        }

        await using var engine = await EngineSession.StartAsync(kubeconfig);
        await MeasureAsync(fleet, engine, kubeconfig); // the code is cold
        foreach (var cluster in fleet.Clusters)
        {
            cluster.Requests.Clear();
            for (var i = 0; i < PerCluster; i++)
                cluster.Store.Replace(Deployment(i, available: 0));
        }

        var measured = await MeasureAsync(fleet, engine, kubeconfig);
        var watches = fleet.Clusters.Max(static cluster => cluster.Requests.All.Count(static request => request.Query.Contains("watch=true", StringComparison.Ordinal))) - 1; // the reference's
        folder.Delete(recursive: true);
        const int All = Clusters * PerCluster;
        return
        [
            Table.Of(
                $"The median was {measured.Engine.Quantile(0.5)} ms, that of the reference {measured.Reference.Quantile(0.5)} ms. The call ended {measured.Tail.TotalMilliseconds:0} ms after its last object.",
                new Figure("objects written once", Units.Count(measured.Met), $"{All} awaited", "", Units.Count(All), measured.Met == All),
                new Figure("watches per cluster and kind, at most", Units.Count(watches), "", "", "1", watches == 1),
                new Figure(
                    "from the write to the pipeline, p99", $"{measured.Engine.Quantile(0.99)} ms", $"HttpClient, the same line: {measured.Reference.Quantile(0.99)} ms",
                    Units.Ratio((double)measured.Engine.Quantile(0.99) / measured.Reference.Quantile(0.99)), $"≤ {Mark} ms", measured.Engine.Quantile(0.99) <= Mark)),
        ];
    }

    private static async Task<Measured> MeasureAsync(SimulatedFleet fleet, EngineSession engine, string kubeconfig)
    {
        var written = new ConcurrentDictionary<(string Cluster, string Name), long>();
        var waiter = new ObjectWaiter(
            new WaitQuery { Rule = new RolloutRule(), Kinds = ["deployments"], Names = [.. Enumerable.Range(0, PerCluster).Select(static i => $"d-{i}")], Namespaces = ["web"] }, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var reference = new Delays();
        var raw = RawClient.Of(kubeconfig);
        var reading = Task.WhenAll(raw.Select((client, i) => client.ReadLinesAsync($"{Path}?watch=true", line => TakeLine(fleet.Clusters[i].Name, line), stop.Token)));
        await using var run = FanOutRun.Start(
            engine.Connections, new FanOutOptions { Order = ObjectWaiter.Order }, (cluster, sink, cancelled) => waiter.WaitAsync(cluster, "default", CallContext.Default, sink, cancelled));
        var delays = new Delays();
        var met = new HashSet<(string, string)>();
        long last = 0;
        var consuming = ConsumeAsync();
        await Condition.IsMetAsync(() => waiter.Clusters.Count(static one => one.Lacking is not null) == Clusters, Patience);
        for (var i = 0; i < PerCluster; i++)
        {
            foreach (var cluster in fleet.Clusters)
            {
                written[(cluster.Name, $"d-{i}")] = Stopwatch.GetTimestamp();
                cluster.Store.Replace(Deployment(i, available: 1));
                await Task.Delay(Pace, stop.Token);
            }
        }

        await consuming.WaitAsync(Patience, stop.Token);
        var tail = Stopwatch.GetElapsedTime(last);
        await stop.CancelAsync();
        await reading.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var client in raw)
            client.Dispose();
        return new Measured(delays, reference, met.Count, tail);

        async Task ConsumeAsync()
        {
            await foreach (var item in run.Items.ReadAllAsync(CancellationToken.None))
            {
                if (item is not FanOutObjects<KubeObject> some)
                    continue;
                last = Stopwatch.GetTimestamp();
                foreach (var one in some.Objects)
                {
                    var key = (one.ClusterName, one.Name);
                    if (met.Add(key))
                        delays.Add(Stopwatch.GetElapsedTime(written[key], last));
                }
            }
        }

        void TakeLine(string cluster, string line)
        {
            var now = Stopwatch.GetTimestamp();
            var name = line.IndexOf("\"name\":\"d-", StringComparison.Ordinal);
            if (name < 0 || !line.Contains("\"availableReplicas\":1", StringComparison.Ordinal))
                return;
            var end = line.IndexOf('"', name + 8);
            if (!written.TryGetValue((cluster, line[(name + 8)..end]), out var at))
                return;
            lock (reference)
                reference.Add(Stopwatch.GetElapsedTime(at, now));
        }
    }

    private static string Deployment(int number, int available) => $$$"""
        { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "d-{{{number}}}", "namespace": "web", "generation": 1 }, "spec": { "replicas": 1 },
          "status": { "observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "availableReplicas": {{{available}}} } }
        """;

    private sealed record Measured(Delays Engine, Delays Reference, int Met, TimeSpan Tail);
}
