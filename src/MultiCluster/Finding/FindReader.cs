using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Finding;

/// <summary>
/// Finds objects among all kinds that a cluster lists, by their metadata alone; a fan-out runs it for each cluster. Some kinds are listed at
/// once, each page by page, so that what is held is never more than the pages that are read.
/// </summary>
internal sealed class FindReader
{
    /// <summary>Kinds of one cluster that are listed at once; the cluster's own limits hold besides.</summary>
    private const int AtOnce = 6;

    private readonly FindQuery _query;
    private readonly NameFilter _names;

    /// <exception cref="FaultException">Nothing says what is looked for, or a name can be none (Invalid).</exception>
    public FindReader(FindQuery query)
    {
        if (query.Names.Count == 0 && query.LabelSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says what is looked for", "Give names (Find-KubeResource *payments*) or a selector (-LabelSelector app=payments).");
        _query = query;
        _names = new NameFilter(query.Names);
        First = new FirstCount(query.First);
    }

    /// <summary>How many objects of the call are still wanted.</summary>
    public FirstCount First { get; }

    /// <summary>Writes what is found on one cluster, as it is found. Kinds that cannot be searched are one warning, and rows of the report.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var unread = new UnreadKinds(sink);
        var kinds = await KindsAsync(connection, unread, sink, cancellationToken).ConfigureAwait(false);
        var search = new KindSearch(_query, _names, First, connection, defaultNamespace, call, sink, unread);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(kinds, parallel, async (kind, stop) => await search.FindAsync(kind, stop).ConfigureAwait(false)).ConfigureAwait(false);
        await unread.TellAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ResourceKind>> KindsAsync(ClusterConnection connection, UnreadKinds unread, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kinds = new List<ResourceKind>();
        foreach (var text in _query.Kinds)
        {
            try
            {
                kinds.Add(await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false));
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, text, cancellationToken).ConfigureAwait(false);
            }
        }

        if (_query.Kinds.Count == 0)
        {
            var served = await connection.Session.Kinds.GetAllAsync(refresh: false, cancellationToken).ConfigureAwait(false);
            if (served.Failure is { } failure)
                await sink.FaultAsync(failure, null, cancellationToken).ConfigureAwait(false);
            foreach (var notice in served.Notices)
                unread.Add(notice.GroupVersion, notice.Detail, isForbidden: false);
            kinds.AddRange(served.Kinds.Where(IsSearched));
        }

        return [.. kinds.DistinctBy(static kind => (kind.Group, kind.Plural)).Where(kind => kind.Namespaced || _query.Namespaces.Count == 0)];
    }

    /// <summary>
    /// What is searched when nobody says which kinds: not events, which bear the names of what they are about, and not measurements, which are
    /// made anew for each question and bear the names of pods and nodes.
    /// </summary>
    private static bool IsSearched(ResourceKind kind) =>
        kind.Verbs.Contains("list") && kind is not { Kind: "Event" or "ComponentStatus", Group: "" or "events.k8s.io" } && kind.Group != "metrics.k8s.io";
}
