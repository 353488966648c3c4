using MultiCluster.Access;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Nodes;

/// <summary>
/// Whether the user may do on a cluster what a drain does there: read, watch and cordon nodes, read and watch pods, read budgets and
/// DaemonSets, and evict pods (or delete them).
/// </summary>
internal sealed class DrainPermissions(ClusterConnection connection, DrainOptions options, CallContext call)
{
    private const int Named = 5;

    /// <summary>Questions asked at once: more of them would wait for connections of their own, whose handshakes take longer than the answers.</summary>
    private const int AskedAtOnce = 3;

    private AccessQuestion Going => options.DisableEviction ? new("delete", "", "pods") : new("create", "", "pods", "eviction");

    /// <summary>What is missing whatever pods there are; null when nothing is.</summary>
    /// <exception cref="FaultException">The cluster cannot be asked.</exception>
    public async Task<Fault?> CheckClusterAsync(CancellationToken cancellationToken)
    {
        List<AccessQuestion> needed =
        [
            new("get", "", "nodes"),
            new("patch", "", "nodes"),
            new("list", "", "nodes"),
            new("watch", "", "nodes"),
            new("list", "", "pods"),
            new("watch", "", "pods"),
            new("list", "apps", "daemonsets"),
        ];
        if (!options.DisableEviction)
            needed.Add(new("list", "policy", "poddisruptionbudgets"));
        var missing = (await MissingAsync([.. needed, Going], cancellationToken).ConfigureAwait(false)).Where(one => one != Going).ToArray(); // asked along, for CheckPodsAsync
        return missing.Length == 0 ? null : FaultOf(missing.GroupBy(static one => one.Verb).Select(static verb => $"{verb.Key} {And(verb.Select(static one => one.ResourceText))}"));
    }

    /// <summary>In which of the pods' namespaces pods may not be evicted (or deleted); null when they may in all.</summary>
    /// <exception cref="FaultException">The cluster cannot be asked.</exception>
    public async Task<Fault?> CheckPodsAsync(IReadOnlyCollection<string> namespaces, CancellationToken cancellationToken)
    {
        if (namespaces.Count == 0 || (await MissingAsync([Going], cancellationToken).ConfigureAwait(false)).Count == 0)
            return null;
        var missing = await MissingAsync([.. namespaces.Select(ns => Going with { Namespace = ns })], cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
            return null;
        var names = missing.Take(Named).Select(static one => one.Namespace!).ToList();
        if (missing.Count > Named)
            names.Add($"{missing.Count - Named} more");
        return FaultOf([$"{Going.Verb} {Going.ResourceText} in namespace{(missing.Count == 1 ? "" : "s")} {And(names)}"]);
    }

    private async Task<IReadOnlyList<AccessQuestion>> MissingAsync(IReadOnlyList<AccessQuestion> needed, CancellationToken cancellationToken)
    {
        var reviews = AccessReviews.Of(connection);
        try
        {
            var allowed = new bool[needed.Count];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, needed.Count),
                new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken },
                async (i, stop) => allowed[i] = (await reviews.AskAsync(needed[i], call, stop).ConfigureAwait(false)).Allowed).ConfigureAwait(false);
            return [.. needed.Where((_, i) => !allowed[i])];
        }
        catch (FaultException e) when (e.Fault.HttpStatus is 403 or 404 or 405)
        {
            call.Say?.Invoke("The cluster does not say what is allowed; the drain will meet what is not.");
            return [];
        }
    }

    private Fault FaultOf(IEnumerable<string> missing) => new()
    {
        Phase = FaultPhase.Forbidden,
        Cluster = connection.Identity,
        Operation = "drain nodes",
        Detail = $"the user may not {string.Join(", ", missing)}",
        Advice = "Ask for a role that allows it; Test-KubeAccess shows what you may do. A right that was given is seen after two minutes.",
    };

    private static string And(IEnumerable<string> names) => names.ToArray() is var all && all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
}
