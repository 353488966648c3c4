using MultiCluster.Faults;

namespace MultiCluster.Clusters;

/// <summary>A selection that has been made; its clusters may still be connecting.</summary>
/// <param name="Clusters">What the request chose, in its order. The rest of the selection is in the pool.</param>
/// <param name="Refusals">What it named and could not have: nothing of that name, a context that cannot be used, a duplicate context name.</param>
public sealed record SelectionResult(IReadOnlyList<KubeCluster> Clusters, IReadOnlyList<SelectionRefusal> Refusals)
{
    /// <summary>What the user should know of preferences and files, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What was passed over and need not be told unless it is missed, a sentence each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>Why a cluster was not selected.</summary>
/// <param name="Target">The cluster, or the name that fits none.</param>
/// <param name="Fault">The reason.</param>
public sealed record SelectionRefusal(object Target, Fault Fault);
