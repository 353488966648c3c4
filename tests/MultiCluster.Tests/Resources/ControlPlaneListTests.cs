using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

/// <summary>Lists of a real API server that forgets old versions after seconds.</summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneListTests(ControlPlaneListTests.Server server) : IClassFixture<ControlPlaneListTests.Server>
{
    private const string DefaultConfigMaps = "/api/v1/namespaces/default/configmaps";
    private static readonly ResourceKind ConfigMaps = new() { Group = "", Version = "v1", Kind = "ConfigMap", Plural = "configmaps", Singular = "configmap", Namespaced = true };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_whose_token_expires_between_two_pages_ends_complete_and_says_so()
    {
        await using var session = await SelectAsync();
        var connection = session.Pool.Selected[0].Connection!;
        var client = connection.Session.Client;
        const int count = PageSize.Small + 100;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancelled }, async (i, stop) =>
            await WriteAsync(client, HttpMethod.Post, DefaultConfigMaps, $$$"""{"metadata":{"name":"paged-{{{i:0000}}}","labels":{"paged":"yes"} } }""", stop));

        // With a bound, the next page is asked for only when the first one has been consumed.
        var query = new ListQuery { Namespace = "default", LabelSelector = "paged=yes", First = 10 * count };
        List<string> said = [], names = [];
        await using var pieces = connection.Session.Objects.ListAsync(ConfigMaps, query, new CallContext { Say = said.Add }, Cancelled).GetAsyncEnumerator(Cancelled);
        while (names.Count < PageSize.Small && await pieces.MoveNextAsync())
            names.AddRange(pieces.Current.Select(item => item.Name));
        await ForgetAsync(client);
        Assert.Empty(said);
        while (await pieces.MoveNextAsync())
            names.AddRange(pieces.Current.Select(item => item.Name));

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"paged-{i:0000}"), names);
        Assert.StartsWith("The list of configmaps took longer than the server keeps its versions", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_custom_resource_brings_the_columns_of_its_definition()
    {
        await using var session = await SelectAsync();
        var client = session.Pool.Selected[0].Connection!.Session.Client;
        await WriteAsync(client, HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            {"metadata":{"name":"engines.test.example.com"},"spec":{"group":"test.example.com","scope":"Namespaced",
             "names":{"kind":"Engine","plural":"engines","singular":"engine","shortNames":["eng"]},
             "versions":[{"name":"v1","served":true,"storage":true,
              "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}},
              "additionalPrinterColumns":[
               {"name":"Cylinders","type":"integer","jsonPath":".spec.cylinders"},{"name":"Power","type":"number","jsonPath":".spec.power"},
               {"name":"Fuel","type":"string","jsonPath":".spec.fuel"},{"name":"Runs","type":"boolean","jsonPath":".status.runs"},
               {"name":"Serial","type":"string","jsonPath":".spec.serial","priority":1}]}]}}
            """, Cancelled);
        const string engines = "/apis/test.example.com/v1/namespaces/default/engines";
        await UntilAsync(async () => (await StatusOfAsync(client, engines)) == 200);
        await WriteAsync(client, HttpMethod.Post, engines, """{"apiVersion":"test.example.com/v1","kind":"Engine","metadata":{"name":"v8"},"spec":{"cylinders":8,"power":1.5,"fuel":"petrol","serial":"x-1"} }""", Cancelled);

        var list = await session.ReadAsync("eng");
        var one = await session.ReadAsync(new ResourceQuery { Kinds = ["engine"], Names = ["v8"], Namespaces = ["default"] });
        var named = await session.ReadAsync(new ResourceQuery { Kinds = ["engines.v1.test.example.com"], Names = ["v8"], AllNamespaces = true });

        foreach (var answer in new[] { list, one, named })
        {
            Assert.Empty(answer.Faults);
            var engine = Assert.Single(answer.Objects);
            Assert.Equal(("Engine", "v8", "default"), (engine.Kind, engine.Name, engine.Namespace));
            Assert.Equal(["Name", "Cylinders", "Power", "Fuel", "Runs", "Serial"], engine.Columns.Keys.Cast<string>());
            Assert.Equal([8L, 1.5, "petrol", null, "x-1"], engine.Columns.Values.Cast<object?>().Skip(1));
            Assert.Contains("\"serial\":\"x-1\"", engine.ToJson(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("hpa")]
    [InlineData("hpa.v1.autoscaling")]
    [InlineData("hpa.v2beta1.autoscaling")]
    [InlineData("hpa.v2beta2.autoscaling")]
    public async Task An_autoscaler_has_the_same_columns_in_every_version_that_a_server_has(string kind)
    {
        await using var session = await SelectAsync();
        var client = session.Pool.Selected[0].Connection!.Session.Client;
        const string scalers = "/apis/autoscaling/v2beta2/namespaces/default/horizontalpodautoscalers";
        Assert.SkipWhen(await StatusOfAsync(client, scalers) != 200, "These servers no longer have autoscaling/v2beta2.");
        var name = $"scaler-{Guid.NewGuid():N}";
        var scaler = $$$"""
            {"apiVersion":"autoscaling/v2beta2","kind":"HorizontalPodAutoscaler","metadata":{"name":"{{{name}}}"},
             "spec":{"minReplicas":2,"maxReplicas":9,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"metrics":[
              {"type":"Pods","pods":{"metric":{"name":"rps"},"target":{"type":"AverageValue","averageValue":"10"} } },
              {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80} } }]},
             "status":{"currentReplicas":3,"desiredReplicas":3,"conditions":[],"currentMetrics":[
              {"type":"Pods","pods":{"metric":{"name":"rps"},"current":{"averageValue":"12"} } },
              {"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":35,"averageValue":"70m"} } }]} }
            """;
        await WriteAsync(client, HttpMethod.Post, scalers, scaler, Cancelled);
        await WriteAsync(client, HttpMethod.Put, $"{scalers}/{name}/status", scaler, Cancelled);

        var answer = await session.ReadAsync(new ResourceQuery { Kinds = [kind], Namespaces = ["default"], Names = [name] });

        Assert.Empty(answer.Faults);
        var read = Assert.IsType<KubeHorizontalPodAutoscaler>(Assert.Single(answer.Objects));
        Assert.Equal(("Deployment/web", "12/10, cpu: 35%/80%", 2, 9, 3), (read.Reference, read.Targets, read.MinPods, read.MaxPods, read.Replicas));
    }

    private async Task<TestSession> SelectAsync()
    {
        Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");
        var session = TestSession.Offline("nothing");
        await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = server.Kubeconfigs });
        return session;
    }

    /// <summary>Waits until the server has forgotten what it knew when this was called: its own token of now has expired.</summary>
    private static async Task ForgetAsync(ApiClient client)
    {
        using var page = System.Text.Json.JsonDocument.Parse(await client.GetBytesAsync(new ApiRequest(HttpMethod.Get, $"{DefaultConfigMaps}?limit=1"), Cancelled));
        var token = page.RootElement.GetProperty("metadata").GetProperty("continue").GetString()!;
        await UntilAsync(async () =>
        {
            // etcd is compacted to the version of an interval ago, so that there has to be a newer one.
            await WriteAsync(client, HttpMethod.Post, DefaultConfigMaps, """{"metadata":{"generateName":"tick-"} }""", Cancelled);
            return await StatusOfAsync(client, $"{DefaultConfigMaps}?limit=1&continue={Uri.EscapeDataString(token)}") == 410;
        });
    }

    private static async Task<int> StatusOfAsync(ApiClient client, string path)
    {
        try
        {
            await client.GetBytesAsync(new ApiRequest(HttpMethod.Get, path), Cancelled);
            return 200;
        }
        catch (FaultException e) when (e.Fault.HttpStatus is { } status)
        {
            return status;
        }
    }

    private static async Task WriteAsync(ApiClient client, HttpMethod method, string path, string body, CancellationToken stop) =>
        await client.GetBytesAsync(new ApiRequest(method, path) { Kind = RequestKind.Write, Body = Encoding.UTF8.GetBytes(body) }, stop);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
    }

    public sealed class Server : IAsyncLifetime
    {
        private ControlPlane? _server;

        public IReadOnlyList<string> Kubeconfigs => _server!.Kubeconfigs;

        public async ValueTask InitializeAsync()
        {
            if (ControlPlane.Missing is null)
                _server = await ControlPlane.StartAsync(extraFlags: "--etcd-compaction-interval=5s");
        }

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
                await _server.DisposeAsync();
        }
    }
}
