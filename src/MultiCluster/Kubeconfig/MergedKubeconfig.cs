using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>Files merged as kubectl merges them: the first to define a cluster, a user, a context or the current context wins.</summary>
internal sealed record MergedKubeconfig(List<KubeconfigContext> Contexts, string? CurrentContextName)
{
    public static MergedKubeconfig Of(IReadOnlyList<KubeconfigFile> files, SourceKind source)
    {
        var clusters = FirstWins(files, f => f.Clusters);
        var users = FirstWins(files, f => f.Users);
        var current = files.Select(f => f.CurrentContext).FirstOrDefault(name => name is not null);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var contexts = new List<KubeconfigContext>(files.Sum(f => f.Contexts.Count));
        foreach (var file in files)
        {
            foreach (var entry in file.Contexts)
            {
                if (seen.Add(entry.Name)) contexts.Add(Join(file, entry, clusters, users, entry.Name == (current ?? ""), source));
            }
        }

        return new MergedKubeconfig(contexts, current);
    }

    private static KubeconfigContext Join(
        KubeconfigFile file,
        ContextEntry entry,
        IReadOnlyDictionary<string, KubeconfigCluster> clusters,
        IReadOnlyDictionary<string, KubeconfigUser> users,
        bool isCurrent,
        SourceKind source)
    {
        var cluster = clusters.GetValueOrDefault(entry.Cluster ?? "");
        var user = users.GetValueOrDefault(entry.User ?? "");
        return new KubeconfigContext
        {
            Identity = ClusterIdentity.Of(file.Path, entry.Name.Length > 0 ? entry.Name : NameOf(file)),
            Cluster = cluster,
            User = user,
            UserName = entry.User,
            Namespace = entry.Namespace,
            IsCurrent = isCurrent,
            Source = source,
            Problem = ContextRules.Problem(entry, cluster, user),
        };
    }

    /// <summary>What the file's context without a name is called: as the file is.</summary>
    private static string NameOf(KubeconfigFile file)
    {
        var name = Path.GetFileName(file.Path);
        return file.Contexts.Any(other => other.Name == name) ? $"({name})" : name;
    }

    private static IReadOnlyDictionary<string, T> FirstWins<T>(
        IReadOnlyList<KubeconfigFile> files,
        Func<KubeconfigFile, IReadOnlyDictionary<string, T>> section)
    {
        if (files is [var only]) return section(only);
        var merged = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in files.SelectMany(section)) merged.TryAdd(name, value);
        return merged;
    }
}
