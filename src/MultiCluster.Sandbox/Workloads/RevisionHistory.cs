using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>The ControllerRevisions of a StatefulSet or DaemonSet (pkg/controller/history).</summary>
/// <param name="context">What controllers share.</param>
/// <param name="hashLabel">The label that tells the revision's hash.</param>
internal sealed class RevisionHistory(ControllerContext context, string hashLabel)
{
    private const string Plural = "controllerrevisions.apps";

    /// <summary>The revision of the present template, which is made where there is none. One that comes back gets the highest number.</summary>
    public Revision Sync(StoredObject owner, JsonObject json)
    {
        var template = json["spec"]!["template"];
        var all = Of(owner);
        var next = all.Select(r => r.Number).DefaultIfEmpty().Max() + 1;
        if (all.LastOrDefault(r => PodTemplates.Same(r.Template, template)) is not { } same) return Create(owner, json, template, next);
        if (same == all[^1]) return same;
        ObjectUpdate.Run(context.Store, same.Item.Kind, (owner.Namespace, same.Name), "", dryRun: false, writer: null, (_, old) =>
        {
            var again = old.DeepClone().AsObject();
            again["revision"] = next;
            return again;
        });
        return Of(owner)[^1];
    }

    /// <summary>The latest last.</summary>
    public IReadOnlyList<Revision> Of(StoredObject owner) =>
        [.. context.Owners.DependentsOf(owner.Uid).Where(o => o.Kind.QualifiedPlural == Plural).Select(o => new Revision(o, o.ToJson(), hashLabel)).OrderBy(r => r.Number)];

    /// <summary>Removes old ones that no pod has, when there are more than the owner keeps.</summary>
    public void CleanUp(StoredObject owner, JsonObject json, IEnumerable<string> used)
    {
        var live = used.ToHashSet();
        var spare = Of(owner).Where(r => !live.Contains(r.Name) && !live.Contains(r.Hash)).ToList();
        foreach (var revision in spare.Take(Math.Max(0, spare.Count - (json["spec"]!["revisionHistoryLimit"].AsInt() ?? 10))))
            context.Deletion.Run(revision.Item.Kind, owner.Namespace, revision.Name, new DeleteOptions { Uid = revision.Item.Uid });
    }

    private Revision Create(StoredObject owner, JsonObject json, JsonNode? template, int number)
    {
        var kind = context.Store.Kinds.Named(Plural);
        for (var collisions = 0; ; collisions++)
        {
            var hash = PodTemplates.HashOf(template, collisions);
            var name = $"{owner.Name}-{hash}";
            if (context.Store.Find(Plural, owner.Namespace, name) is not null) continue;
            NamespaceDeletion.CheckOpen(context.Store, kind, owner.Namespace, name);
            var kept = template?.DeepClone().AsObject() ?? [];
            kept["$patch"] = "replace";
            var labels = template?["metadata"]?["labels"]?.DeepClone().AsObject() ?? [];
            labels[hashLabel] = hash;
            var annotations = new JsonObject((json["metadata"]!["annotations"] as JsonObject ?? []).Where(a => a.Key != "kubectl.kubernetes.io/last-applied-configuration").Select(a => KeyValuePair.Create(a.Key, a.Value?.DeepClone())));
            context.Store.TryAdd(kind, new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "ControllerRevision",
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["namespace"] = owner.Namespace,
                    ["labels"] = labels,
                    ["annotations"] = annotations,
                    ["ownerReferences"] = new JsonArray(PodMaker.ReferenceTo(owner)),
                },
                ["data"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = kept } },
                ["revision"] = number,
            });
            return Of(owner)[^1];
        }
    }
}

/// <summary>One ControllerRevision.</summary>
internal sealed record Revision(StoredObject Item, JsonObject Json, string HashLabel)
{
    public string Name => Item.Name;

    public int Number => Json["revision"].AsInt() ?? 0;

    public string Hash => Json["metadata"]!["labels"]?[HashLabel]?.ToString() ?? "";

    public JsonNode? Template => Json["data"]?["spec"]?["template"];

    /// <summary>Its owner, as it was when it had this template.</summary>
    public JsonObject Apply(JsonObject owner)
    {
        var then = owner.DeepClone().AsObject();
        var template = Template?.DeepClone().AsObject() ?? [];
        template.Remove("$patch");
        then["spec"]!["template"] = template;
        return then;
    }
}
