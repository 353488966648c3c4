using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Metrics;

/// <summary>The objects that metrics-server makes of its values for each answer; nothing keeps them.</summary>
internal sealed class MetricObjects(ClusterStore store, ClusterMetrics metrics)
{
    // What runs on a node besides pods.
    private static readonly Usage Besides = Usage.Parse("180m", "900Mi");

    /// <summary>All of a kind, in the API's order.</summary>
    public IEnumerable<StoredObject> Of(ResourceKind kind) => kind == MetricKinds.Pods ? Pods() : Nodes();

    private IEnumerable<StoredObject> Pods()
    {
        foreach (var pod in Stored("pods"))
        {
            if (UsageOf(pod) is not { } usage) continue;
            var json = Item(pod, usage.Labels);
            json["containers"] = new JsonArray([.. usage.Containers.Select(c => new JsonObject { ["name"] = c.Name, ["usage"] = Amounts(c.Used) })]);
            yield return Encode(MetricKinds.Pods, pod, json);
        }
    }

    private IEnumerable<StoredObject> Nodes()
    {
        var used = new Dictionary<string, Usage>(StringComparer.Ordinal);
        foreach (var pod in Stored("pods").Select(UsageOf).OfType<PodUsage>())
            foreach (var container in pod.Containers) used[pod.Node] = used.GetValueOrDefault(pod.Node, Usage.None) + container.Used;
        foreach (var node in Stored("nodes"))
        {
            if (metrics.IsOmitted("node", "", node.Name)) continue;
            var read = node.ToJson();
            var ready = read["status"]?["conditions"]?.AsArray().FirstOrDefault(c => c?["type"]?.ToString() == "Ready");
            if (ready?["status"]?.ToString() != "True") continue;
            var json = Item(node, read["metadata"]!["labels"]?.ToJsonString());
            json["usage"] = Amounts(metrics.Given("node", "", node.Name) ?? (used.GetValueOrDefault(node.Name, Usage.None) + Besides));
            yield return Encode(MetricKinds.Nodes, node, json);
        }
    }

    private PodUsage? UsageOf(StoredObject pod)
    {
        if (metrics.IsOmitted("pod", pod.Namespace, pod.Name) || PodUsage.Of(pod, metrics.Seed) is not { } usage) return null;
        var given = usage.Containers.Select(c => metrics.Given("container", pod.Namespace, $"{pod.Name}/{c.Name}")).ToList();
        if (usage.IsNew && given.TrueForAll(g => g is null)) return null;
        return usage with { Containers = [.. usage.Containers.Zip(given, (c, g) => (c.Name, g ?? c.Used))] };
    }

    private JsonObject Item(StoredObject measured, string? labels)
    {
        var now = store.Time.GetUtcNow();
        var metadata = new JsonObject { ["name"] = measured.Name };
        if (measured.Namespace.Length > 0) metadata["namespace"] = measured.Namespace;
        metadata["creationTimestamp"] = Timestamp.Of(now);
        if (labels is not null) metadata["labels"] = JsonNode.Parse(labels);
        return new JsonObject
        {
            ["metadata"] = metadata,
            ["timestamp"] = Timestamp.Of(now - TimeSpan.FromTicks(now.Ticks % ClusterMetrics.Interval.Ticks) - metrics.Delay),
            ["window"] = $"{ClusterMetrics.Interval.TotalSeconds}.{100 + (Chance.Of(0, measured.Key) % 900)}s",
        };
    }

    private static JsonObject Amounts(Usage usage) => new() { ["cpu"] = usage.Cpu, ["memory"] = usage.Memory };

    private static StoredObject Encode(ResourceKind kind, StoredObject measured, JsonObject json) =>
        new(kind, measured.Namespace, measured.Name, "", 0, ObjectEncoder.Encode(kind, json));

    private StoredObject[] Stored(string plural) => store.Snapshot(store.Kinds.Named(plural)).Items;
}
