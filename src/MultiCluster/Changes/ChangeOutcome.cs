namespace MultiCluster.Changes;

/// <summary>What became of an object that was to be changed, in one cluster.</summary>
public enum ChangeOutcome
{
    /// <summary>It was not there, and is now.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Configured,

    /// <summary>It was as it should be.</summary>
    Unchanged,

    /// <summary>It was removed, or is going.</summary>
    Pruned,

    /// <summary>Others own fields of it, or have changed it meanwhile: nothing was changed.</summary>
    Conflict,

    /// <summary>The server does not accept it: nothing was changed.</summary>
    Invalid,

    /// <summary>It could not be changed, or did not become ready in time.</summary>
    Failed,

    /// <summary>It was not begun: others had failed before it.</summary>
    Skipped,

    /// <summary>The call was stopped before it was done.</summary>
    Cancelled,
}
