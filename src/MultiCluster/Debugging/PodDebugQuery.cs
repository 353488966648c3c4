using MultiCluster.Pods;

namespace MultiCluster.Debugging;

/// <summary>Which pods of every cluster get a container to debug with, and which.</summary>
internal sealed record PodDebugQuery : PodQuery
{
    /// <summary>The container and what is done in it.</summary>
    public DebugOptions Options { get; init; } = new();

    /// <summary>The container's name; null for <c>debugger-</c> and five characters.</summary>
    public string? ContainerName { get; init; }

    /// <summary>The container of the pod whose processes it sees; null for none.</summary>
    public string? Target { get; init; }
}
