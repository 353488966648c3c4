using MultiCluster.Clusters;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>
/// Completes the names of all known clusters; the ids of those whose name another one has, too, but for the one that the name means.
/// Those that cannot be selected say why.
/// </summary>
public sealed class KnownClusterCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var known = session.Pool.Known(request.Kubeconfig);
        var names = known.Clusters.ToLookup(static cluster => cluster.ClusterName, StringComparer.Ordinal);
        IReadOnlyList<Suggestion> found =
        [
            .. known.Clusters
                .Where(cluster => request.Fits(cluster.ClusterName) || request.Fits(cluster.ClusterId))
                .OrderBy(cluster => cluster.ClusterName, StringComparer.OrdinalIgnoreCase)
                .Select(cluster => new Suggestion(Means(names[cluster.ClusterName], cluster) ? cluster.ClusterName : cluster.ClusterId, ToolTips.Of(cluster))),
        ];
        return Task.FromResult(found);
    }

    private static bool Means(IEnumerable<KubeCluster> sameName, KubeCluster cluster) =>
        sameName.FirstOrDefault(static one => one.IsOfDefaultFile) is { } preferred ? preferred == cluster : sameName.Count() == 1;
}

/// <summary>Completes the ids of all known clusters.</summary>
public sealed class ClusterIdCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        IReadOnlyList<Suggestion> found =
        [
            .. session.Pool.Known(request.Kubeconfig).Clusters
                .Where(cluster => request.Fits(cluster.ClusterId) || request.Fits(cluster.ClusterName))
                .OrderBy(cluster => cluster.ClusterId, StringComparer.OrdinalIgnoreCase)
                .Select(cluster => new Suggestion(cluster.ClusterId, ToolTips.Of(cluster))),
        ];
        return Task.FromResult(found);
    }
}

/// <summary>Completes the names of the selected clusters, also behind the <c>!</c> that leaves one out.</summary>
public sealed class SelectedClusterCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var not = ClusterWords.IsExclusion(request.Word) ? request.Word[..1] : "";
        var name = request.For(request.Word[not.Length..]);
        IReadOnlyList<Suggestion> found =
        [
            .. session.Pool.Selected
                .Where(cluster => name.Fits(cluster.ClusterName) || name.Fits(cluster.ClusterId))
                .Select(cluster => new Suggestion(not + cluster.ClusterName, $"{(not.Length == 0 ? "" : "all but this: ")}{cluster.State}, {cluster.Server}")),
        ];
        return Task.FromResult(found);
    }
}

/// <summary>Completes the ids of the selected clusters.</summary>
public sealed class SelectedClusterIdCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        IReadOnlyList<Suggestion> found =
        [
            .. session.Pool.Selected
                .Where(cluster => request.Fits(cluster.ClusterId) || request.Fits(cluster.ClusterName))
                .Select(cluster => new Suggestion(cluster.ClusterId, $"{cluster.State}, {cluster.Server}")),
        ];
        return Task.FromResult(found);
    }
}

/// <summary>Completes the groups that the preferences know.</summary>
public sealed class GroupCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        IReadOnlyList<Suggestion> found =
        [
            .. session.Pool.Known().Clusters
                .SelectMany(cluster => cluster.Group.Select(group => (Group: group, cluster.ClusterName)))
                .GroupBy(pair => pair.Group)
                .Where(group => request.Fits(group.Key))
                .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
                .Select(group => new Suggestion(group.Key, string.Join(", ", group.Select(pair => pair.ClusterName).Take(8)))),
        ];
        return Task.FromResult(found);
    }
}

/// <summary>What explains a known cluster.</summary>
internal static class ToolTips
{
    /// <summary>Why it cannot be selected; else its id and server.</summary>
    public static string Of(KubeCluster cluster) => cluster.Reason ?? $"{cluster.ClusterId} at {cluster.Server}";
}
