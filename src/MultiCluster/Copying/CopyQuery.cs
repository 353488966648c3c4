using MultiCluster.Pods;

namespace MultiCluster.Copying;

/// <summary>What is copied between this machine and pods of every cluster, and which way.</summary>
public sealed record CopyQuery : PodQuery
{
    /// <summary>What is copied: paths in the pods, or full paths of this machine when it goes <see cref="ToPods"/>.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>
    /// Where to: a full path of this machine, or a path in the pods when it goes <see cref="ToPods"/>. A folder that is there, or a path with
    /// a slash at its end, takes what is copied under its own name; any other path is its new name.
    /// </summary>
    public required string Destination { get; init; }

    /// <summary>True to copy into the pods, false to copy out of them.</summary>
    public bool ToPods { get; init; }

    /// <summary>
    /// True to put what comes out of each pod into a folder of its own under <see cref="Destination"/>: cluster, namespace, pod. False for one
    /// pod, whose files go to the destination itself.
    /// </summary>
    public bool FolderForEachPod { get; init; } = true;

    /// <summary>
    /// The container. Null for the one that kubectl takes: the pod's annotation <c>kubectl.kubernetes.io/default-container</c>, else the first.
    /// </summary>
    public string? Container { get; init; }

    /// <summary>True to overwrite files of this machine that are read-only.</summary>
    public bool Force { get; init; }

    /// <summary>How long nothing may come or go before a pod's copy counts as stalled: 30 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pods with which files are exchanged at once in each cluster: 8.</summary>
    public int AtOnce { get; init; } = 8;
}
