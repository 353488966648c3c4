namespace MultiCluster.Kubeconfig;

/// <summary>Where to look for kubeconfigs.</summary>
public sealed record KubeconfigSearch
{
    /// <summary>Files or folders given by the user (<c>-Kubeconfig</c>). When there are any, nothing else is looked at.</summary>
    public IReadOnlyList<string> ExplicitPaths { get; init; } = [];

    /// <summary>Further files or folders, kept in the preferences (<c>Add-KubeCluster</c>).</summary>
    public IReadOnlyList<string> ExtraPaths { get; init; } = [];

    /// <summary>
    /// True (the default) to look also at every kubeconfig in <c>~/.kube</c> and in <see cref="ExtraPaths"/>;
    /// false for kubectl's own sources alone: <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.
    /// </summary>
    public bool IncludeFolders { get; init; } = true;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The user's home folder, for <c>~</c>: the one in which kubectl looks for <c>.kube</c>.</summary>
    public string HomeFolder { get; init; } = Platform.HomeFolder.Default();

    /// <summary>The folder that relative paths belong to.</summary>
    public string CurrentFolder { get; init; } = Environment.CurrentDirectory;

    /// <summary>What separates the paths in <c>KUBECONFIG</c>: <c>:</c> on Unix, <c>;</c> on Windows.</summary>
    public char ListSeparator { get; init; } = Path.PathSeparator;
}
