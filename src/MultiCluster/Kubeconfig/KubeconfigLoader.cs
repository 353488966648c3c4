namespace MultiCluster.Kubeconfig;

/// <summary>
/// Reads and merges the kubeconfigs of a search. Files that did not change since this loader read them are not parsed again.
/// Safe to use from several threads.
/// </summary>
public sealed class KubeconfigLoader
{
    private readonly KubeconfigFileCache _files;

    /// <summary>A loader that has read nothing yet.</summary>
    public KubeconfigLoader(TimeProvider? time = null) => _files = new KubeconfigFileCache(time ?? TimeProvider.System);

    /// <summary>Reads whatever <paramref name="search"/> leads to. A file that cannot be used is a problem in the snapshot, never an exception.</summary>
    public KubeconfigSnapshot Load(KubeconfigSearch search, CancellationToken cancellationToken = default)
    {
        var sources = KubeconfigSources.Of(search);
        var contexts = new List<KubeconfigContext>();
        var files = new List<string>();
        var problems = new List<KubeconfigProblem>(sources.Problems);
        var lost = new HashSet<string>([.. sources.EmptyFiles, .. sources.UnreadableFolders], KubeconfigSources.PathComparer);
        string? currentName = null;
        KubeconfigContext? current = null;

        foreach (var group in sources.Groups)
        {
            var read = new List<KubeconfigFile>();
            foreach (var path in group.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var file = _files.Read(path);
                files.Add(path);
                if (file.Content != FileContent.Kubeconfig) lost.Add(path);
                problems.AddRange(file.Problems);
                if (file.Content == FileContent.Kubeconfig)
                    read.Add(file);
                else if (file.Content == FileContent.Other && group.Kind != SourceKind.Found)
                    problems.Add(new KubeconfigProblem(path, 0, 0, "This is no kubeconfig: it has no clusters, users and contexts.") { IsFileLost = true });
            }

            var merged = MergedKubeconfig.Of(read);
            contexts.AddRange(merged.Contexts);
            if (group.Kind == SourceKind.Found || currentName is not null) continue;
            currentName = merged.CurrentContextName;
            current = merged.Contexts.FirstOrDefault(c => c.IsCurrent);
        }

        return new KubeconfigSnapshot
        {
            Contexts = contexts,
            Problems = problems,
            Files = files,
            Folders = sources.Folders,
            Places = sources.Places,
            CurrentContextName = currentName,
            CurrentContext = current,
            LostPaths = lost,
        };
    }
}
