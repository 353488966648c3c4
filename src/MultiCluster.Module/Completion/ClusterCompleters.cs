using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes the names of all known clusters. Those that cannot be selected say why.</summary>
public sealed class KnownClusterCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        IReadOnlyList<Suggestion> found =
        [
            .. session.Pool.Known(request.Kubeconfig).Clusters
                .Where(cluster => request.Fits(cluster.ClusterName) || request.Fits(cluster.ClusterId))
                .OrderBy(cluster => cluster.ClusterName, StringComparer.OrdinalIgnoreCase)
                .Select(cluster => new Suggestion(cluster.ClusterName, cluster.Reason ?? $"{cluster.ClusterId} at {cluster.Server}")),
        ];
        return Task.FromResult(found);
    }
}

/// <summary>Completes the names of the selected clusters.</summary>
public sealed class SelectedClusterCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        IReadOnlyList<Suggestion> found =
        [
            .. session.Pool.Selected
                .Where(cluster => request.Fits(cluster.ClusterName) || request.Fits(cluster.ClusterId))
                .Select(cluster => new Suggestion(cluster.ClusterName, $"{cluster.State}, {cluster.Server}")),
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
