using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>What a server keeps of an object whatever the client sends (the registry's PrepareForUpdate and ValidateObjectMetaUpdate).</summary>
internal static class UpdateRules
{
    // Set by the server alone.
    private static readonly string[] Kept = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"];

    /// <summary>The object as it is to be stored, with the resourceVersion it has now.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="subresource">What is written: empty for the object itself, or <c>status</c>.</param>
    /// <param name="old">The object as it is.</param>
    /// <param name="wanted">The object that the client wants.</param>
    public static JsonObject Prepare(ResourceKind kind, string subresource, JsonObject old, JsonObject wanted)
    {
        var json = wanted.DeepClone().AsObject();
        var before = old["metadata"]!.AsObject();
        if (subresource == "status")
        {
            foreach (var name in json.Select(p => p.Key).Where(n => n is not ("status" or "metadata")).ToList()) json.Remove(name);
            foreach (var (name, value) in old)
                if (name is not ("status" or "metadata")) json[name] = value?.DeepClone();
            KeepMetadata(kind, json, before);
        }
        else if (kind.Subresources.Contains("status"))
        {
            Copy(old, json, "status");
        }
        var metadata = json["metadata"]!.AsObject();
        foreach (var name in Kept) Copy(before, metadata, name);
        Copy(before, metadata, "resourceVersion");
        if (metadata["managedFields"] is null) Copy(before, metadata, "managedFields");
        CheckFinalizers(kind, before, metadata);
        StoredShape.Normalize(kind, json);
        if (before["generation"].AsLong() is { } generation and > 0 && Grows(kind, old, json)) metadata["generation"] = generation + 1;
        return json;
    }

    /// <summary>The fields of an object that a write does not change, whatever it says (the strategy's reset fields).</summary>
    public static IEnumerable<string> Ignored(ResourceKind kind, string subresource)
    {
        if (subresource == "status") return ["spec"];
        return kind.Subresources.Contains("status") ? ["status"] : [];
    }

    /// <summary>True when this update lets go what a deletion waits for (store.ShouldDeleteDuringUpdate).</summary>
    public static bool Deletes(ResourceKind kind, JsonObject updated)
    {
        var metadata = updated["metadata"]!;
        return metadata["deletionTimestamp"] is not null
            && metadata["finalizers"] is not JsonArray { Count: > 0 }
            && (metadata["deletionGracePeriodSeconds"].AsLong() ?? 0) == 0
            && (kind.QualifiedPlural != "namespaces" || updated["spec"]?["finalizers"] is not JsonArray { Count: > 0 });
    }

    // Each kind's status strategy has its own mind; these are those that matter.
    private static void KeepMetadata(ResourceKind kind, JsonObject json, JsonObject before)
    {
        if (kind.IsCustom || json["metadata"] is not JsonObject metadata)
        {
            var owners = json["metadata"]?["managedFields"];
            json["metadata"] = before.DeepClone();
            if (owners is not null) json["metadata"]!["managedFields"] = owners.DeepClone();
            return;
        }
        if (kind.QualifiedPlural == "pods") Copy(before, metadata, "ownerReferences");
        if (kind.QualifiedPlural == "deployments.apps") Copy(before, metadata, "labels");
    }

    private static void CheckFinalizers(ResourceKind kind, JsonObject before, JsonObject metadata)
    {
        if (before["deletionTimestamp"] is null || metadata["finalizers"] is not JsonArray finalizers) return;
        var known = (before["finalizers"] as JsonArray)?.Select(f => f!.ToString()).ToHashSet() ?? [];
        var added = finalizers.Select(f => f!.ToString()).Where(f => !known.Contains(f)).ToList();
        if (added.Count == 0) return;
        var found = string.Join(", ", added.Select(f => $"\"{f}\""));
        throw StatusError.InvalidOptions(
            kind.Kind,
            kind.Group,
            before["name"]!.ToString(),
            ("metadata.finalizers", $"Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{{{found}}}"));
    }

    private static bool Grows(ResourceKind kind, JsonObject old, JsonObject json) =>
        !JsonNode.DeepEquals(old["spec"], json["spec"])
        || (kind.QualifiedPlural == "deployments.apps" && !JsonNode.DeepEquals(old["metadata"]!["annotations"], json["metadata"]!["annotations"]));

    private static void Copy(JsonObject from, JsonObject to, string name)
    {
        if (from[name] is { } value) to[name] = value.DeepClone();
        else to.Remove(name);
    }
}
