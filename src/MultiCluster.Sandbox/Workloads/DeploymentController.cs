using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Gives a Deployment its ReplicaSet and scale, and keeps its status. It rolls nothing out: a changed template changes no pod.</summary>
internal sealed class DeploymentController(ControllerContext context) : Controller(context)
{
    private const string Plural = "deployments.apps";
    private const string Revision = "deployment.kubernetes.io/revision";

    public override void OnWrite(StoredWrite written)
    {
        var item = written.Current ?? written.Previous!;
        if (item.Kind.QualifiedPlural == Plural) Look(item.Namespace, item.Name);
        else if (item.Kind.QualifiedPlural == "replicasets.apps")
            foreach (var owner in OwnerIndex.OwnersOf(item).Where(o => o.Kind == "Deployment")) Look(item.Namespace, owner.Name);
    }

    public override void LookAtAll()
    {
        foreach (var item in Store.List(Plural)) Look(item.Namespace, item.Name);
    }

    private void Look(string ns, string name) => Enqueue($"{ns}/{name}", () =>
    {
        if (Store.Find(Plural, ns, name) is { } item) Reconcile(item, item.ToJson());
    });

    private void Reconcile(StoredObject deployment, JsonObject json)
    {
        var wanted = json["spec"]!["replicas"].AsInt() ?? 1;
        var sets = SetsOf(deployment);
        if (!IsDeleted(json))
        {
            if (sets.Count == 0) Create(deployment, json, wanted);
            else if ((sets[0].Json["spec"]!["replicas"].AsInt() ?? 1) != wanted) Scale(sets[0].Item, wanted);
            sets = SetsOf(deployment);
        }
        var (all, ready) = (Sum(sets, "replicas"), Sum(sets, "readyReplicas"));
        WriteStatus(deployment, status =>
        {
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
            Count(status, "replicas", all);
            Count(status, "updatedReplicas", sets.Count == 0 ? 0 : Sum([sets[0]], "replicas"));
            Count(status, "readyReplicas", ready);
            Count(status, "availableReplicas", ready);
            Count(status, "unavailableReplicas", Math.Max(0, wanted - ready));
            SetAvailable(status, ready >= wanted - MaxUnavailable(json, wanted));
        });
    }

    /// <summary>The ReplicaSets, the current one first.</summary>
    private List<(StoredObject Item, JsonObject Json)> SetsOf(StoredObject deployment) =>
    [
        .. Context.Owners.DependentsOf(deployment.Uid).Where(o => o.Kind.QualifiedPlural == "replicasets.apps").Select(o => (o, Json: o.ToJson()))
            .OrderByDescending(o => int.TryParse(o.Json["metadata"]!["annotations"]?[Revision]?.ToString(), out var revision) ? revision : 0),
    ];

    private void Create(StoredObject deployment, JsonObject json, int replicas)
    {
        var sets = Store.Kinds.Named("replicasets.apps");
        var hash = Context.Pods.NameOf("")[1..] + Context.Pods.NameOf("")[1..];
        NamespaceDeletion.CheckOpen(Store, sets, deployment.Namespace, $"{deployment.Name}-{hash}");
        var spec = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = json["spec"]!["selector"]?.DeepClone(),
            ["template"] = json["spec"]!["template"]?.DeepClone(),
        };
        if (spec["selector"]?["matchLabels"] is JsonObject selected) selected["pod-template-hash"] = hash;
        spec["template"]!["metadata"] ??= new JsonObject();
        spec["template"]!["metadata"]!["labels"] ??= new JsonObject();
        spec["template"]!["metadata"]!["labels"]!["pod-template-hash"] = hash;
        Store.TryAdd(sets, new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name}-{hash}",
                ["namespace"] = deployment.Namespace,
                ["generation"] = 1,
                ["labels"] = spec["template"]!["metadata"]!["labels"]!.DeepClone(),
                ["annotations"] = new JsonObject { ["deployment.kubernetes.io/desired-replicas"] = $"{replicas}", [Revision] = "1" },
                ["ownerReferences"] = new JsonArray(PodMaker.ReferenceTo(deployment)),
            },
            ["spec"] = spec,
            ["status"] = new JsonObject { ["replicas"] = 0 },
        });
    }

    private void Scale(StoredObject set, int replicas) => ObjectUpdate.Run(Store, set.Kind, (set.Namespace, set.Name), "", dryRun: false, writer: null, (_, old) =>
    {
        var json = old.DeepClone().AsObject();
        json["spec"]!["replicas"] = replicas;
        if (json["metadata"]!["annotations"] is JsonObject annotations) annotations["deployment.kubernetes.io/desired-replicas"] = $"{replicas}";
        return json;
    });

    private void SetAvailable(JsonObject status, bool available)
    {
        if (status["conditions"] is not JsonArray conditions) status["conditions"] = conditions = [];
        var state = available ? "True" : "False";
        var before = conditions.FirstOrDefault(c => c!["type"]?.ToString() == "Available");
        if (before?["status"]?.ToString() == state) return;
        if (before is not null) conditions.Remove(before);
        conditions.Insert(0, new JsonObject
        {
            ["type"] = "Available",
            ["status"] = state,
            ["lastUpdateTime"] = Timestamp.Of(Now),
            ["lastTransitionTime"] = Timestamp.Of(Now),
            ["reason"] = available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            ["message"] = available ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
        });
    }

    // deploymentutil.MaxUnavailable: a share is rounded down.
    private static int MaxUnavailable(JsonObject deployment, int replicas)
    {
        var value = deployment["spec"]!["strategy"]?["rollingUpdate"]?["maxUnavailable"]?.ToString() ?? "25%";
        if (!int.TryParse(value.TrimEnd('%'), out var number)) return 0;
        return Math.Min(replicas, value.EndsWith('%') ? number * replicas / 100 : number);
    }

    private static int Sum(IEnumerable<(StoredObject Item, JsonObject Json)> sets, string name) => sets.Sum(s => s.Json["status"]?[name].AsInt() ?? 0);

    private static void Count(JsonObject status, string name, int count)
    {
        if (count == 0) status.Remove(name);
        else status[name] = count;
    }
}
