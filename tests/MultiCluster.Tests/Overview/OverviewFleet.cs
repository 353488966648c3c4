using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Inventory;
using MultiCluster.Overview;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Overview;

/// <summary>Overviews of simulated clusters whose nodes and pods the tests have planted.</summary>
internal static class OverviewFleet
{
    /// <summary>Clusters with namespaces and nothing else.</summary>
    public static FleetOptions Empty(int clusters = 1) => new() { Clusters = clusters, Pods = 0 };

    /// <summary>Starts an overview of every selected cluster.</summary>
    public static FanOutRun Start(TestSession session, FanOutOptions? options = null, params string[] namespaces)
    {
        var connections = session.Pool.Selected.Select(static cluster => cluster.Connection!).ToArray();
        var reader = new OverviewReader(new OverviewQuery { Scope = InventoryScope.Of(namespaces) }, connections);
        return FanOutRun.Start(
            connections, options ?? new FanOutOptions(), (connection, sink, stop) => reader.ReadAsync(connection, session.Pool.Namespaces.For(connection), CallContext.Default, sink, stop));
    }

    /// <summary>The rows, and what else came.</summary>
    public static async Task<(IReadOnlyList<T> Rows, TestAnswer Answer)> ReadAsync<T>(TestSession session, FanOutOptions? options = null, params string[] namespaces)
    {
        var run = Start(session, options, namespaces);
        await using var _ = run;
        var answer = await TestAnswer.OfAsync(run);
        return ([.. Rows<T>(answer.Items)], answer);
    }

    /// <summary>The rows among what came.</summary>
    public static IEnumerable<T> Rows<T>(IEnumerable<FanOutItem> items) => items.OfType<FanOutObjects<object>>().SelectMany(static item => item.Objects).OfType<T>();

    /// <summary>The one row of the one cluster.</summary>
    public static async Task<KubeOverview> OneAsync(TestSession session) => Assert.Single((await ReadAsync<KubeOverview>(session)).Rows);

    public static void AddNode(SimulatedCluster cluster, string name, bool ready = true, bool cordoned = false, string provider = "aws:///eu-west-1a/i-0abc") => cluster.Store.Add($$"""
        { "apiVersion": "v1", "kind": "Node", "metadata": { "name": "{{name}}" }, "spec": { "providerID": "{{provider}}"{{(cordoned ? ", \"unschedulable\": true" : "")}} },
          "status": { "allocatable": { "cpu": "3900m", "memory": "16Gi" }, "conditions": [ { "type": "Ready", "status": "{{(ready ? "True" : "Unknown")}}", "lastTransitionTime": "2026-01-01T00:00:00Z" } ] } }
        """);

    public static void AddPod(SimulatedCluster cluster, string name, string phase = "Running", bool ready = true, string? node = "node-1", string spec = "", string ns = "web") => cluster.Store.Add($$"""
        { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "{{name}}", "namespace": "{{ns}}" },
          "spec": { {{(node is null ? "" : $"\"nodeName\": \"{node}\", ")}}"containers": [ { "name": "app", "resources": { "requests": { "cpu": "250m", "memory": "512Mi" }, "limits": { "memory": "1Gi" } } } ]{{spec}} },
          "status": { "phase": "{{phase}}", "conditions": [ { "type": "Ready", "status": "{{(ready ? "True" : "False")}}" } ],
            "containerStatuses": [ { "name": "app", "restartCount": 0, "ready": {{(ready ? "true" : "false")}}, "state": { "running": {} } } ] } }
        """);

    public static void AddDeployment(SimulatedCluster cluster, string name, int wanted, int ready, string ns = "web") => cluster.Store.Add($$"""
        { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "{{name}}", "namespace": "{{ns}}", "creationTimestamp": "2026-01-01T00:00:00Z" }, "spec": { "replicas": {{wanted}} }, "status": { "readyReplicas": {{ready}} } }
        """);

    public static void AddEvent(SimulatedCluster cluster, string name, string type, TimeSpan age, string ns = "web") => cluster.Store.Add($$"""
        { "apiVersion": "v1", "kind": "Event", "metadata": { "name": "{{name}}", "namespace": "{{ns}}" }, "type": "{{type}}", "reason": "BackOff", "involvedObject": { "kind": "Pod", "name": "x" },
          "lastTimestamp": "{{TimeProvider.System.GetUtcNow() - age:yyyy-MM-ddTHH:mm:ssZ}}" }
        """);
}
