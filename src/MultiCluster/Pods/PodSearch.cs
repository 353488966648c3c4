using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Pods;

/// <summary>A pod that was found.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="IsNamed">True when it was asked for by its own name, or piped in.</param>
/// <param name="IsKnown">True when it is as it was read before, and not as it is now.</param>
/// <param name="Scope">What it was found by; null for one by its name.</param>
internal sealed record FoundPod(KubePod Pod, bool IsNamed, bool IsKnown, PodScope? Scope);

/// <summary>Finds the pods of one cluster that a call means, each once. What is not there is told, and the rest goes on.</summary>
internal sealed class PodSearch(TargetCluster cluster, PodFinder finder, CancellationToken cancellationToken)
{
    /// <summary>So many pods of a namespace are read anew by a list.</summary>
    private const int Many = 8;

    /// <summary>The pods; those that were read before as they were.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task<IReadOnlyList<FoundPod>> FindAsync()
    {
        var scopes = new PodScopes(cluster, cancellationToken);
        await scopes.ResolveAsync().ConfigureAwait(false);
        var found = new Dictionary<(string, string), FoundPod>();
        foreach (var name in scopes.Named)
        {
            if (await NamedAsync(name).ConfigureAwait(false) is { } pod)
                Add(found, new FoundPod(pod, IsNamed: true, IsKnown: name.Known is not null, null));
        }

        foreach (var scope in scopes.Scopes)
            await AddAsync(scope, found).ConfigureAwait(false);
        return [.. found.Values];
    }

    /// <summary>
    /// The pods as they are now. One that was read before and is gone, or whose name another one bears, is told and left out: what is done in a
    /// pod is done by its name.
    /// </summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task<IReadOnlyList<FoundPod>> FindNowAsync()
    {
        var found = await FindAsync().ConfigureAwait(false);
        if (!found.Any(static one => one.IsKnown))
            return found;
        var now = new List<FoundPod>(found.Where(static one => !one.IsKnown));
        foreach (var group in found.Where(static one => one.IsKnown).GroupBy(static one => one.Pod.Namespace!, StringComparer.Ordinal))
        {
            var listed = group.Count() < Many ? null : await ListAsync(group.Key).ConfigureAwait(false);
            foreach (var one in group)
            {
                var pod = listed is null ? await NamedAsync(new PodName(group.Key, one.Pod.Name)).ConfigureAwait(false) : listed.GetValueOrDefault(one.Pod.Name);
                if (pod is not null && pod.Uid == one.Pod.Uid)
                    now.Add(one with { Pod = pod, IsKnown = false });
                else if (pod is not null || listed is not null)
                    await cluster.FaultAsync(Replaced(one.Pod), one.Pod, cancellationToken).ConfigureAwait(false);
            }
        }

        return now;
    }

    /// <summary>The pod that was read before is gone; another one may bear its name.</summary>
    private Fault Replaced(KubePod pod) => WriteFaults.Replaced(pod.Source.Kind, pod.Name) with
    {
        Cluster = cluster.Connection.Identity,
        Operation = $"find pod {pod.Namespace}/{pod.Name}",
        Advice = "Read the pods anew with Get-KubePod, or give its name, if the new one is meant.",
    };

    private async Task<KubePod?> NamedAsync(PodName name)
    {
        if (name.Known is { } known)
            return known;
        try
        {
            return await cluster.GetPodAsync(name.Namespace, name.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase is FaultPhase.NotFound or FaultPhase.Forbidden)
        {
            await cluster.FaultAsync(e.Fault, name.Name, cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    private async Task AddAsync(PodScope scope, Dictionary<(string, string), FoundPod> found)
    {
        try
        {
            foreach (var pod in await finder.ListAsync(scope, cancellationToken).ConfigureAwait(false))
                Add(found, new FoundPod(pod, IsNamed: false, IsKnown: false, scope));
        }
        catch (FaultException e) when (e.Fault.Phase is FaultPhase.Forbidden or FaultPhase.Invalid or FaultPhase.NotFound)
        {
            await cluster.FaultAsync(e.Fault, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Dictionary<string, KubePod>?> ListAsync(string ns)
    {
        try
        {
            var pods = await finder.ListAsync(new PodScope { Query = new ListQuery { Namespace = ns } }, cancellationToken).ConfigureAwait(false);
            return pods.ToDictionary(static pod => pod.Name, StringComparer.Ordinal);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            return null; // each may be read by its name
        }
    }

    private static void Add(Dictionary<(string, string), FoundPod> found, FoundPod one) => found.TryAdd((one.Pod.Namespace!, one.Pod.Name), one);
}
