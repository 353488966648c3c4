using MultiCluster.Caching;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes the kinds of the session's live caches.</summary>
public sealed class CacheKindCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        Task.FromResult<IReadOnlyList<Suggestion>>(
        [
            .. session.Pool.Selected.SelectMany(static cluster => ClusterCaches.Of(cluster.Connection!).All)
                .GroupBy(static cache => cache.Kind.Resource)
                .Where(kind => request.Fits(kind.Key))
                .OrderBy(static kind => kind.Key, StringComparer.Ordinal)
                .Select(static kind => new Suggestion(kind.Key, $"on {string.Join(", ", kind.Select(static cache => cache.Connection.Identity.ClusterName).Distinct())}")),
        ]);
}
