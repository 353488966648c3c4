using System.Diagnostics;
using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.Clusters;
using MultiCluster.Comparing;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Comparing objects of many clusters.</summary>
internal sealed class ComparePart : Part
{
    private const int Clusters = 100;
    private const int Rounds = 15;

    /// <summary>Deployments of a set.</summary>
    private const int Set = 20;

    private static readonly ComparisonQuery One = new() { Kinds = ["deployments"], Namespaces = ["shop"], Names = ["web"] };
    private static readonly ComparisonQuery Many = new() { Kinds = ["deployments"], Namespaces = ["mall"] };

    public override string Name => "compare";

    public override string Title => "Comparing many clusters";

    public override string Method =>
        $"{Clusters} simulated clusters in a process of their own, with one Deployment each, and {Set} of another namespace, which are the same but for the image of one in ten; connections and code are warm. A comparison is everything from the "
        + "first request to the last row; the reference is the engine's own read of the same objects, which are handed out and forgotten.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, pods: 0);
        await FillAsync(simulator.Kubeconfig);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        return
        [
            Table.Of(
                $"{Rounds} rounds, medians.",
                await MeasureAsync(engine.Connections, One, 1, $"a Deployment of {Clusters} clusters"),
                await MeasureAsync(engine.Connections, Many, Set, $"{Set} Deployments of {Clusters} clusters")),
        ];
    }

    private static async Task FillAsync(string kubeconfig)
    {
        var clients = RawClient.Of(kubeconfig);
        await Parallel.ForEachAsync(clients.Index(), async (pair, stop) =>
        {
            using var client = pair.Item;
            await PostAsync(client, "api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""", stop);
            await PostAsync(client, "api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"mall"}}""", stop);
            var version = pair.Index % 10 == 3 ? "1.26.0" : "1.27.3";
            await PostAsync(client, "apis/apps/v1/namespaces/shop/deployments", Deployment("web", version), stop);
            for (var i = 0; i < Set; i++)
                await PostAsync(client, "apis/apps/v1/namespaces/mall/deployments", Deployment($"shop-{i}", version), stop);
        });
    }

    private static async Task PostAsync(RawClient client, string path, string json, CancellationToken stop)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.Http.PostAsync(new Uri(path, UriKind.Relative), body, stop);
        answer.EnsureSuccessStatusCode();
    }

    private static string Deployment(string name, string version) => $$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{name}}","labels":{"app":"{{name}}","tier":"frontend"} },
         "spec":{"replicas":3,"selector":{"matchLabels":{"app":"{{name}}"} },"template":{"metadata":{"labels":{"app":"{{name}}"} },
          "spec":{"containers":[
           {"name":"app","image":"registry.example.com/{{name}}:{{version}}","args":["--listen=:8080","--config=/etc/config/app.yaml"],"ports":[{"name":"http","containerPort":8080},{"name":"metrics","containerPort":9090}],
            "env":[{"name":"LOG_LEVEL","value":"info"},{"name":"REGION","value":"eu"},{"name":"PASSWORD","valueFrom":{"secretKeyRef":{"name":"{{name}}","key":"password"} } }],
            "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"memory":"256Mi"} },"livenessProbe":{"httpGet":{"path":"/healthz","port":"http"} },"volumeMounts":[{"name":"config","mountPath":"/etc/config"}]},
           {"name":"proxy","image":"registry.example.com/proxy:1.30.1","resources":{"requests":{"cpu":"10m","memory":"32Mi"} } }],
           "volumes":[{"name":"config","configMap":{"name":"{{name}}"} }]} } } }
        """;

    private static async Task<Figure> MeasureAsync(IReadOnlyList<ClusterConnection> connections, ComparisonQuery query, int rows, string name)
    {
        Samples ours = new(), theirs = new();
        for (var round = -3; round < Rounds; round++)
        {
            var compared = await CompareAsync(connections, query, rows);
            var read = await ReadAsync(connections, query);
            if (round < 0)
                continue;
            ours.Add(compared);
            theirs.Add(read);
        }

        var ratio = ours.Median / theirs.Median;
        return new Figure(name, Units.Seconds(ours.Median), $"read {Units.Seconds(theirs.Median)}", Units.Ratio(ratio), "≤ 1.2", ratio <= 1.2);
    }

    private static async Task<double> CompareAsync(IReadOnlyList<ClusterConnection> connections, ComparisonQuery query, int expected)
    {
        var watch = Stopwatch.StartNew();
        var (comparison, reader) = (new Comparison(query), new ComparisonReader(query));
        await DrainAsync(connections, reader.ReadAsync, comparison.Add);
        var sides = comparison.Sides([.. connections.Select(static connection => connection.Identity)]);
        var rows = comparison.Rows(sides, reader.IsKnown, static fault => throw new InvalidOperationException(fault.Message), CancellationToken.None).Count();
        return rows == expected ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{rows} rows in place of {expected}.");
    }

    private static async Task<double> ReadAsync(IReadOnlyList<ClusterConnection> connections, ComparisonQuery query)
    {
        var watch = Stopwatch.StartNew();
        var reader = new ResourceReader(new ResourceQuery { Kinds = query.Kinds, Names = query.Names, Namespaces = query.Namespaces });
        await DrainAsync(connections, reader.ReadAsync, static _ => { });
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task DrainAsync(IReadOnlyList<ClusterConnection> connections, ClusterOperation operation, Action<KubeObject> take)
    {
        await using var run = FanOutRun.Start(connections, new FanOutOptions { ThrottleLimit = Clusters }, (connection, sink, stop) => operation(connection, "default", CallContext.Default, sink, stop));
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is not FanOutObjects<KubeObject> some)
                continue;
            foreach (var one in some.Objects)
                take(one);
        }
    }
}
