using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>Empties namespaces that are being deleted, and lets them go (pkg/controller/namespace).</summary>
internal sealed class NamespaceController(ControllerContext context) : Controller(context)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _terminating = [];

    public override void OnWrite(StoredWrite written)
    {
        var item = written.Current ?? written.Previous!;
        if (item.Kind.QualifiedPlural == "namespaces")
        {
            if (written.Current is null) Forget(item.Name);
            else Enqueue(item.Name, () => Reconcile(item.Name));
        }
        else if (item.Namespace.Length > 0 && (written.Current is null || written.Previous is null) && IsTerminating(item.Namespace))
        {
            Enqueue(item.Namespace, () => Reconcile(item.Namespace));
        }
    }

    public override void LookAtAll()
    {
        foreach (var ns in Store.List("namespaces")) Enqueue(ns.Name, () => Reconcile(ns.Name));
    }

    private void Reconcile(string name)
    {
        if (Store.Find("namespaces", null, name) is not { } ns || ns.ToJson() is not { } json || !IsDeleted(json)) return;
        lock (_lock) _terminating.Add(name);
        foreach (var item in ContentOf(name).Where(i => !IsDeleted(i.ToJson())))
            Context.Deletion.Run(item.Kind, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid, Propagation = "Background" });
        var left = ContentOf(name);
        if (left.Count == 0)
        {
            ObjectUpdate.Run(Store, ns.Kind, ("", name), "", dryRun: false, writer: null, (_, old) =>
            {
                var finalized = old.DeepClone().AsObject();
                finalized["spec"]?.AsObject().Remove("finalizers");
                return finalized;
            });
            return;
        }
        WriteStatus(ns, status => status["conditions"] = Conditions(left, status["conditions"] as JsonArray ?? []));
    }

    private List<StoredObject> ContentOf(string ns) =>
    [
        .. Store.Kinds.All.Where(k => k.Namespaced && k.StoredAs is null && k.Verbs.Contains("delete"))
            .SelectMany(k => Store.Snapshot(k).Items.Where(i => i.Namespace == ns)),
    ];

    private JsonArray Conditions(List<StoredObject> left, JsonArray before)
    {
        var remaining = left.GroupBy(i => i.Kind.QualifiedPlural).Select(g => $"{g.Key} has {g.Count()} resource instances");
        var finalizers = left.SelectMany(i => (i.ToJson()["metadata"]!["finalizers"] as JsonArray ?? []).Select(f => f!.ToString()))
            .GroupBy(f => f).Select(g => $"{g.Key} in {g.Count()} resource instances").ToList();
        return
        [
            Condition("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
            Condition("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            Condition("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            Condition("NamespaceContentRemaining", true, "SomeResourcesRemain", $"Some resources are remaining: {string.Join(", ", remaining)}"),
            finalizers.Count == 0
                ? Condition("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : Condition(
                    "NamespaceFinalizersRemaining",
                    true,
                    "SomeFinalizersRemain",
                    $"Some content in the namespace has finalizers remaining: {string.Join(", ", finalizers)}"),
        ];

        JsonObject Condition(string type, bool status, string reason, string message)
        {
            var state = status ? "True" : "False";
            var old = before.FirstOrDefault(c => c!["type"]?.ToString() == type && c["status"]?.ToString() == state);
            return new JsonObject
            {
                ["type"] = type,
                ["status"] = state,
                ["lastTransitionTime"] = old?["lastTransitionTime"]?.DeepClone() ?? Timestamp.Of(Now),
                ["reason"] = reason,
                ["message"] = message,
            };
        }
    }

    private bool IsTerminating(string ns)
    {
        lock (_lock) return _terminating.Contains(ns);
    }

    private void Forget(string ns)
    {
        lock (_lock) _terminating.Remove(ns);
    }
}
