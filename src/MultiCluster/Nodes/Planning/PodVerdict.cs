namespace MultiCluster.Nodes.Planning;

/// <summary>What one filter thinks of a pod.</summary>
internal enum PodAction
{
    /// <summary>It may go, as far as this filter is concerned.</summary>
    Go,

    /// <summary>It stays, and no further filter is asked.</summary>
    Skip,

    /// <summary>It may not go; the further filters are asked for their reasons.</summary>
    Block,
}

/// <summary>What one filter thinks of a pod, and why.</summary>
/// <param name="Action">What becomes of it.</param>
/// <param name="Reason">Why, as a clause after the pod's name; null when the filter has nothing to say.</param>
/// <param name="Many">The same of several pods, of all that have it in common; null where it is never said of several.</param>
internal readonly record struct PodVerdict(PodAction Action, string? Reason = null, string? Many = null)
{
    /// <summary>Nothing to say against its going.</summary>
    public static PodVerdict Go => new(PodAction.Go);
}
