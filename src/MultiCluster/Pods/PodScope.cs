using MultiCluster.Api.Lists;
using MultiCluster.Objects;

namespace MultiCluster.Pods;

/// <summary>Pods of one cluster that are asked for together, and may become more: of a selector, a workload or a node.</summary>
internal sealed record PodScope
{
    /// <summary>What the server is asked for.</summary>
    public required ListQuery Query { get; init; }

    /// <summary>Which of these by their name; null for all.</summary>
    public Func<string, bool>? Names { get; init; }

    /// <summary>The object whose pods they must be, through their owner references; null when any will do.</summary>
    public KubeObject? Owner { get; init; }

    /// <summary>What they were asked for as: the workload, the Service, the node; null for pods by their own names and labels.</summary>
    public KubeObject? Of { get; init; }

    /// <summary>Names that must be there.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>The same pods of one namespace.</summary>
    public PodScope In(string? ns) => this with { Query = Query with { Namespace = ns } };
}

/// <summary>One pod that is asked for by its name.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Known">The pod as it was read before, or null.</param>
internal sealed record PodName(string Namespace, string Name, KubePod? Known = null);
