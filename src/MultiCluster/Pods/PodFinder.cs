using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Pods;

/// <summary>Finds one cluster's pods.</summary>
internal sealed class PodFinder(TargetCluster cluster)
{
    public static ResourceKind PodKind { get; } = BuiltInKinds.All.First(static kind => kind is { Group: "", Kind: "Pod" });

    /// <summary>What pods belong to.</summary>
    public PodOwners Owners { get; } = new(cluster.Connection, cluster.Context);

    /// <summary>The pods of a scope as they are now. Names that must be there and are not are faults.</summary>
    /// <exception cref="FaultException">They cannot be listed.</exception>
    public async Task<IReadOnlyList<KubePod>> ListAsync(PodScope scope, CancellationToken cancellationToken)
    {
        var pods = new List<KubePod>();
        try
        {
            await ListAsync(scope, pods, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (FallsBack(scope, e.Fault))
        {
            foreach (var ns in await AllowedAsync(e.Fault, cancellationToken).ConfigureAwait(false))
                await ListAsync(scope.In(ns), pods, cancellationToken).ConfigureAwait(false);
        }

        await CheckAsync(scope, pods, cancellationToken).ConfigureAwait(false);
        return pods;
    }

    /// <summary>True for a pod that a scope's query brings and that is meant.</summary>
    public async ValueTask<bool> IsMeantAsync(PodScope scope, KubePod pod, CancellationToken cancellationToken) =>
        scope.Names?.Invoke(pod.Name) != false
        && (scope.Owner is null || await Owners.OwnsAsync(scope.Owner, pod, cancellationToken).ConfigureAwait(false));

    /// <summary>Tells of names that must be there and are not, and of a namespace that is not there.</summary>
    public async ValueTask CheckAsync(PodScope scope, IReadOnlyCollection<KubePod> pods, CancellationToken cancellationToken)
    {
        cluster.Targets.Found(pods.Count);
        if (pods.Count == 0 && scope.Owner is null && scope.Query.Namespace is { } ns)
            await cluster.CheckNamespaceAsync(ns, cancellationToken).ConfigureAwait(false);
        foreach (var name in scope.Wanted.Where(name => pods.All(pod => pod.Name != name)))
            await cluster.FaultAsync(NoSuchPod(name, scope.Query), name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True when a scope of all namespaces is forbidden, so that those that are allowed are read in its place.</summary>
    public static bool FallsBack(PodScope scope, Fault fault) => scope.Query.Namespace is null && fault.Phase == FaultPhase.Forbidden;

    /// <summary>The namespaces whose pods may be listed, where those of all may not be. The fault that is told names the others.</summary>
    public async Task<IReadOnlyList<string>> AllowedAsync(Fault everywhere, CancellationToken cancellationToken)
    {
        using var link = cluster.Connection.EnterWatch();
        var fallback = new NamespaceFallback(link.Objects, new FirstCount(null), cluster.Context, cluster.Sink);
        return await fallback.AllowedAsync(PodKind, everywhere, cluster.DefaultNamespace, goesOn: cluster.GoesOn, cancellationToken).ConfigureAwait(false);
    }

    private async Task ListAsync(PodScope scope, List<KubePod> pods, CancellationToken cancellationToken)
    {
        using var link = cluster.Connection.EnterWatch();
        await foreach (var piece in link.Objects.ListAsync(PodKind, scope.Query, cluster.Context, cancellationToken).ConfigureAwait(false))
        {
            foreach (var pod in piece.Cast<KubePod>())
            {
                if (await IsMeantAsync(scope, pod, cancellationToken).ConfigureAwait(false))
                    pods.Add(pod);
            }
        }
    }

    private static Fault NoSuchPod(string name, ListQuery query) => new()
    {
        Phase = FaultPhase.NotFound,
        Operation = $"find pod {name}",
        Detail = query.Namespace is { } ns ? $"there is no such pod in namespace {ns} that fits" : "there is no such pod in any namespace that fits",
        Advice = "Check the name, the namespace and the selectors.",
    };
}
