using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Apply;

/// <summary>What a write does to the owners of an object's fields, and an apply to its fields (structured-merge-diff's Updater, in the server's chain).</summary>
internal static class Ownership
{
    // Nobody owns what every object has and what the server gives.
    private static readonly FieldSet Nobodys = FieldSet.Parse(JsonNode.Parse("""
        { "f:apiVersion": {}, "f:kind": {}, "f:metadata": { ".": {}, "f:name": {}, "f:namespace": {}, "f:creationTimestamp": {}, "f:selfLink": {}, "f:uid": {},
          "f:generation": {}, "f:managedFields": {}, "f:resourceVersion": {}, "f:clusterName": {} } }
        """));

    // What an empty object of Go's types has: structs that are no pointers, lists that are written when they are empty. Whoever creates an object
    // owns what is in them, not them.
    private static readonly JsonObject Zero = JsonNode.Parse("""
        { "metadata": {}, "status": { "loadBalancer": {} }, "roleRef": {}, "involvedObject": {}, "source": {}, "rules": null,
          "spec": { "strategy": {}, "updateStrategy": {}, "resources": {}, "scaleTargetRef": {}, "names": {}, "containers": null,
            "template": { "metadata": {}, "spec": { "containers": null } },
            "jobTemplate": { "metadata": {}, "spec": { "template": { "metadata": {}, "spec": { "containers": null } } } } } }
        """)!.AsObject();

    /// <summary>Sets the owners of an object that is created or changed by any other way than apply.</summary>
    /// <param name="type">The type of its kind.</param>
    /// <param name="live">The object as it is; null for a new one.</param>
    /// <param name="json">The object as it is to be.</param>
    /// <param name="writer">Who writes.</param>
    /// <param name="custom">True for a custom resource, of which nothing is there before it is created.</param>
    public static void Update(FieldType type, JsonObject? live, JsonObject json, FieldWriter writer, bool custom)
    {
        var reset = FieldOwners.AreReset(json);
        var owners = FieldOwners.Read(json);
        if (owners.Count == 0 && !reset) owners = FieldOwners.Read(live);
        // What has no owners gets none before it is first applied.
        if (live is null || owners.Count > 0) owners = Updated(type, Bare(live, custom), FieldOwners.Without(json), owners, writer);
        FieldOwners.Write(json, owners);
        if (owners.TrueForAll(o => o.Fields.IsEmpty)) json["metadata"]!.AsObject().Remove("managedFields");
    }

    /// <summary>The live object with what is applied laid over it, without what the same manager applied before and nobody else owns.</summary>
    /// <exception cref="StatusError">Somebody else owns what would change, and it is not forced.</exception>
    public static JsonObject Apply(FieldType type, JsonObject? live, JsonObject applied, FieldWriter writer, bool force, bool custom)
    {
        var owners = FieldOwners.Read(live);
        var before = live is null ? [] : FieldOwners.Without(live);
        if (live is not null && owners.Count == 0)
            owners = Updated(type, Bare(null, custom), before, [], writer with { Manager = "before-first-apply", Subresource = "" });

        var last = owners.Find(o => o.Is(writer, applies: true));
        var sent = TypedFields.Of(type, applied);
        var mine = sent.Except(Nobodys);
        List<FieldOwner> others = [.. owners.Where(o => o != last)];
        var after = Pruned(type, TypedMerge.Of(type, before, applied), last?.Fields ?? FieldSet.Empty, others.Aggregate(sent, (all, o) => all.Union(o.Fields)));

        var comparison = TypedComparison.Of(type, before, after);
        var conflicts = others.Select(o => (Owner: o, Fields: o.Fields.Intersection(comparison.Changed))).Where(c => !c.Fields.IsEmpty).ToList();
        if (!force && conflicts.Count > 0) throw Conflict(conflicts);

        var same = last is not null && JsonNode.DeepEquals(last.Fields.ToJson(), mine.ToJson()) && JsonNode.DeepEquals(before, after);
        var entry = new FieldOwner(writer.Manager, true, writer.ApiVersion, writer.Subresource, same ? last!.Time : Timestamp.Of(writer.Time), mine);
        FieldOwners.Write(after, [.. others.Select(o => o with { Fields = Left(o.Fields, comparison) }), entry]);
        return after;
    }

    private static List<FieldOwner> Updated(FieldType type, JsonObject before, JsonObject after, List<FieldOwner> owners, FieldWriter writer)
    {
        var comparison = TypedComparison.Of(type, before, after);
        List<FieldOwner> left = [.. owners.Select(o => o with { Fields = Left(o.Fields, comparison) })];
        var taken = comparison.Changed.Except(Nobodys);
        if (taken.IsEmpty) return left;
        var at = left.FindIndex(o => o.Is(writer, applies: false));
        var fields = at < 0 ? taken : left[at].Fields.Union(taken);
        var entry = new FieldOwner(writer.Manager, false, writer.ApiVersion, writer.Subresource, Timestamp.Of(writer.Time), fields);
        if (at < 0) left.Add(entry);
        else left[at] = entry;
        return left;
    }

    // Whoever's value was changed or taken away does not own it any more.
    private static FieldSet Left(FieldSet fields, TypedComparison comparison) => fields.Except(comparison.Changed).Except(comparison.Removed);

    private static JsonObject Pruned(FieldType type, JsonObject merged, FieldSet last, FieldSet owned)
    {
        if (last.IsEmpty) return merged;
        last = last.WithNamedFields(type);
        var all = TypedFields.Of(type, merged).WithNamedFields(type);
        // What was applied before goes; what somebody owns comes back; and so does what was not applied before.
        var pruned = TypedRemoval.Without(type, merged, last);
        pruned = TypedRemoval.Without(type, merged, all.Except(Fields(pruned).Union(owned.WithNamedFields(type))));
        return TypedRemoval.Without(type, merged, all.Except(Fields(pruned)).Intersection(last));

        FieldSet Fields(JsonObject json) => TypedFields.Of(type, json).WithNamedFields(type);
    }

    private static JsonObject Bare(JsonObject? live, bool custom) => live is not null ? FieldOwners.Without(live) : custom ? [] : Zero;

    private static StatusError Conflict(List<(FieldOwner Owner, FieldSet Fields)> conflicts)
    {
        var all = conflicts.OrderBy(c => c.Owner.Manager, StringComparer.Ordinal).SelectMany(c => c.Fields.Paths().Select(p => (c.Owner, Path: p))).ToList();
        var text = all.Count == 1
            ? $"conflict with {all[0].Owner}: {all[0].Path}"
            : string.Join('\n', all.GroupBy(c => c.Owner).SelectMany(g => g.Select(c => $"- {c.Path}").Prepend($"conflicts with {g.Key}:")));
        return new StatusError(409, "Conflict", $"Apply failed with {all.Count} conflict{(all.Count == 1 ? "" : "s")}: {text}")
        {
            Details = new JsonObject
            {
                ["causes"] = new JsonArray([.. all.Select(c => new JsonObject
                {
                    ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with {c.Owner}", ["field"] = c.Path,
                })]),
            },
        };
    }
}
