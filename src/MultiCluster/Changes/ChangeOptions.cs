namespace MultiCluster.Changes;

/// <summary>How a call changes its clusters.</summary>
internal sealed record ChangeOptions
{
    /// <summary>True to have the servers check everything and change nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many clusters are changed before the next ones are begun; null for all at once.</summary>
    public int? ClusterBatch { get; init; }

    /// <summary>Begins no further batch when so many clusters have failed; null for whatever fails.</summary>
    public int? MaxFailure { get; init; }

    /// <summary>How long an object may take until it is ready; null when nobody waits for that.</summary>
    public TimeSpan? Wait { get; init; }
}
