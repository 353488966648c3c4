namespace MultiCluster.Workloads;

/// <summary>Which workloads' rollouts are wanted of every cluster.</summary>
public sealed record RolloutQuery
{
    /// <summary>Kinds, in any form that <c>kubectl get</c> takes: Deployments, StatefulSets and DaemonSets, which are all that have rollouts. None for all three.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Names, with wildcards. None for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A <see cref="KubeRolloutRevision"/> for each revision, in place of one <see cref="KubeRollout"/> for the workload.</summary>
    public bool History { get; init; }
}
