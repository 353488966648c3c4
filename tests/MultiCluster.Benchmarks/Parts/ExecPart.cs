using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Exec;
using MultiCluster.FanOut;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>A short command in many pods of many clusters.</summary>
internal sealed class ExecPart : Part
{
    private const int Clusters = 10;
    private const int PodsOfEach = 20;
    private const int AtOnce = 32;
    private const int Rounds = 5;
    private const int KubectlPods = 10;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(20);

    public override string Name => "exec";

    public override string Title => "Commands in pods";

    public override string Method =>
        $"`hostname` in about {PodsOfEach} running pods in each of {Clusters} simulated clusters in a process of their own, each answering after {RoundTrip.TotalMilliseconds:0} ms (a relay in the benchmark's own process). "
        + $"The engine lists the pods and runs the command in all of them; the reference does the same with a bare `HttpClient` and bare `ClientWebSocket`s, {AtOnce} at once in each cluster. Every WebSocket is a connection of its own, on both sides. "
        + $"`kubectl exec` runs in {KubectlPods} pods, one after the other, as in a loop.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, PodsOfEach);
        using var link = new FarLink(10_000, RoundTrip);
        var kubeconfig = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(kubeconfig, link.Through(await File.ReadAllTextAsync(simulator.Kubeconfig)));
            await using var engine = await EngineSession.StartAsync(kubeconfig);
            var lists = RawClient.Of(kubeconfig);
            RawExec[] sockets = [.. Enumerable.Range(0, Clusters).Select(i => new RawExec(kubeconfig, i))];
            Samples ours = new(), theirs = new();
            IReadOnlyList<CommandTarget> targets = [];
            for (var round = -1; round < Rounds; round++)
            {
                var (seconds, found) = await RunAsync(engine);
                targets = found;
                var reference = await BareAsync(lists, sockets, engine, targets);
                if (round < 0)
                    continue;
                ours.Add(seconds);
                theirs.Add(reference);
            }

            foreach (var client in lists)
                client.Dispose();
            var ratio = ours.Median / theirs.Median;
            var figures = new List<Figure> { new($"hostname in {targets.Count} pods", Units.Seconds(ours.Median), $"ClientWebSockets {Units.Seconds(theirs.Median)}", Units.Ratio(ratio), "≤ 1.3", ratio <= 1.3) };
            if (PowerShell.Find("kubectl") is { } kubectl)
            {
                var each = await KubectlAsync(kubectl, kubeconfig, targets) / KubectlPods;
                figures.Add(new Figure("a pod, on average", Units.Milliseconds(Math.Round(ours.Median * 1000 / targets.Count)), $"kubectl exec {Units.Milliseconds(Math.Round(each * 1000))}", Units.Ratio(ours.Median / targets.Count / each), "", null));
            }

            return [Table.Of($"{Rounds} rounds, medians.", [.. figures])];
        }
        finally
        {
            File.Delete(kubeconfig);
        }
    }

    private static async Task<(double Seconds, IReadOnlyList<CommandTarget> Targets)> RunAsync(EngineSession engine)
    {
        var query = new CommandQuery { Command = ["hostname"], AllNamespaces = true, FieldSelector = "status.phase=Running", AtOnce = AtOnce, Names = ["*"] };
        var targets = new List<CommandTarget>();
        var watch = Stopwatch.StartNew();
        using var call = new CommandCall(query, engine.Connections.Count, TimeProvider.System);
        await using var run = FanOutRun.Start(engine.Connections, new FanOutOptions { ThrottleLimit = Clusters }, (connection, sink, stop) => call.RunAsync(connection, "default", CallContext.Default, sink, stop));
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is FanOutObjects<KubeCommandOutput> lines)
                targets.AddRange(lines.Objects.Select(static line => line.Target));
        }

        return (watch.Elapsed.TotalSeconds, targets);
    }

    private static async Task<double> BareAsync(IReadOnlyList<RawClient> lists, RawExec[] sockets, EngineSession engine, IReadOnlyList<CommandTarget> targets)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clusters).Select(async i =>
        {
            await lists[i].DrainAsync("api/v1/pods?fieldSelector=status.phase%3DRunning&limit=500");
            var own = targets.Where(target => target.Cluster.ClusterId == engine.Connections[i].Identity.ClusterId);
            await Parallel.ForEachAsync(own, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (target, _) =>
                await sockets[i].ReadAsync($"api/v1/namespaces/{target.Namespace}/pods/{target.Pod.Name}/exec?container={target.Container}&command=hostname&stdout=true&stderr=true"));
        }));
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> KubectlAsync(string kubectl, string kubeconfig, IReadOnlyList<CommandTarget> targets)
    {
        var watch = Stopwatch.StartNew();
        foreach (var target in targets.Take(KubectlPods))
            await ChildRun.OfAsync([ChildRun.Command(kubectl, "--kubeconfig", kubeconfig, "--context", target.Cluster.Context, "exec", "-n", target.Namespace, target.Pod.Name, "-c", target.Container, "--", "hostname")]);
        return watch.Elapsed.TotalSeconds;
    }
}
