using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>Makes pods of templates. For one controller at a time.</summary>
internal sealed class PodMaker(ClusterStore store, SeededRandom random)
{
    private static readonly string[] EveryPod = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    private static readonly string[] EveryDaemon =
    [
        "node.kubernetes.io/disk-pressure", "node.kubernetes.io/memory-pressure", "node.kubernetes.io/pid-pressure", "node.kubernetes.io/unschedulable",
    ];

    /// <summary>A name that begins as its owner's.</summary>
    public string NameOf(string prefix) => $"{prefix}-{random.Suffix(5)}";

    /// <summary>Creates a pod of its owner's template.</summary>
    /// <param name="owner">The object that controls it.</param>
    /// <param name="json">The owner's JSON.</param>
    /// <param name="name">The pod's name.</param>
    /// <param name="labels">Labels that the template does not have.</param>
    /// <param name="node">The node of a DaemonSet's pod; null where the scheduler chooses.</param>
    /// <exception cref="Api.StatusError">Its namespace is being deleted.</exception>
    public void Create(StoredObject owner, JsonObject json, string name, IReadOnlyList<(string Key, string Value)>? labels = null, string? node = null)
    {
        var pods = store.Kinds.Named("pods");
        NamespaceDeletion.CheckOpen(store, pods, owner.Namespace, name);
        var template = json["spec"]!["template"]!;
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = owner.Namespace };
        if (owner.Kind.Kind != "StatefulSet") metadata["generateName"] = name[..^5];
        var allLabels = template["metadata"]?["labels"]?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in labels ?? []) allLabels[key] = value;
        metadata["labels"] = new JsonObject(allLabels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => KeyValuePair.Create(l.Key, l.Value?.DeepClone())));
        if (template["metadata"]?["annotations"] is JsonObject { Count: > 0 } annotations) metadata["annotations"] = annotations.DeepClone();
        metadata["ownerReferences"] = new JsonArray(ReferenceTo(owner));
        store.TryAdd(pods, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = SpecOf(template["spec"]!.AsObject(), node),
            ["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "Burstable" },
        });
    }

    public static JsonObject ReferenceTo(StoredObject owner) => new()
    {
        ["apiVersion"] = owner.Kind.ApiVersion,
        ["kind"] = owner.Kind.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    private static JsonObject SpecOf(JsonObject template, string? node)
    {
        var spec = template.DeepClone().AsObject();
        spec["terminationGracePeriodSeconds"] ??= 30;
        spec["schedulerName"] ??= "default-scheduler";
        var tolerations = spec["tolerations"]?.DeepClone().AsArray() ?? [];
        foreach (var key in EveryPod)
        {
            var toleration = new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = "NoExecute" };
            if (node is null) toleration["tolerationSeconds"] = 300;
            tolerations.Add(toleration);
        }
        if (node is not null)
        {
            spec["nodeName"] = node;
            foreach (var key in EveryDaemon) tolerations.Add(new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = "NoSchedule" });
        }
        spec["tolerations"] = tolerations;
        return spec;
    }
}
