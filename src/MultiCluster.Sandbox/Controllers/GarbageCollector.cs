using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>Deletes what its owners leave behind, and sees to deletions in the foreground and to orphans (pkg/controller/garbagecollector).</summary>
internal sealed class GarbageCollector(ControllerContext context) : Controller(context)
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    public override void OnWrite(StoredWrite written)
    {
        if (written.Current is not { } current)
        {
            var gone = written.Previous!;
            Enqueue($"gone {gone.Uid}", () => OwnerIsGone(gone.Uid));
            foreach (var owner in OwnerIndex.OwnersOf(gone)) Enqueue($"wait {owner.Uid}", () => LookAtOwner(owner, gone.Namespace));
            return;
        }
        if (HoldsBack(current)) Enqueue($"hold {current.Uid}", () => Release(current));
        else if (written.Previous is null && OwnerIndex.OwnersOf(current).Count > 0) Enqueue($"new {current.Uid}", () => DeleteUnowned(current));
    }

    public override void LookAtAll()
    {
        foreach (var kind in Store.Kinds.All.Where(k => k.StoredAs is null))
            foreach (var item in Store.Snapshot(kind).Items.Where(HoldsBack)) Enqueue($"hold {item.Uid}", () => Release(item));
    }

    private static bool HoldsBack(StoredObject item)
    {
        var metadata = MetadataSlice.Of(item.Body).Span;
        return metadata.IndexOf("\"deletionTimestamp\""u8) >= 0 && (metadata.IndexOf("\"foregroundDeletion\""u8) >= 0 || metadata.IndexOf("\"orphan\""u8) >= 0);
    }

    private void OwnerIsGone(string uid)
    {
        foreach (var dependent in Context.Owners.DependentsOf(uid)) DeleteUnowned(dependent);
    }

    /// <summary>Deletes an object all of whose owners are gone; takes those that are out of one that has others.</summary>
    private void DeleteUnowned(StoredObject item)
    {
        var owners = OwnerIndex.OwnersOf(item);
        var gone = owners.Where(o => !IsThere(o, item.Namespace)).Select(o => o.Uid).ToHashSet();
        if (gone.Count == 0) return;
        if (gone.Count < owners.Count) RemoveOwners(item, gone);
        else Delete(item, "Background");
    }

    private void LookAtOwner(OwnerReference reference, string ns)
    {
        if (Find(reference, ns) is { } owner && HoldsBack(owner)) Release(owner);
    }

    /// <summary>Does what a deletion waits for, and takes the finalizer out when it is done.</summary>
    private void Release(StoredObject seen)
    {
        if (Store.Find(seen.Kind, seen.Namespace, seen.Name) is not { } owner || owner.Uid != seen.Uid || !HoldsBack(owner)) return;
        var dependents = Context.Owners.DependentsOf(owner.Uid);
        if (Has(owner, Orphan))
        {
            foreach (var dependent in dependents) RemoveOwners(dependent, [owner.Uid]);
            RemoveFinalizer(owner, Orphan);
        }
        else if (Has(owner, Foreground))
        {
            var blocking = dependents.Where(d => OwnerIndex.OwnersOf(d).Any(o => o.Uid == owner.Uid && o.Blocks)).ToList();
            if (blocking.Count == 0) RemoveFinalizer(owner, Foreground);
            foreach (var dependent in blocking.Where(d => d.ToJson()["metadata"]!["deletionTimestamp"] is null))
                Delete(dependent, Context.Owners.DependentsOf(dependent.Uid).Count > 0 ? "Foreground" : "Background");
        }
    }

    private void Delete(StoredObject item, string propagation) =>
        Context.Deletion.Run(item.Kind, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid, Propagation = propagation });

    private void RemoveOwners(StoredObject item, HashSet<string> uids) =>
        Change(item, metadata => metadata["ownerReferences"] = Kept(metadata["ownerReferences"], o => !uids.Contains(o["uid"]?.ToString() ?? "")));

    private void RemoveFinalizer(StoredObject item, string name) =>
        Change(item, metadata => metadata["finalizers"] = Kept(metadata["finalizers"], f => f.ToString() != name));

    private void Change(StoredObject item, Action<JsonObject> change) =>
        ObjectUpdate.Run(Store, item.Kind, (item.Namespace, item.Name), "", dryRun: false, writer: null, (_, old) =>
        {
            var json = old.DeepClone().AsObject();
            change(json["metadata"]!.AsObject());
            return json;
        });

    private static JsonArray Kept(JsonNode? list, Func<JsonNode, bool> condition) =>
        new([.. (list as JsonArray ?? []).Where(i => condition(i!)).Select(i => i!.DeepClone())]);

    private static bool Has(StoredObject item, string finalizer) =>
        item.ToJson()["metadata"]!["finalizers"] is JsonArray finalizers && finalizers.Any(f => f!.ToString() == finalizer);

    // An owner of a kind that is not served cannot be looked for.
    private bool IsThere(OwnerReference owner, string ns) =>
        Store.Kinds.FindByObject(owner.ApiVersion, owner.Kind) is null || Find(owner, ns) is not null;

    private StoredObject? Find(OwnerReference owner, string ns)
    {
        if (Store.Kinds.FindByObject(owner.ApiVersion, owner.Kind) is not { } kind) return null;
        return Store.Find(kind, kind.Namespaced ? ns : "", owner.Name) is { } found && found.Uid == owner.Uid ? found : null;
    }
}
