using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Comparing.Normalizing;

/// <summary>
/// What of an object is compared: without what makes it the object that it is and what its cluster has put into it, and with what a server
/// would fill in, whether this one has or not.
/// </summary>
internal static class ComparedTree
{
    /// <summary>A pod has it of its service account by itself, under a name of its own.</summary>
    private const string TokenVolume = "kube-api-access-";

    /// <summary>When something has happened, and what an object was when that was seen.</summary>
    private static readonly string[] Moments = ["lastTransitionTime", "lastUpdateTime", "lastProbeTime", "lastHeartbeatTime", "observedGeneration", "startTime", "startedAt", "finishedAt"];

    /// <summary>Which kubectl and controllers leave behind: not what somebody has asked for.</summary>
    private static readonly string[] Traces =
        ["kubectl.kubernetes.io/restartedAt", "deployment.kubernetes.io/desired-replicas", "deployment.kubernetes.io/max-replicas", "deprecated.daemonset.template.generation"];

    /// <summary>The tree.</summary>
    /// <exception cref="FaultException">The object's JSON has a member twice, or is nested too deep (Decode).</exception>
    public static JsonObject Of(KubeObject item, bool includeStatus)
    {
        try
        {
            var root = (JsonObject)JsonNode.Parse(item.Root.Raw)!;
            var status = includeStatus ? root["status"] : null;
            var (group, kind) = (item.Source.Kind.Group, item.Kind);
            WholeChange.Strip(root, group, kind);
            root.Remove("apiVersion");
            root.Remove("kind");
            if (root["metadata"] is JsonObject metadata)
            {
                metadata.Remove("name");
                metadata.Remove("namespace");
                metadata.Remove("generateName");
                Remove(metadata["labels"], "kubernetes.io/metadata.name");
                CleanMetadata(metadata);
            }

            foreach (var spec in PodSpecs(root["spec"]))
                Clean(spec);
            if (group.Length == 0 && kind == "ServiceAccount")
                root.Remove("secrets"); // tokens that servers before 1.24 make
            ServerDefaults.Of(group, kind)?.Fill(root);
            if (group.Length == 0 && kind == "Service")
                CompletePorts(root["spec"]?["ports"] as JsonArray);
            if (status is not null)
            {
                status = status.DeepClone();
                RemoveMoments(status);
                root["status"] = status;
            }

            return root;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FaultException(FaultPhase.Decode, $"{item} cannot be compared: {e.Message.TrimEnd('.')}", "Look at it with ConvertTo-KubeYaml.");
        }
    }

    /// <summary>The specs of pods that an object has: its own, its template's.</summary>
    private static IEnumerable<JsonObject> PodSpecs(JsonNode? spec)
    {
        if (spec is not JsonObject table)
            yield break;
        if (table["containers"] is JsonArray)
            yield return table;
        foreach (var template in new[] { table["template"], (table["jobTemplate"] as JsonObject)?["spec"] is JsonObject job ? job["template"] : null }.OfType<JsonObject>())
        {
            if (template["metadata"] is JsonObject metadata)
                CleanMetadata(metadata);
            if (template["spec"] is JsonObject inner)
                yield return inner;
        }
    }

    private static void CleanMetadata(JsonObject metadata)
    {
        metadata.Remove("creationTimestamp");
        Remove(metadata["annotations"], Traces);
        foreach (var name in new[] { "annotations", "labels" })
        {
            if (metadata[name] is JsonObject { Count: 0 })
                metadata.Remove(name);
        }
    }

    private static void Clean(JsonObject spec)
    {
        spec.Remove("serviceAccount"); // the old name of serviceAccountName
        RemoveElements(spec["volumes"], static volume => $"{volume["name"]}".StartsWith(TokenVolume, StringComparison.Ordinal));
        foreach (var container in new[] { spec["containers"], spec["initContainers"] }.OfType<JsonArray>().SelectMany(static list => list).OfType<JsonObject>())
            RemoveElements(container["volumeMounts"], static mount => $"{mount["name"]}".StartsWith(TokenVolume, StringComparison.Ordinal));
        RemoveElements(spec["tolerations"], static one => $"{one["key"]}" is "node.kubernetes.io/not-ready" or "node.kubernetes.io/unreachable" && $"{one["tolerationSeconds"]}" == "300");
    }

    private static void CompletePorts(JsonArray? ports)
    {
        foreach (var port in (ports ?? []).OfType<JsonObject>())
            port["targetPort"] ??= port["port"]?.DeepClone();
    }

    private static void RemoveElements(JsonNode? list, Predicate<JsonObject> unwanted)
    {
        for (var at = (list as JsonArray)?.Count - 1 ?? -1; at >= 0; at--)
        {
            if (list![at] is JsonObject element && unwanted(element))
                ((JsonArray)list).RemoveAt(at);
        }
    }

    private static void Remove(JsonNode? table, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            (table as JsonObject)?.Remove(name);
    }

    private static void RemoveMoments(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject table:
                Remove(table, Moments);
                foreach (var (_, inner) in table)
                    RemoveMoments(inner);
                break;
            case JsonArray list:
                foreach (var element in list)
                    RemoveMoments(element);
                break;
        }
    }
}
