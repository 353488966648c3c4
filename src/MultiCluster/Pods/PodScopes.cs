using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Pods;

/// <summary>Turns what is asked for into what one cluster is asked for: pods by their names, and scopes. What is not there is a fault; the rest goes on.</summary>
internal sealed class PodScopes(TargetCluster cluster, CancellationToken cancellationToken)
{
    private readonly PodQuery _query = cluster.Targets.Query;
    private readonly List<PodName> _named = [];
    private readonly List<PodScope> _scopes = [];

    /// <summary>Pods by their names.</summary>
    public IReadOnlyList<PodName> Named => _named;

    /// <summary>Pods that fit something, and may become more.</summary>
    public IReadOnlyList<PodScope> Scopes => _scopes;

    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task ResolveAsync()
    {
        var targets = cluster.Targets;
        if (targets.WantsPods)
            AddPods(targets.Pods);
        foreach (var (kind, names) in targets.Owners)
            await TryAsync(() => AddAsync(kind, names), kind).ConfigureAwait(false);
        foreach (var item in targets.ObjectsOf(cluster.Connection.Identity.ClusterId))
        {
            if (item is KubePod pod)
                _named.Add(new PodName(pod.Namespace ?? cluster.DefaultNamespace, pod.Name, pod));
            else
                await TryAsync(() => AddAsync(item), item).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(Func<Task> part, object target)
    {
        try
        {
            await part().ConfigureAwait(false);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            await cluster.FaultAsync(e.Fault, target, cancellationToken).ConfigureAwait(false);
        }
    }

    private void AddPods(NameFilter names)
    {
        foreach (var ns in Namespaces())
        {
            if (names.NeedsList)
                _scopes.Add(new PodScope { Query = Pods(ns), Names = names.IsEmpty ? null : names.Matches, Wanted = names.Exact });
            else if (ns is null || _query.LabelSelector is not null || _query.FieldSelector is not null)
                _scopes.AddRange(names.Exact.Select(name => new PodScope { Query = Pods(ns, fields: $"metadata.name={name}"), Wanted = [name] }));
            else
                _named.AddRange(names.Exact.Select(name => new PodName(ns!, name)));
        }
    }

    private async Task AddAsync(string text, NameFilter names)
    {
        var kind = await KindAsync(text).ConfigureAwait(false);
        if (kind is { Group: "", Kind: "Pod" })
        {
            AddPods(names);
            return;
        }

        CheckKind(kind);
        IReadOnlyList<string?> namespaces = kind.Namespaced ? Namespaces() : [null];
        foreach (var ns in namespaces)
        {
            foreach (var found in await FindAsync(kind, ns, names).ConfigureAwait(false))
                Add(found);
        }
    }

    /// <summary>An object that was read before, as it is now.</summary>
    private async Task AddAsync(KubeObject item)
    {
        var kind = item.Source.Kind;
        CheckKind(kind);
        using var link = cluster.Connection.EnterWatch();
        Add(await link.Objects.GetAsync(kind, item.Namespace, item.Name, false, cluster.Context, cancellationToken).ConfigureAwait(false));
    }

    private void Add(KubeObject owner)
    {
        if (owner is KubeNode)
        {
            IReadOnlyList<string?> all = [null];
            _scopes.AddRange((_query.Namespaces.Count > 0 ? _query.Namespaces : all).Select(ns => new PodScope { Query = Pods(ns, fields: $"spec.nodeName={owner.Name}"), Of = owner }));
            return;
        }

        var scope = PodScope.OfOwner(owner);
        _scopes.Add(scope with { Query = Pods(owner.Namespace, scope.Query.LabelSelector) });
    }

    private async Task<IReadOnlyList<KubeObject>> FindAsync(ResourceKind kind, string? ns, NameFilter names)
    {
        using var link = cluster.Connection.EnterWatch();
        var found = new List<KubeObject>();
        if (!names.NeedsList && (ns is not null || !kind.Namespaced))
        {
            found.Add(await link.Objects.GetAsync(kind, ns, names.Exact[0], false, cluster.Context, cancellationToken).ConfigureAwait(false));
            return found;
        }

        var query = new ListQuery { Namespace = ns, FieldSelector = names.NeedsList ? null : $"metadata.name={names.Exact[0]}" };
        await foreach (var piece in link.Objects.ListAsync(kind, query, cluster.Context, cancellationToken).ConfigureAwait(false))
            found.AddRange(piece.Where(item => names.Matches(item.Name)));
        if (found.Count == 0 && !names.NeedsList)
            throw new FaultException(new Fault { Phase = FaultPhase.NotFound, Operation = $"get {kind.Singular} {names.Exact[0]}", Detail = "it is in no namespace", Advice = "Check the name." });
        return found;
    }

    private async Task<ResourceKind> KindAsync(string text)
    {
        using var use = cluster.Connection.Use();
        return await cluster.Connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckKind(ResourceKind kind)
    {
        if (kind is { Group: "", Kind: "Node" or "Service" } or { Group: "apps", Kind: "Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet" } or { Group: "batch", Kind: "Job" or "CronJob" })
            return;
        throw new FaultException(
            FaultPhase.Invalid,
            $"a {kind.Kind} has no pods",
            "Pods are found by their names, and of Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs, CronJobs, Services and nodes; others with -LabelSelector.");
    }

    private IReadOnlyList<string?> Namespaces()
    {
        if (_query.AllNamespaces)
            return [null];
        return _query.Namespaces.Count == 0 ? [cluster.DefaultNamespace] : [.. _query.Namespaces.Distinct(StringComparer.Ordinal)];
    }

    private ListQuery Pods(string? ns, string? labels = null, string? fields = null) => new()
    {
        Namespace = ns,
        LabelSelector = Both(labels, _query.LabelSelector),
        FieldSelector = Both(fields, _query.FieldSelector),
    };

    private static string? Both(string? one, string? other) =>
        string.IsNullOrEmpty(one) ? other : string.IsNullOrEmpty(other) ? one : $"{one},{other}";
}
