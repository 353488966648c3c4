using MultiCluster.Api.Discovery;
using MultiCluster.Clusters;
using MultiCluster.Module.Sessions;
using MultiCluster.Objects;

namespace MultiCluster.Module.Completion;

/// <summary>
/// Completes kinds, by plural or short name, from what the clusters are known to serve: each once, the commonest first. A plural that several
/// groups have bears its group, but for the one that it means by itself.
/// </summary>
public sealed class KindCompleter : KubeCompleter
{
    /// <summary>What people ask for, by how often they do.</summary>
    private static readonly string[] Commonest =
    [
        "pods", "deployments", "services", "nodes", "namespaces", "configmaps", "secrets", "jobs", "ingresses", "statefulsets", "daemonsets", "events", "replicasets",
        "cronjobs", "persistentvolumeclaims", "serviceaccounts", "persistentvolumes", "storageclasses", "horizontalpodautoscalers", "poddisruptionbudgets",
        "networkpolicies", "roles", "rolebindings", "clusterroles", "clusterrolebindings", "customresourcedefinitions",
    ];

    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var served = await ServedAsync(session, request).ConfigureAwait(false);
        var word = request.Word;
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        return
        [
            .. served
                .Where(static kind => kind.Verbs.Count == 0 || kind.Verbs.Contains("list"))
                .DistinctBy(static kind => (kind.Plural, kind.Group))
                .GroupBy(static kind => kind.Plural)
                .SelectMany(group => group.Select((kind, i) => (Kind: kind, Text: i == 0 && dot < 0 ? kind.Plural : kind.Resource)))
                .Where(one => dot < 0
                    ? request.Fits(one.Text) || request.Fits(one.Kind.Singular) || one.Kind.ShortNames.Any(request.Fits)
                    : IsOfGroup(one.Kind, word[..dot], word[(dot + 1)..]))
                .OrderBy(one => !IsMeant(one.Kind, word))
                .ThenBy(static one => RankOf(one.Text))
                .ThenBy(static one => one.Kind.Group.Contains('.', StringComparison.Ordinal))
                .ThenBy(static one => one.Text, StringComparer.Ordinal)
                .Select(static one => new Suggestion(one.Text, ToolTip(one.Kind))),
        ];
    }

    /// <summary>The kinds of the clusters that the line means, in their servers' order.</summary>
    internal static async Task<IEnumerable<ResourceKind>> ServedAsync(KubeSession session, CompletionRequest request)
    {
        var served = await Task.WhenAll(request.Clusters(session).Select(KindsOfAsync)).ConfigureAwait(false);
        return served.Length == 0 ? BuiltInKinds.All : served.SelectMany(static kinds => kinds);
    }

    /// <summary>True for what the word is a whole name of: <c>pv</c> is no beginning of <c>pvc</c>.</summary>
    private static bool IsMeant(ResourceKind kind, string word) =>
        word.Equals(kind.Singular, StringComparison.OrdinalIgnoreCase) || kind.ShortNames.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static int RankOf(string text) => Array.IndexOf(Commonest, text) is >= 0 and var rank ? rank : Commonest.Length;

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
    private static bool IsOfGroup(ResourceKind kind, string name, string group)
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

/// <summary>Completes the API groups that the clusters are known to serve.</summary>
public sealed class ApiGroupCompleter : KubeCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var served = await KindCompleter.ServedAsync(session, request).ConfigureAwait(false);
        return
        [
            .. served.GroupBy(static kind => kind.Group).Where(group => group.Key.Length > 0 && request.Fits(group.Key)).OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(static group => new Suggestion(group.Key, string.Join(", ", group.Select(static kind => kind.Plural).Distinct().Take(8)))),
        ];
    }
}
