using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Apply;
using MultiCluster.Sandbox.Kinds;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>Changes an object as a server's registry does (store.Update): again when another writer was quicker, and not at all when nothing changes.</summary>
internal static class ObjectUpdate
{
    /// <summary>The object as it is after the change, stored or (with a dry run) only shown.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="key">Namespace and name.</param>
    /// <param name="subresource">Empty, or <c>status</c>.</param>
    /// <param name="dryRun">True to store nothing.</param>
    /// <param name="writer">Who writes; null for the cluster's own controllers, whose writes are neither checked nor owned.</param>
    /// <param name="change">Makes what is wanted of what is there; may be called more than once.</param>
    public static StoredObject Run(
        ClusterStore store,
        ResourceKind kind,
        (string Namespace, string Name) key,
        string subresource,
        bool dryRun,
        FieldWriter? writer,
        Func<StoredObject, JsonObject, JsonObject> change)
    {
        while (true)
        {
            var current = store.Find(kind, key.Namespace, key.Name) ?? throw StatusError.NotFound(kind, key.Name);
            var old = current.ToJson();
            // A server reads what was stored without a default with it.
            if (writer is not null) KindDefaults.Complete(kind, old);
            var wanted = change(current, old);
            CheckVersion(kind, current, wanted);
            if (writer is not null && subresource != "status") KindDefaults.Complete(kind, wanted);
            var json = UpdateRules.Prepare(kind, subresource, old, wanted);
            if (writer is not null) Admit(store, kind, subresource, old, json, writer);
            var deletes = UpdateRules.Deletes(kind, json);
            if (!deletes && JsonNode.DeepEquals(old, json)) return current;
            var shown = ClusterStore.Preview(kind, json, current.ResourceVersion);
            if (dryRun) return shown;
            try
            {
                if (deletes)
                {
                    store.TryRemove(kind, key.Namespace, key.Name, current.Uid);
                    return shown;
                }
                if (store.TryReplace(kind, json, current.ResourceVersion) is { } stored) return stored;
            }
            catch (StaleObjectException)
            {
                // Another writer was quicker: what the client wants is looked at again.
            }
        }
    }

    private static void Admit(ClusterStore store, ResourceKind kind, string subresource, JsonObject old, JsonObject json, FieldWriter writer)
    {
        if (!writer.Applies && KindTypes.Of(store, kind, kind.Version) is { } type) Ownership.Update(type, old, json, writer, kind.IsCustom);
        if (subresource == "status") return;
        ServerDefaults.Allocate(kind, json);
        KindRules.Check(kind, old, json);
    }

    private static void CheckVersion(ResourceKind kind, StoredObject current, JsonObject wanted)
    {
        var version = wanted["metadata"]?["resourceVersion"]?.ToString() ?? "";
        if (version.Length > 0 && version != current.ResourceVersion.ToString(CultureInfo.InvariantCulture))
            throw StatusError.Stale(kind.QualifiedPlural, kind.Group, kind.Plural, current.Name);
    }
}
