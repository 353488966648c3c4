namespace MultiCluster.Debugging;

/// <summary>What is done on nodes.</summary>
internal sealed record NodeDebugQuery
{
    /// <summary>The container and what is done in it.</summary>
    public DebugOptions Options { get; init; } = new();

    /// <summary>The namespace of the pods that are made; null for the one that the user works in.</summary>
    public string? Namespace { get; init; }

    /// <summary>Leaves the pods where they are.</summary>
    public bool Keep { get; init; }

    /// <summary>How long the removal of a pod is tried.</summary>
    public TimeSpan RemovalLimit { get; init; } = TimeSpan.FromSeconds(30);
}
