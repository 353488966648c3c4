using MultiCluster.Access;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Nodes;

/// <summary>
/// Whether the user may do on a cluster what a drain cannot do without, which is what kubectl needs: read and cordon the nodes, list pods,
/// and evict them (or delete them). What else it would like to do has a way round.
/// </summary>
internal sealed class DrainPermissions(ClusterConnection connection, DrainOptions options, CallContext call)
{
    private const int Named = 5;

    /// <summary>Questions asked at once: more of them would wait for connections of their own, whose handshakes take longer than the answers.</summary>
    private const int AskedAtOnce = 3;

    private static readonly AccessQuestion[] Needed = [new("get", "", "nodes"), new("patch", "", "nodes"), new("list", "", "pods")];

    private AccessQuestion Going => options.DisableEviction ? new("delete", "", "pods") : new("create", "", "pods", "eviction");

    /// <summary>What is missing whatever pods there are; null when nothing is.</summary>
    /// <param name="nodes">The nodes that are meant, as far as their names are known: a role may allow these alone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">The cluster cannot be asked.</exception>
    public async Task<Fault?> CheckClusterAsync(IReadOnlyCollection<string> nodes, CancellationToken cancellationToken)
    {
        // What is asked along is what the drain asks for next.
        var missing = await MissingAsync([.. Needed, Going, new("watch", "", "nodes"), new("watch", "", "pods")], cancellationToken).ConfigureAwait(false);
        AccessQuestion[] ofNodes = [.. Needed.Where(one => one.Resource == "nodes" && missing.Contains(one))];
        if (nodes.Count > 0 && ofNodes.Length > 0)
        {
            var named = await MissingAsync([.. ofNodes.SelectMany(one => nodes.Select(node => one with { Name = node }))], cancellationToken).ConfigureAwait(false);
            missing = [.. missing.Except(ofNodes.Where(one => named.All(node => node.Verb != one.Verb)))];
        }

        AccessQuestion[] lacking = [.. Needed.Where(missing.Contains)];
        return lacking.Length == 0 ? null : FaultOf(lacking.GroupBy(static one => one.Verb).Select(static verb => $"{verb.Key} {And(verb.Select(static one => one.ResourceText))}"));
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
