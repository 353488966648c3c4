using System.Text.Json.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>What a cluster knows of the drains since its nodes were made.</summary>
/// <param name="Requests">Requests of every kind.</param>
/// <param name="Evictions">When evictions reached it, in order.</param>
/// <param name="Written">The nodes that were asked to be cordoned.</param>
/// <param name="Cordoned">The nodes that are cordoned.</param>
/// <param name="PodsLeft">Pods on the nodes that were to be drained.</param>
internal sealed record NodeTruth(long Requests, IReadOnlyList<DateTimeOffset> Evictions, IReadOnlyList<string> Written, IReadOnlyList<string> Cordoned, int PodsLeft);

/// <summary>
/// An old pool of nodes with the pods of ReplicaSets, and a new pool that takes what is evicted: the old one is tainted, as when a pool is replaced,
/// so that no replacement comes to a node whose turn is yet to come.
/// </summary>
internal static class SimulatedNodes
{
    private const string Namespace = "default";
    private const string Patch = "PATCH";
    private const int NewNodes = 10;

    /// <summary>Pods of one ReplicaSet; they are on as many nodes.</summary>
    private const int SetSize = 20;

    /// <summary>How long controllers take to act. A write is answered before they do, as a server's is.</summary>
    private static readonly TimeSpan ReactionTime = TimeSpan.FromMilliseconds(20);

    public static string Old(int number) => $"old-{number + 1}";

    /// <summary>Makes the nodes and pods anew, and lets the controllers work.</summary>
    /// <param name="cluster">A cluster with nothing else in it.</param>
    /// <param name="nodes">Nodes to be drained.</param>
    /// <param name="podsPerNode">Pods on each of them.</param>
    /// <param name="terminationTime">How long a pod takes to end.</param>
    public static void Fill(SimulatedCluster cluster, int nodes, int podsPerNode, TimeSpan terminationTime)
    {
        var (store, controllers) = (cluster.Store, cluster.Controllers);
        controllers.Stop();
        foreach (var plural in new[] { "replicasets.apps", "pods", "nodes" })
        {
            foreach (var item in store.List(plural))
                store.Remove(plural, item.Namespace, item.Name);
        }

        for (var i = 0; i < nodes; i++)
            store.Add(Node(Old(i), """[{"key":"pool","value":"old","effect":"NoSchedule"}]"""));
        for (var i = 0; i < NewNodes; i++)
            store.Add(Node($"new-{i + 1}", "[]"));
        for (var first = 0; first < nodes * podsPerNode; first += SetSize)
            AddSet(cluster, first, Math.Min(SetSize, (nodes * podsPerNode) - first), nodes);
        controllers.PodTerminationTime = terminationTime;
        controllers.ReactionTime = ReactionTime;
        controllers.Start();
        cluster.Requests.Clear();
    }

    public static NodeTruth Truth(SimulatedCluster cluster)
    {
        var requests = cluster.Requests.All;
        var nodes = cluster.Store.List("nodes").Select(static node => node.ToJson());
        return new NodeTruth(
            cluster.Requests.Count,
            [.. requests.Where(static one => one.Path.EndsWith("/eviction", StringComparison.Ordinal)).Select(static one => one.At)],
            [.. requests.Where(static one => one.Method == Patch && one.Path.Contains("/nodes/", StringComparison.Ordinal)).Select(static one => one.Path.Split('/')[^1]).Distinct()],
            [.. nodes.Where(static node => node["spec"]?["unschedulable"]?.GetValue<bool>() == true).Select(static node => node["metadata"]!["name"]!.ToString())],
            cluster.Store.List("pods").Count(static pod => pod.ToJson()["spec"]!["nodeName"]?.ToString().StartsWith("old-", StringComparison.Ordinal) == true));
    }

    private static string Node(string name, string taints) =>
        $$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{name}}"},"spec":{"taints":{{taints}}},"status":{"conditions":[{"type":"Ready","status":"True"}]} }""";

    private static void AddSet(SimulatedCluster cluster, int first, int pods, int nodes)
    {
        var template = PodManifest.Of(first);
        var (metadata, spec) = (template["metadata"]!, template["spec"]!.AsObject());
        spec.Remove("nodeName");
        var name = $"web-{first / SetSize}";
        var set = cluster.Store.Add(new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Namespace },
            ["spec"] = new JsonObject
            {
                ["replicas"] = pods,
                ["selector"] = new JsonObject { ["matchLabels"] = metadata["labels"]!.DeepClone() },
                ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = metadata["labels"]!.DeepClone() }, ["spec"] = spec.DeepClone() },
            },
        });
        for (var i = first; i < first + pods; i++)
        {
            var pod = PodManifest.Of(i);
            var its = pod["metadata"]!;
            its["namespace"] = Namespace;
            its["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "ReplicaSet", ["name"] = name, ["uid"] = set.Uid, ["controller"] = true });
            pod["spec"]!["nodeName"] = Old(i % nodes);
            pod["spec"]!["terminationGracePeriodSeconds"] = 30;
            pod["status"] = new JsonObject { ["phase"] = "Running", ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }) };
            cluster.Store.Add(pod);
        }
    }
}
