using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>
/// Deletes an object as a server's registry does (store.Delete and rest.BeforeDelete): at once, or marked and left to who must see to it first,
/// the kubelet or the owners of its finalizers.
/// </summary>
internal sealed class Deletion(ClusterStore store)
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    /// <summary>A pod was marked: its kubelet has to end it within its grace period.</summary>
    public event Action<StoredObject>? PodMarked;

    /// <summary>The object as it was last, and whether it is gone (or, with a dry run, would be).</summary>
    public (StoredObject Last, bool Gone) Run(ResourceKind kind, string ns, string name, DeleteOptions options)
    {
        while (true)
        {
            var item = store.Find(kind, ns, name) ?? throw StatusError.NotFound(kind, name);
            Check(kind, item, options);
            if (NamespaceDeletion.Applies(kind, item)) return (NamespaceDeletion.Mark(store, kind, item, options), false);
            var (marked, grace) = Mark(kind, item, options);
            if (marked is not null)
            {
                var stored = options.DryRun ? ClusterStore.Preview(kind, marked, item.ResourceVersion) : Replace(kind, marked, item);
                if (stored is null) continue;
                var waits = grace > 0 || HasFinalizers(marked);
                if (waits && !options.DryRun && grace > 0) PodMarked?.Invoke(stored);
                if (waits) return (stored, false);
                item = stored;
            }
            else if (grace != 0)
            {
                return (item, false);
            }
            if (options.DryRun || store.TryRemove(kind, ns, name, item.Uid) is not null) return (item, true);
        }
    }

    /// <summary>Checks what the deletion is on condition of.</summary>
    public static void Check(ResourceKind kind, StoredObject item, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != item.Uid) throw Conflict("UID", uid, item.Uid, "deleted and then recreated");
        var version = item.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        if (options.ResourceVersion is { } expected && expected != version) throw Conflict("ResourceVersion", expected, version, "modified");

        StatusError Conflict(string field, string wanted, string found, string what)
        {
            if (kind.QualifiedPlural == "namespaces")
            {
                return StatusError.Conflict(
                    "namespaces", "", "namespaces", item.Name, $"Precondition failed: {field} in precondition: {wanted}, {field} in object meta: {found}");
            }
            // rest.BeforeDelete names the kind where every other conflict names the resource.
            var qualified = kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";
            return StatusError.Conflict(
                qualified,
                kind.Group,
                kind.Kind,
                item.Name,
                $"the {field} in the precondition ({wanted}) does not match the {field} in record ({found}). The object might have been {what}");
        }
    }

    /// <summary>
    /// The object marked as being deleted, with the grace that is left to it. Null for the object: with grace 0 it can go at once, with
    /// another it is being deleted already.
    /// </summary>
    private (JsonObject? Marked, long Grace) Mark(ResourceKind kind, StoredObject item, DeleteOptions options)
    {
        var json = item.ToJson();
        var metadata = json["metadata"]!.AsObject();
        var now = store.Time.GetUtcNow();
        var graceful = false;
        var grace = 0L;
        if (kind.QualifiedPlural == "pods")
        {
            if (metadata["deletionTimestamp"] is { } deletion)
            {
                var left = metadata["deletionGracePeriodSeconds"].AsLong() ?? 0;
                if (left > 0)
                {
                    // Only a shorter period may be given.
                    if (options.GracePeriodSeconds is not { } shorter || Positive(shorter) >= left) return (null, left);
                    grace = Positive(shorter);
                    metadata["deletionTimestamp"] = Timestamp.Of(DateTimeOffset.Parse(deletion.ToString(), CultureInfo.InvariantCulture).AddSeconds(grace - left));
                    metadata["deletionGracePeriodSeconds"] = grace;
                    graceful = true;
                }
            }
            else
            {
                grace = PodGrace(json, options);
                metadata["deletionTimestamp"] = Timestamp.Of(now.AddSeconds(grace));
                metadata["deletionGracePeriodSeconds"] = grace;
                Grow(metadata);
                graceful = true;
            }
        }
        var changed = SetPropagation(kind, metadata, options);
        if (graceful) return (json, grace);
        if (!HasFinalizers(json)) return (null, 0);
        if (metadata["deletionTimestamp"] is null)
        {
            metadata["deletionTimestamp"] = Timestamp.Of(now);
            Grow(metadata);
            changed = true;
        }
        if (!changed && metadata["deletionGracePeriodSeconds"].AsLong() == 0) return (null, -1);
        metadata["deletionGracePeriodSeconds"] = 0;
        return (json, 0);
    }

    // podStrategy.CheckGracefulDelete: nobody waits for what does not run.
    private static long PodGrace(JsonObject pod, DeleteOptions options)
    {
        var scheduled = pod["spec"]?["nodeName"]?.ToString() is { Length: > 0 };
        if (!scheduled || pod["status"]?["phase"]?.ToString() is "Failed" or "Succeeded") return 0;
        return Positive(options.GracePeriodSeconds ?? pod["spec"]!["terminationGracePeriodSeconds"].AsLong() ?? 0);
    }

    private static long Positive(long grace) => grace < 0 ? 1 : grace;

    // store.deletionFinalizersForGarbageCollection
    private static bool SetPropagation(ResourceKind kind, JsonObject metadata, DeleteOptions options)
    {
        if (kind.Stored.QualifiedPlural == "events") return false;
        var before = (metadata["finalizers"] as JsonArray)?.Select(f => f!.ToString()).ToList() ?? [];
        var policy = options.Propagation ?? (before.Contains(Orphan) ? "Orphan" : before.Contains(Foreground) ? "Foreground" : DefaultOf(kind));
        List<string> after = [.. before.Where(f => f is not (Orphan or Foreground))];
        if (policy == "Orphan") after.Add(Orphan);
        if (policy == "Foreground") after.Add(Foreground);
        if (before.ToHashSet().SetEquals(after)) return false;
        if (after.Count == 0) metadata.Remove("finalizers");
        else metadata["finalizers"] = new JsonArray([.. after.Select(f => (JsonNode)f)]);
        return true;
    }

    private static string DefaultOf(ResourceKind kind) => kind.QualifiedPlural is "jobs.batch" or "replicationcontrollers" ? "Orphan" : "Background";

    private static bool HasFinalizers(JsonObject json) => json["metadata"]!["finalizers"] is JsonArray { Count: > 0 };

    private static void Grow(JsonObject metadata)
    {
        if (metadata["generation"].AsLong() is { } generation and > 0) metadata["generation"] = generation + 1;
    }

    private StoredObject? Replace(ResourceKind kind, JsonObject json, StoredObject old)
    {
        try
        {
            return store.TryReplace(kind, json, old.ResourceVersion);
        }
        catch (StaleObjectException)
        {
            return null;
        }
    }
}
