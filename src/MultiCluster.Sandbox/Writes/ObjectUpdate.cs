using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
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
    /// <param name="change">Makes what is wanted of what is there; may be called more than once.</param>
    public static StoredObject Run(
        ClusterStore store, ResourceKind kind, (string Namespace, string Name) key, string subresource, bool dryRun, Func<StoredObject, JsonObject, JsonObject> change)
    {
        while (true)
        {
            var current = store.Find(kind, key.Namespace, key.Name) ?? throw StatusError.NotFound(kind, key.Name);
            var old = current.ToJson();
            var wanted = change(current, old);
            CheckVersion(kind, current, wanted);
            var json = UpdateRules.Prepare(kind, subresource, old, wanted);
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

    private static void CheckVersion(ResourceKind kind, StoredObject current, JsonObject wanted)
    {
        var version = wanted["metadata"]?["resourceVersion"]?.ToString() ?? "";
        if (version.Length > 0 && version != current.ResourceVersion.ToString(CultureInfo.InvariantCulture))
            throw StatusError.Stale(kind.QualifiedPlural, kind.Group, kind.Plural, current.Name);
    }
}
