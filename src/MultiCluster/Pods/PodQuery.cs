using MultiCluster.Objects;

namespace MultiCluster.Pods;

/// <summary>Which pods are wanted of every cluster.</summary>
public record PodQuery
{
    /// <summary>
    /// Names of pods, or of what has pods, written as <c>kind/name</c>: <c>deployment/web</c>, <c>job/backup</c>, <c>service/web</c>,
    /// <c>node/worker-1</c>. Both with wildcards in the name. Neither these nor <see cref="Objects"/> means all pods that fit the selectors.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Pods, workloads, Services and nodes that were read before; each is looked up in its own cluster, whatever the namespaces say.</summary>
    public IReadOnlyList<KubeObject> Objects { get; init; } = [];

    /// <summary>Namespaces; none for the session's. A node's pods are meant in all namespaces unless some are named.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector of the pods; narrows those of workloads and nodes too.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector of the pods; narrows those of workloads and nodes too.</summary>
    public string? FieldSelector { get; init; }
}
