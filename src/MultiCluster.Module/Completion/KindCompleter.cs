using MultiCluster.Api.Discovery;
using MultiCluster.Clusters;
using MultiCluster.Module.Sessions;
using MultiCluster.Objects;

namespace MultiCluster.Module.Completion;

/// <summary>Completes kinds, by plural or short name, from what the clusters are known to serve.</summary>
public sealed class KindCompleter : KubeCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var served = await Task.WhenAll(request.Clusters(session).Select(KindsOfAsync)).ConfigureAwait(false);
        var kinds = served.Length == 0 ? BuiltInKinds.All : served.SelectMany(static kinds => kinds);
        var word = request.Word;
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        return
        [
            .. kinds
                .Where(kind => kind.Verbs.Count == 0 || kind.Verbs.Contains("list"))
                .DistinctBy(static kind => (kind.Plural, kind.Group))
                .Where(kind => dot < 0 ? request.Fits(kind.Plural) || request.Fits(kind.Singular) || kind.ShortNames.Any(request.Fits) : IsMeant(kind, word[..dot], word[(dot + 1)..]))
                .OrderBy(static kind => kind.Group.Length > 0 && kind.Group.Contains('.', StringComparison.Ordinal))
                .ThenBy(static kind => kind.Plural, StringComparer.Ordinal)
                .Select(kind => new Suggestion(dot < 0 ? kind.Plural : kind.Resource, ToolTip(kind))),
        ];
    }

    /// <summary>What is known at once, else what the cluster answers; one that fails or hangs offers what all clusters serve.</summary>
    private static async Task<IReadOnlyList<ResourceKind>> KindsOfAsync(KubeCluster cluster)
    {
        try
        {
            var kinds = cluster.Connection!.Session.Kinds.GetAllAsync(refresh: false, cluster.Connection.Disconnected);
            return (await kinds.WaitAsync(ClusterPatience).ConfigureAwait(false)).Kinds;
        }
        catch (Exception e) when (e is Faults.FaultException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            return BuiltInKinds.All;
        }
    }

    /// <summary>Whether a kind is that of a name and the beginning of a group, as in <c>ingress.net</c>.</summary>
    private static bool IsMeant(ResourceKind kind, string name, string group)
    {
        var called = new KindName(name, null, null);
        return kind.Group.Length > 0 && (called.IsNameOf(kind) || called.HasShortName(kind)) && kind.Group.StartsWith(group, StringComparison.OrdinalIgnoreCase);
    }

    private static string ToolTip(ResourceKind kind)
    {
        var shortNames = kind.ShortNames.Count == 0 ? "" : $", short: {string.Join(", ", kind.ShortNames)}";
        return $"{kind.Kind} ({kind.ApiVersion}{shortNames}){(kind.Namespaced ? "" : ", of the whole cluster")}";
    }
}
