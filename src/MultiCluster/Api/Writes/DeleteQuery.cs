namespace MultiCluster.Api.Writes;

/// <summary>What becomes of the objects that a deleted one owns (<c>propagationPolicy</c>).</summary>
public enum DeletePropagation
{
    /// <summary>The kind's own default; for most kinds as <see cref="Background"/>.</summary>
    Default,

    /// <summary>The object goes at once, and the garbage collector deletes what it owned.</summary>
    Background,

    /// <summary>The object goes when everything it owned has gone.</summary>
    Foreground,

    /// <summary>What it owned stays, without an owner.</summary>
    Orphan,
}

/// <summary>How one object is deleted (<c>meta/v1 DeleteOptions</c>).</summary>
internal sealed record DeleteQuery
{
    /// <summary>The uid that the object must have, so that one of the same name that was made meanwhile is left alone; null for any.</summary>
    public string? Uid { get; init; }

    /// <summary>What becomes of what it owns.</summary>
    public DeletePropagation Propagation { get; init; }

    /// <summary>Seconds that it has to end; 0 for at once, null for its own.</summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary>True to have the server check everything and change nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What became of an object whose deletion was asked for.</summary>
public enum DeleteOutcome
{
    /// <summary>It is gone.</summary>
    Gone,

    /// <summary>It was gone already, or another object bears its name now.</summary>
    WasGone,

    /// <summary>It is marked, and goes when its grace period is over and its finalizers are done.</summary>
    Terminating,
}
