namespace MultiCluster.Clusters;

/// <summary>Which clusters to select. The ways may be combined; a cluster named twice is selected once.</summary>
public sealed record SelectionRequest
{
    /// <summary>Names or wildcards, matched on ClusterName and ClusterId; an exact match wins over the wildcard's meaning.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Exact ids.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Groups, by name or wildcard.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Clusters as <see cref="ClusterPool.Known"/> gave them.</summary>
    public IReadOnlyList<KubeCluster> Clusters { get; init; } = [];

    /// <summary>Names or wildcards, matched on ClusterName and ClusterId, of what is not to be selected, whatever the other ways choose.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Every known context that can be used.</summary>
    public bool All { get; init; }

    /// <summary>The kubeconfig's current context.</summary>
    public bool Current { get; init; }

    /// <summary>The cluster that this process runs in, by its service account.</summary>
    public bool InCluster { get; init; }

    /// <summary>The last selection of any session.</summary>
    public bool Last { get; init; }

    /// <summary>Kubeconfig files or folders to look in, and nowhere else.</summary>
    public IReadOnlyList<string> Kubeconfig { get; init; } = [];

    /// <summary>Keep what is selected.</summary>
    public bool Add { get; init; }

    internal bool IsEmpty => this is { Names.Count: 0, Ids.Count: 0, Groups.Count: 0, Clusters.Count: 0, All: false, Current: false, InCluster: false, Last: false };
}
