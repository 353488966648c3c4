using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Rolls a Deployment out: a ReplicaSet for each template, within surge and unavailability, and its status (pkg/controller/deployment).</summary>
internal sealed class DeploymentController(ControllerContext context) : Controller(context)
{
    private const string Plural = "deployments.apps";

    public override void OnWrite(StoredWrite written)
    {
        var item = written.Current ?? written.Previous!;
        if (item.Kind.QualifiedPlural == Plural) Look(item.Namespace, item.Name);
        else if (item.Kind.QualifiedPlural == "replicasets.apps") LookAtOwners(item);
        else if (item.Kind.QualifiedPlural == "pods" && written.Current is null) LookPast(item);
    }

    public override void LookAtAll()
    {
        foreach (var item in Store.List(Plural)) Look(item.Namespace, item.Name);
    }

    private void LookAtOwners(StoredObject set)
    {
        foreach (var owner in OwnerIndex.OwnersOf(set).Where(o => o.Kind == "Deployment")) Look(set.Namespace, owner.Name);
    }

    // Recreate waits until the last old pod is gone, which no ReplicaSet's status tells.
    private void LookPast(StoredObject pod)
    {
        foreach (var owner in OwnerIndex.OwnersOf(pod).Where(o => o.Kind == "ReplicaSet"))
            if (Store.Find("replicasets.apps", pod.Namespace, owner.Name) is { } set) LookAtOwners(set);
    }

    private void Look(string ns, string name) => Enqueue($"{ns}/{name}", Work(ns, name));

    private Action Work(string ns, string name) => () =>
    {
        if (Store.Find(Plural, ns, name) is { } item) Reconcile(item, item.ToJson());
    };

    private void Reconcile(StoredObject deployment, JsonObject json)
    {
        var replicas = json["spec"]!["replicas"].AsInt() ?? 1;
        var limits = RolloutLimits.Of(json, replicas);
        var sets = new DeploymentReplicaSets(Context, deployment, json);
        var created = false;
        if (!IsDeleted(json))
        {
            if (sets.Sync()) sets = new(Context, deployment, json);
            if (json["spec"]!["paused"].AsBool() == true) ScalePaused(sets, replicas);
            else created = Roll(sets, replicas, limits);
            sets = new(Context, deployment, json);
        }
        TimeSpan? left = null;
        var complete = false;
        Write(deployment, sets, (status, before) =>
        {
            var wanted = sets.Wanted;
            var available = sets.Available;
            status["observedGeneration"] = json["metadata"]!["generation"]?.DeepClone() ?? 0;
            Count(status, "replicas", sets.All.Sum(s => s.Pods));
            Count(status, "updatedReplicas", sets.Current?.Pods ?? 0);
            Count(status, "readyReplicas", sets.All.Sum(s => s.Ready));
            Count(status, "availableReplicas", available);
            Count(status, "unavailableReplicas", Math.Max(0, wanted - available));
            var conditions = new DeploymentConditions(json, status, Now);
            conditions.SetAvailable(available >= replicas - limits.Unavailable);
            conditions.SetProgress(before, sets.Current?.Item.Name, created);
            (left, complete) = (conditions.Left, conditions.IsComplete);
        });
        if (complete && !IsDeleted(json)) sets.CleanUp();
        if (left is { } wait) EnqueueAfter($"{deployment.Namespace}/{deployment.Name}", wait, Work(deployment.Namespace, deployment.Name));
    }

    /// <summary>One step of a rollout; true when it has made a ReplicaSet.</summary>
    private static bool Roll(DeploymentReplicaSets sets, int replicas, RolloutLimits limits)
    {
        var most = replicas + limits.Surge;
        var room = sets.Room(replicas, limits);
        if (sets.Current is null)
        {
            sets.Create(room, most);
            ScaleDown(sets, replicas, limits, currentWanted: room, currentAvailable: 0);
            return true;
        }
        if (sets.Current.Replicas != room) sets.Scale(sets.Current, room, most);
        ScaleDown(sets, replicas, limits, room, sets.Current.Available);
        return false;
    }

    /// <summary>Takes pods of old templates away, those first that serve nobody (rolling.go, reconcileOldReplicaSets).</summary>
    private static void ScaleDown(DeploymentReplicaSets sets, int replicas, RolloutLimits limits, int currentWanted, int currentAvailable)
    {
        var most = replicas + limits.Surge;
        var old = sets.Old.Where(s => s.Replicas > 0).ToList();
        var least = replicas - limits.Unavailable;
        var left = old.ToDictionary(s => s, s => s.Replicas);
        if (limits == new RolloutLimits(0, 0)) // Recreate
        {
            foreach (var set in old) sets.Scale(set, 0, most);
            return;
        }
        var may = old.Sum(s => s.Replicas) + currentWanted - least - (currentWanted - currentAvailable);
        foreach (var set in old)
        {
            var unhealthy = Math.Min(Math.Max(0, may), Math.Max(0, set.Replicas - set.Available));
            left[set] -= unhealthy;
            may -= unhealthy;
        }
        var available = old.Sum(s => Math.Min(s.Available, left[s])) + currentAvailable;
        may = Math.Min(Math.Max(0, may), available - least);
        foreach (var set in old)
        {
            var down = Math.Clamp(may, 0, left[set]);
            left[set] -= down;
            may -= down;
            if (left[set] != set.Replicas) sets.Scale(set, left[set], most);
        }
    }

    /// <summary>A Deployment that is paused is scaled, and not rolled on.</summary>
    private static void ScalePaused(DeploymentReplicaSets sets, int replicas)
    {
        var active = sets.All.Where(s => s.Replicas > 0).ToList();
        var only = active.Count switch { 1 => active[0], 0 => sets.Current ?? (sets.All.Count == 0 ? null : sets.All[^1]), _ => null };
        if (only is not null && only.Replicas != replicas) sets.Scale(only, replicas, replicas);
    }

    /// <summary>Writes the status, and the number of the current revision, which a server lets pass with it.</summary>
    private void Write(StoredObject deployment, DeploymentReplicaSets sets, Action<JsonObject, JsonObject> change) =>
        ObjectUpdate.Run(Store, deployment.Kind, (deployment.Namespace, deployment.Name), "status", dryRun: false, writer: null, (current, old) =>
        {
            if (current.ResourceVersion != deployment.ResourceVersion) throw new StaleObjectException();
            var json = old.DeepClone().AsObject();
            if (json["status"] is not JsonObject status) json["status"] = status = [];
            if (sets.Current?.Revision is > 0 and var revision && OwnedReplicaSet.RevisionOf(json) != revision)
            {
                if (json["metadata"]!["annotations"] is not JsonObject annotations) json["metadata"]!["annotations"] = annotations = [];
                annotations[OwnedReplicaSet.RevisionAnnotation] = revision.ToString(CultureInfo.InvariantCulture);
            }
            change(status, status.DeepClone().AsObject());
            return json;
        });

    private static void Count(JsonObject status, string name, int count)
    {
        if (count == 0) status.Remove(name);
        else status[name] = count;
    }
}
