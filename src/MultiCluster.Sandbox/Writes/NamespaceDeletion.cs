using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>What is special about a namespace: it is marked, emptied by a controller, and takes nothing new meanwhile.</summary>
internal static class NamespaceDeletion
{
    private const string Terminating = "Terminating";

    /// <summary>True when a namespace still has to be emptied.</summary>
    public static bool Applies(ResourceKind kind, StoredObject item) =>
        kind.QualifiedPlural == "namespaces" && item.ToJson()["spec"]?["finalizers"] is JsonArray { Count: > 0 };

    /// <summary>The namespace as it is while it is being emptied.</summary>
    public static StoredObject Mark(ClusterStore store, ResourceKind kind, StoredObject item, DeleteOptions options)
    {
        while (true)
        {
            var json = item.ToJson();
            var metadata = json["metadata"]!;
            if (metadata["deletionTimestamp"] is not null) return item;
            metadata["deletionTimestamp"] = Timestamp.Of(store.Time.GetUtcNow());
            json["status"] ??= new JsonObject();
            json["status"]!["phase"] = Terminating;
            if (options.DryRun) return ClusterStore.Preview(kind, json, item.ResourceVersion);
            try
            {
                if (store.TryReplace(kind, json, item.ResourceVersion) is { } marked) return marked;
            }
            catch (StaleObjectException)
            {
                // Looked at again below.
            }
            item = store.Find(kind, "", item.Name) ?? throw StatusError.NotFound(kind, item.Name);
        }
    }

    /// <summary>Refuses to delete what every cluster needs (the admission plugin NamespaceLifecycle).</summary>
    public static void CheckMortal(ResourceKind kind, string name)
    {
        if (kind.QualifiedPlural == "namespaces" && name is "default" or "kube-system" or "kube-public")
            throw StatusError.ForbiddenFor(kind, name, "this namespace may not be deleted");
    }

    /// <summary>Refuses to create something in a namespace that is missing or being deleted.</summary>
    public static void CheckOpen(ClusterStore store, ResourceKind kind, string ns, string name)
    {
        var namespaces = store.Kinds.Named("namespaces");
        var found = store.Find(namespaces, "", ns) ?? throw StatusError.NotFound(namespaces, ns);
        if (found.ToJson()["status"]?["phase"]?.ToString() != Terminating) return;
        throw StatusError.ForbiddenFor(
            kind,
            name,
            $"unable to create new content in namespace {ns} because it is being terminated",
            ("NamespaceTerminating", $"namespace {ns} is being terminated", "metadata.namespace"));
    }
}
