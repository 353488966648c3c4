using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Evictions;

/// <summary>Deletes a pod that may be evicted; newer servers first write into it why it goes.</summary>
internal sealed class EvictionDeletion(ClusterStore store, Deletion deletion)
{
    private const string Target = "DisruptionTarget";

    public void Run(ResourceKind pods, StoredObject pod, DeleteOptions options)
    {
        if (store.Kinds.Policy.MarksTargets && !options.DryRun) options = Mark(pods, pod, options);
        deletion.Run(pods, pod.Namespace, pod.Name, options);
    }

    private DeleteOptions Mark(ResourceKind pods, StoredObject pod, DeleteOptions options)
    {
        var marked = ObjectUpdate.Run(store, pods, (pod.Namespace, pod.Name), "status", dryRun: false, writer: null, (current, old) =>
        {
            Deletion.Check(pods, current, options);
            var json = old.DeepClone().AsObject();
            if (json["status"] is not JsonObject status) json["status"] = status = [];
            if (status["conditions"] is not JsonArray conditions) status["conditions"] = conditions = [];
            if (conditions.Any(c => c!["type"]?.ToString() == Target && c["status"]?.ToString() == "True")) return json;
            conditions.Add(new JsonObject
            {
                ["type"] = Target,
                ["status"] = "True",
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = Timestamp.Of(store.Time.GetUtcNow()),
                ["reason"] = "EvictionByEvictionAPI",
                ["message"] = "Eviction API: evicting",
            });
            return json;
        });
        // The version asked for was that of before.
        return options.ResourceVersion is null ? options : options with { ResourceVersion = marked.ResourceVersion.ToString(CultureInfo.InvariantCulture) };
    }
}
