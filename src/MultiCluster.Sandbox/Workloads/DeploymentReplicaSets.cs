using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>A Deployment's ReplicaSets: which is the current one, and what is written to them.</summary>
internal sealed class DeploymentReplicaSets
{
    private readonly ControllerContext _context;
    private readonly StoredObject _deployment;
    private readonly JsonObject _json;

    public DeploymentReplicaSets(ControllerContext context, StoredObject deployment, JsonObject json)
    {
        (_context, _deployment, _json) = (context, deployment, json);
        All =
        [
            .. context.Owners.DependentsOf(deployment.Uid).Where(o => o.Kind.QualifiedPlural == "replicasets.apps").Select(o => new OwnedReplicaSet(o, o.ToJson()))
                .OrderBy(o => o.Created).ThenBy(o => o.Revision),
        ];
        // Of several that fit, the oldest (deploymentutil.FindNewReplicaSet).
        Current = All.FirstOrDefault(s => PodTemplates.Same(s.Template, json["spec"]!["template"]));
    }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<OwnedReplicaSet> All { get; }

    /// <summary>The one of the present template; null when there is none.</summary>
    public OwnedReplicaSet? Current { get; }

    public IEnumerable<OwnedReplicaSet> Old => All.Where(s => s != Current);

    /// <summary>The number that the present template has, or is to get: one that comes back is the latest again.</summary>
    public int Revision => Math.Max(Current?.Revision ?? 0, Old.Select(s => s.Revision).DefaultIfEmpty().Max() + 1);

    /// <summary>Pods that are wanted of all of them.</summary>
    public int Wanted => All.Sum(s => s.Replicas);

    public int Available => All.Sum(s => s.Available);

    /// <summary>How many pods of the present template there may be now (deploymentutil.NewRSNewReplicas).</summary>
    public int Room(int replicas, RolloutLimits limits)
    {
        var now = Current?.Replicas ?? 0;
        if (_json["spec"]!["strategy"]?["type"]?.ToString() == "Recreate") return Old.Any(s => s.Replicas > 0 || _context.Owners.PodsOf(s.Item).Any(p => !PodHealth.IsFinished(p.ToJson()))) ? now : replicas;
        return now > replicas ? replicas : now + Math.Clamp(replicas + limits.Surge - Wanted, 0, replicas - now);
    }

    public void Create(int replicas, int most)
    {
        var kind = _context.Store.Kinds.Named("replicasets.apps");
        var template = _json["spec"]!["template"];
        for (var collisions = 0; ; collisions++)
        {
            var hash = PodTemplates.HashOf(template, collisions);
            var name = $"{_deployment.Name}-{hash}";
            if (_context.Store.Find("replicasets.apps", _deployment.Namespace, name) is not null) continue;
            NamespaceDeletion.CheckOpen(_context.Store, kind, _deployment.Namespace, name);
            var labelled = PodTemplates.Labelled(template, PodTemplates.HashLabel, hash);
            var selector = _json["spec"]!["selector"]?.DeepClone().AsObject() ?? [];
            if (selector["matchLabels"] is not JsonObject selected) selector["matchLabels"] = selected = [];
            selected[PodTemplates.HashLabel] = hash;
            var spec = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = labelled };
            if (_json["spec"]!["minReadySeconds"] is { } ready) spec["minReadySeconds"] = ready.DeepClone();
            var annotations = Annotations();
            annotations[OwnedReplicaSet.RevisionAnnotation] = Text(Revision);
            annotations["deployment.kubernetes.io/desired-replicas"] = Text(_json["spec"]!["replicas"].AsInt() ?? 1);
            annotations["deployment.kubernetes.io/max-replicas"] = Text(most);
            _context.Store.TryAdd(kind, new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "ReplicaSet",
                ["metadata"] = new JsonObject
                {
                    ["name"] = name,
                    ["namespace"] = _deployment.Namespace,
                    ["generation"] = 1,
                    ["labels"] = labelled["metadata"]!["labels"]!.DeepClone(),
                    ["annotations"] = annotations,
                    ["ownerReferences"] = new JsonArray(PodMaker.ReferenceTo(_deployment)),
                },
                ["spec"] = spec,
                ["status"] = new JsonObject { ["replicas"] = 0 },
            });
            return;
        }
    }

    public void Scale(OwnedReplicaSet set, int replicas, int most) => Update(set, json =>
    {
        json["spec"]!["replicas"] = replicas;
        var annotations = AnnotationsOf(json);
        annotations["deployment.kubernetes.io/desired-replicas"] = Text(_json["spec"]!["replicas"].AsInt() ?? 1);
        annotations["deployment.kubernetes.io/max-replicas"] = Text(most);
    });

    /// <summary>Gives the current one its number, and what the Deployment says of it; true when that has changed something.</summary>
    public bool Sync()
    {
        if (Current is not { } current) return false;
        var wanted = Annotations();
        wanted[OwnedReplicaSet.RevisionAnnotation] = Text(Revision);
        var there = current.Json["metadata"]!["annotations"] as JsonObject ?? [];
        var ready = _json["spec"]!["minReadySeconds"].AsInt() ?? 0;
        if (wanted.All(w => there[w.Key]?.ToString() == w.Value!.ToString()) && (current.Json["spec"]!["minReadySeconds"].AsInt() ?? 0) == ready) return false;
        Update(current, json =>
        {
            var annotations = AnnotationsOf(json);
            foreach (var (key, value) in wanted) annotations[key] = value?.DeepClone();
            if (ready > 0) json["spec"]!["minReadySeconds"] = ready;
            else json["spec"]!.AsObject().Remove("minReadySeconds");
        });
        return true;
    }

    /// <summary>Removes old ones that nobody needs for a rollback any more.</summary>
    public void CleanUp()
    {
        var empty = Old.Where(s => s.Replicas == 0 && s.Pods == 0 && s.Json["metadata"]!["deletionTimestamp"] is null).OrderBy(s => s.Revision).ToList();
        foreach (var set in empty.Take(Math.Max(0, Old.Count() - (_json["spec"]!["revisionHistoryLimit"].AsInt() ?? 10))))
            _context.Deletion.Run(set.Item.Kind, set.Item.Namespace, set.Item.Name, new DeleteOptions { Uid = set.Item.Uid });
    }

    // What a Deployment is annotated with is its ReplicaSet's, too, but for what is one's own.
    private JsonObject Annotations() => new((_json["metadata"]!["annotations"] as JsonObject ?? [])
        .Where(a => !a.Key.StartsWith("deployment.kubernetes.io/", StringComparison.Ordinal) && a.Key != "kubectl.kubernetes.io/last-applied-configuration")
        .Select(a => KeyValuePair.Create(a.Key, a.Value?.DeepClone())));

    private void Update(OwnedReplicaSet set, Action<JsonObject> change) => ObjectUpdate.Run(
        _context.Store, set.Item.Kind, (set.Item.Namespace, set.Item.Name), "", dryRun: false, writer: null, (_, old) =>
        {
            var json = old.DeepClone().AsObject();
            change(json);
            return json;
        });

    private static JsonObject AnnotationsOf(JsonObject json)
    {
        if (json["metadata"]!["annotations"] is not JsonObject annotations) json["metadata"]!["annotations"] = annotations = [];
        return annotations;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
