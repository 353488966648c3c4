using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>A controller of a kind that has pods: it looks at an object when that or one of its pods is written.</summary>
internal abstract class WorkloadController(ControllerContext context, string plural) : Controller(context)
{
    public override void OnWrite(StoredWrite written)
    {
        var item = written.Current ?? written.Previous!;
        if (item.Kind.QualifiedPlural == plural)
        {
            if (written.Current is not null) Look(item.Namespace, item.Name);
        }
        else if (item.Kind.QualifiedPlural == "pods")
        {
            foreach (var owner in OwnerIndex.OwnersOf(item).Where(o => o.IsController && Store.Kinds.FindByObject(o.ApiVersion, o.Kind)?.QualifiedPlural == plural))
                Look(item.Namespace, owner.Name);
        }
    }

    public override void LookAtAll()
    {
        foreach (var item in Store.List(plural)) Look(item.Namespace, item.Name);
    }

    protected void Look(string ns, string name) => Enqueue($"{ns}/{name}", () =>
    {
        if (Store.Find(plural, ns, name) is { } item) Reconcile(item, item.ToJson());
    });

    protected abstract void Reconcile(StoredObject item, JsonObject json);

    protected IReadOnlyList<(StoredObject Item, JsonObject Json)> PodsOf(StoredObject owner) => [.. Context.Owners.PodsOf(owner).Select(p => (p, p.ToJson()))];

    protected IReadOnlyList<(StoredObject Item, JsonObject Json)> ActivePods(StoredObject owner) => [.. PodsOf(owner).Where(p => PodHealth.IsActive(p.Json))];

    /// <summary>A number that a server leaves out when it is 0.</summary>
    protected static void Count(JsonObject status, string name, int count)
    {
        if (count == 0) status.Remove(name);
        else status[name] = count;
    }
}
