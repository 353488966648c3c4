namespace MultiCluster.Workloads;

/// <summary>Where an object stands on its way to what its spec says.</summary>
public enum RolloutState
{
    /// <summary>It is as it should be.</summary>
    Done,

    /// <summary>Something is missing, and on its way.</summary>
    InProgress,

    /// <summary>It is not going to become what it should be by itself.</summary>
    Failed,

    /// <summary>Somebody has paused it.</summary>
    Paused,
}
