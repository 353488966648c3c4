using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>What became of a selected cluster's context when the files changed.</summary>
internal enum KubeconfigChangeKind
{
    /// <summary>Cluster and user are what they were. The namespace may differ, and the tokens of an <c>auth-provider</c>.</summary>
    Unchanged,

    /// <summary>Cluster or user data differ: the connection must be built anew.</summary>
    Changed,

    /// <summary>File or context are gone: the cluster must be deselected.</summary>
    Gone,

    /// <summary>The file is there but cannot be read or parsed just now: the cluster stays as it is.</summary>
    Unreadable,
}

/// <summary>What became of one cluster between two readings of the kubeconfigs.</summary>
/// <param name="Identity">The cluster.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Context">Its context as it is now; null when it is gone or unreadable. It may have a problem now.</param>
internal sealed record KubeconfigChange(ClusterIdentity Identity, KubeconfigChangeKind Kind, KubeconfigContext? Context)
{
    /// <summary>
    /// What became of <paramref name="identities"/> from <paramref name="before"/> to <paramref name="after"/>. Contexts are told apart by
    /// file and context name, so that an alias does not matter. Clusters without a file (in-cluster) do not change.
    /// </summary>
    public static IReadOnlyList<KubeconfigChange> Between(
        KubeconfigSnapshot before,
        KubeconfigSnapshot after,
        IEnumerable<ClusterIdentity> identities)
    {
        var old = Index(before);
        var now = Index(after);
        return [.. identities.Select(identity => Of(identity, old, now, after))];
    }

    private static KubeconfigChange Of(
        ClusterIdentity identity,
        Dictionary<(string Path, string Context), KubeconfigContext> old,
        Dictionary<(string Path, string Context), KubeconfigContext> now,
        KubeconfigSnapshot after)
    {
        if (identity.KubeconfigPath.Length == 0) return new KubeconfigChange(identity, KubeconfigChangeKind.Unchanged, null);
        var key = Key(identity);
        if (!now.TryGetValue(key, out var context))
            return new KubeconfigChange(identity, IsLost(identity.KubeconfigPath, after) ? KubeconfigChangeKind.Unreadable : KubeconfigChangeKind.Gone, null);

        // In a merged list the context's file may be whole while the file with its cluster or user is not.
        var was = old.GetValueOrDefault(key);
        if (IsHalf(context) && was is not null && !IsHalf(was) && after.LostPaths.Count > 0)
            return new KubeconfigChange(identity, KubeconfigChangeKind.Unreadable, null);

        var same = was is not null
            && was.Problem == context.Problem
            && Equals(was.Cluster, context.Cluster)
            && KubeconfigUserComparer.Instance.Equals(was.User, context.User);
        return new KubeconfigChange(identity, same ? KubeconfigChangeKind.Unchanged : KubeconfigChangeKind.Changed, context);
    }

    private static bool IsHalf(KubeconfigContext context) => context.Cluster is null || (context.UserName is not null && context.User is null);

    private static bool IsLost(string path, KubeconfigSnapshot snapshot) =>
        snapshot.LostPaths.Contains(path) || (Path.GetDirectoryName(path) is { } folder && snapshot.LostPaths.Contains(folder));

    private static Dictionary<(string Path, string Context), KubeconfigContext> Index(KubeconfigSnapshot snapshot)
    {
        var index = new Dictionary<(string, string), KubeconfigContext>(snapshot.Contexts.Count);
        foreach (var context in snapshot.Contexts) index.TryAdd(Key(context.Identity), context);
        return index;
    }

    private static (string Path, string Context) Key(ClusterIdentity identity) =>
        (FileLabel.KeyOf(identity.KubeconfigPath), identity.Context);
}
