using System.Text;
using MultiCluster.Clusters;
using MultiCluster.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Nodes;

/// <summary>One real API server without controllers: what a test writes, stays as it is.</summary>
public sealed class DrainServer : IAsyncLifetime
{
    private ControlPlane? _server;

    public string Kubeconfig => _server!.Kubeconfigs[0];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (ControlPlane.Missing is null)
            _server = await ControlPlane.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>A session in which the server is selected; the test is skipped where there is none.</summary>
    public async Task<TestSession> SelectAsync(string kubeconfig = "admin.kubeconfig")
    {
        Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");
        var session = TestSession.Offline("nothing");
        var path = Path.Combine(Path.GetDirectoryName(Kubeconfig)!, kubeconfig);
        Assert.Single((await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [path] })).Clusters);
        return session;
    }

    internal static ClusterConnection ConnectionOf(TestSession session) => session.Pool.Selected[0].Connection!;

    /// <summary>Makes an object.</summary>
    internal static Task PostAsync(ClusterConnection connection, string path, string json) => SendAsync(connection, HttpMethod.Post, path, json, "application/json");

    /// <summary>Merges into an object, or with <c>/status</c> into its status.</summary>
    internal static Task PatchAsync(ClusterConnection connection, string path, string json) => SendAsync(connection, HttpMethod.Patch, path, json, "application/merge-patch+json");

    /// <summary>A running pod that is ready.</summary>
    internal static async Task AddPodAsync(ClusterConnection connection, string ns, string name, string node, string metadata = "", string spec = "", string phase = "Running")
    {
        await PostAsync(connection, $"/api/v1/namespaces/{ns}/pods", $$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}"{{(metadata.Length == 0 ? "" : $",{metadata}")}} },
             "spec":{"nodeName":"{{node}}","containers":[{"name":"c","image":"x"}]{{(spec.Length == 0 ? "" : $",{spec}")}} } }
            """);
        await PatchAsync(connection, $"/api/v1/namespaces/{ns}/pods/{name}/status", $$"""{"status":{"phase":"{{phase}}","conditions":[{"type":"Ready","status":"{{(phase == "Running" ? "True" : "False")}}"}]} }""");
    }

    internal static Task AddNodeAsync(ClusterConnection connection, string name) =>
        PostAsync(connection, "/api/v1/nodes", $$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{name}}"} }""");

    /// <summary>A budget with the numbers that a controller would have worked out.</summary>
    internal static async Task AddBudgetAsync(ClusterConnection connection, string ns, string name, string spec, string selector, int allowed, int healthy, int desired, int expected)
    {
        await PostAsync(connection, $"/apis/policy/v1beta1/namespaces/{ns}/poddisruptionbudgets", $$"""
            {"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"{{name}}"},"spec":{ {{spec}},"selector":{{selector}} } }
            """);
        await PatchAsync(connection, $"/apis/policy/v1beta1/namespaces/{ns}/poddisruptionbudgets/{name}/status", $$"""
            {"status":{"observedGeneration":1,"disruptionsAllowed":{{allowed}},"currentHealthy":{{healthy}},"desiredHealthy":{{desired}},"expectedPods":{{expected}} } }
            """);
    }

    internal static string Owner(string kind, string name, string uid) =>
        $$"""
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"{{kind}}","name":"{{name}}","uid":"{{uid}}","controller":true}]
        """;

    private static Task<byte[]> SendAsync(ClusterConnection connection, HttpMethod method, string path, string json, string contentType) =>
        connection.Session.Client.GetBytesAsync(
            new ApiRequest(method, path) { Kind = RequestKind.Write, Body = Encoding.UTF8.GetBytes(json), ContentType = contentType }, Cancelled);
}
