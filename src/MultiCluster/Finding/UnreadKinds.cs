using System.Collections.Concurrent;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Finding;

/// <summary>
/// The kinds of one cluster that could not be searched: each in the call's report, and one warning for all of them. That somebody may not list
/// Secrets is the rule and no failure; that they were not searched must be known.
/// </summary>
internal sealed class UnreadKinds(FanOutSink sink)
{
    private readonly ConcurrentDictionary<string, (string Reason, bool IsForbidden)> _kinds = new(StringComparer.Ordinal);

    /// <summary>A kind could not be searched.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isForbidden">Whether it is for lack of rights.</param>
    public void Add(string resource, string reason, bool isForbidden) => _kinds.TryAdd(resource, (reason, isForbidden));

    /// <summary>Keeps them in the report, and warns of them.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var (resource, why) in _kinds.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            sink.Keep(new KubeUnreadKind { ClusterId = sink.Cluster.ClusterId, ClusterName = sink.Cluster.ClusterName, Resource = resource, Reason = why.Reason });
        string[] forbidden = [.. Names(isForbidden: true)], silent = [.. Names(isForbidden: false)];
        if (forbidden.Length + silent.Length == 0)
            return;
        string[] parts =
        [
            .. forbidden.Length > 0 ? [$"you may not list {NameList.Of(forbidden)} everywhere"] : (string[])[],
            .. silent.Length > 0 ? [$"{NameList.Of(silent)} could not be listed"] : (string[])[],
        ];
        await sink.NoticeAsync(
            NoticeLevel.Warning, $"not everything was searched: {string.Join("; ", parts)}. (Get-KubeFanOut).Clusters.Results has all of it, with the reasons", cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<string> Names(bool isForbidden) =>
        _kinds.Where(pair => pair.Value.IsForbidden == isForbidden).Select(static pair => pair.Key).Order(StringComparer.Ordinal);
}
