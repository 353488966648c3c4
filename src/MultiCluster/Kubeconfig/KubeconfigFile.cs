namespace MultiCluster.Kubeconfig;

/// <summary>What a file turned out to be.</summary>
internal enum FileContent
{
    /// <summary>A kubeconfig, perhaps with problems in some entries.</summary>
    Kubeconfig,

    /// <summary>Nothing: an empty file, or comments alone. An editor that writes in two steps leaves it so for a moment.</summary>
    Empty,

    /// <summary>Something else: a manifest, a text, a binary.</summary>
    Other,

    /// <summary>It cannot be read or does not parse.</summary>
    Lost,
}

/// <summary>One file as it stands, before merging.</summary>
internal sealed record KubeconfigFile(string Path, FileContent Content)
{
    public IReadOnlyDictionary<string, KubeconfigCluster> Clusters { get; init; } = new Dictionary<string, KubeconfigCluster>();

    public IReadOnlyDictionary<string, KubeconfigUser> Users { get; init; } = new Dictionary<string, KubeconfigUser>();

    public IReadOnlyList<ContextEntry> Contexts { get; init; } = [];

    public string? CurrentContext { get; init; }

    public IReadOnlyList<KubeconfigProblem> Problems { get; init; } = [];

    /// <summary>
    /// True when the file says of itself that it is a kubeconfig, as far as it could be read: by its kind, or by an entry of the shape that
    /// kubeconfigs have. Notes and other tools' files may well have a field called <c>users</c>.
    /// </summary>
    public bool IsRecognized { get; init; }

    public static KubeconfigFile Other(string path) => new(path, FileContent.Other)
    {
        Problems = [new KubeconfigProblem(path, 0, 0, "This is no kubeconfig: it has no clusters, users and contexts.") { IsFileLost = true }],
    };

    public static KubeconfigFile Lost(string path, string message, int line = 0, int column = 0) =>
        new(path, FileContent.Lost) { Problems = [new KubeconfigProblem(path, line, column, message) { IsFileLost = true }] };
}

/// <summary>A <c>contexts[]</c> entry. Its name is empty when it has none.</summary>
internal sealed record ContextEntry(string Name, string? Cluster, string? User, string? Namespace);
