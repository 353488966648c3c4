using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>
/// Reads and merges the kubeconfigs of a search. Files that did not change since this loader read them are not parsed again, and a context
/// keeps the id that this loader gave it first. Safe to use from several threads.
/// </summary>
internal sealed class KubeconfigLoader
{
    private readonly KubeconfigFileCache _files;

    /// <summary>A loader that has read nothing yet.</summary>
    public KubeconfigLoader(TimeProvider? time = null) => _files = new KubeconfigFileCache(time ?? TimeProvider.System);

    /// <summary>The ids that contexts have.</summary>
    internal ClusterIds Ids { get; } = new();

    /// <summary>Reads whatever <paramref name="search"/> leads to. A file that cannot be used is a problem in the snapshot, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller has enough.</exception>
    public KubeconfigSnapshot Load(KubeconfigSearch search, CancellationToken cancellationToken = default)
    {
        var sources = KubeconfigSources.Of(search);
        var contexts = new List<KubeconfigContext>();
        var files = new List<string>();
        var problems = new List<KubeconfigProblem>(sources.Problems);
        var passedOver = new List<KubeconfigProblem>(sources.PassedOver);
        var lost = new HashSet<string>([.. sources.EmptyFiles, .. sources.UnreadableFolders], FileLabel.Comparer);
        string? currentName = null;
        int? current = null;

        foreach (var group in sources.Groups)
        {
            var read = new List<KubeconfigFile>();
            foreach (var path in group.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var file = _files.Read(path, cancellationToken);
                files.Add(path);

                // A file that a search came across must say of itself that it is a kubeconfig. One that was named is taken at its user's word.
                var isMeant = group.Kind != SourceKind.Found || file.IsRecognized;
                if (file.Content == FileContent.Kubeconfig && isMeant) read.Add(file);
                else lost.Add(path);
                if (isMeant) problems.AddRange(file.Problems);
                else if (file.Content != FileContent.Empty) passedOver.Add(file.Content == FileContent.Kubeconfig ? KubeconfigFile.Other(path).Problems[0] : file.Problems[0]);
            }

            var merged = MergedKubeconfig.Of(read, group.Kind);
            var isDecided = group.Kind is SourceKind.Found or SourceKind.Added || currentName is not null || current is not null;
            if (!isDecided)
            {
                currentName = merged.CurrentContextName;
                current = merged.Contexts.FindIndex(c => c.IsCurrent) is >= 0 and var index ? contexts.Count + index : null;
            }

            contexts.AddRange(merged.Contexts);
        }

        Ids.Assign(contexts);
        return new KubeconfigSnapshot
        {
            Contexts = contexts,
            Problems = problems,
            PassedOver = passedOver,
            Files = files,
            Folders = sources.Folders,
            Places = sources.Places,
            CurrentContextName = currentName,
            CurrentContext = current is { } at ? contexts[at] : null,
            LostPaths = lost,
        };
    }
}
