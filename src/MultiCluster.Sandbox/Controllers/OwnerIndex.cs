using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>A reference to an owner (meta/v1 OwnerReference).</summary>
internal sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool IsController, bool Blocks);

/// <summary>Who owns what, kept up with each write. Safe for concurrent use.</summary>
internal sealed class OwnerIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<string, StoredObject>> _dependents = [];

    public void Fill(ClusterStore store)
    {
        foreach (var kind in store.Kinds.All.Where(k => k.StoredAs is null))
            foreach (var item in store.Snapshot(kind).Items) Put(item);
    }

    public void Update(StoredWrite written)
    {
        if (written.Previous is { } previous) Remove(previous);
        if (written.Current is { } current) Put(current);
    }

    /// <summary>What names this uid among its owners, as it was last written.</summary>
    public IReadOnlyList<StoredObject> DependentsOf(string uid)
    {
        lock (_lock) return _dependents.TryGetValue(uid, out var found) ? [.. found.Values] : [];
    }

    /// <summary>The pods that an object controls.</summary>
    public IReadOnlyList<StoredObject> PodsOf(StoredObject owner) => [.. DependentsOf(owner.Uid).Where(o => o.Kind.QualifiedPlural == "pods")];

    /// <summary>An object's owners.</summary>
    public static IReadOnlyList<OwnerReference> OwnersOf(StoredObject item)
    {
        var metadata = MetadataSlice.Of(item.Body).Span;
        if (metadata.IndexOf("\"ownerReferences\""u8) < 0) return [];
        return JsonNode.Parse(metadata)!["ownerReferences"] is not JsonArray references ? [] :
        [
            .. references.Select(r => new OwnerReference(
                Text(r!["apiVersion"]), Text(r["kind"]), Text(r["name"]), Text(r["uid"]), Flag(r["controller"]), Flag(r["blockOwnerDeletion"]))),
        ];
    }

    private void Put(StoredObject item)
    {
        foreach (var owner in OwnersOf(item))
        {
            lock (_lock)
            {
                if (!_dependents.TryGetValue(owner.Uid, out var there)) _dependents[owner.Uid] = there = new(StringComparer.Ordinal);
                there[KeyOf(item)] = item;
            }
        }
    }

    private void Remove(StoredObject item)
    {
        foreach (var owner in OwnersOf(item))
        {
            lock (_lock)
            {
                if (!_dependents.TryGetValue(owner.Uid, out var there)) continue;
                there.Remove(KeyOf(item));
                if (there.Count == 0) _dependents.Remove(owner.Uid);
            }
        }
    }

    private static string KeyOf(StoredObject item) => $"{item.Kind.QualifiedPlural}/{item.Key}";

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static bool Flag(JsonNode? node) => node.AsBool() ?? false;
}
