using MultiCluster.Api.Writes;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>Which objects are to go, and how.</summary>
internal sealed record RemoveQuery
{
    /// <summary>The objects as they were read, each in its own cluster: only these go, and none that bears the name of one by now.</summary>
    public required IReadOnlyList<KubeObject> Objects { get; init; }

    /// <summary>What becomes of what they own.</summary>
    public DeletePropagation Propagation { get; init; }

    /// <summary>Seconds that each has to end; 0 for at once, null for its own.</summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary>Finalizers that are taken away from what waits for them, with wildcards. None by default.</summary>
    public IReadOnlyList<string> RemoveFinalizers { get; init; } = [];

    /// <summary>True to have the servers check everything and change nothing.</summary>
    public bool DryRun { get; init; }
}
