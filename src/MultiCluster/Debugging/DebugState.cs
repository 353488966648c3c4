namespace MultiCluster.Debugging;

/// <summary>Where a container stands that was made to debug.</summary>
public enum DebugState
{
    /// <summary>It was not made.</summary>
    NotMade,

    /// <summary>The server would make it; nothing was changed.</summary>
    DryRun,

    /// <summary>It was made, and has not started.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>Its pod was removed.</summary>
    Removed,
}
