namespace MultiCluster.Nodes;

/// <summary>Where the drain of a node stands, or how it ended.</summary>
public enum DrainState
{
    /// <summary>Its turn has not come.</summary>
    Planned,

    /// <summary>It is being cordoned.</summary>
    Cordoning,

    /// <summary>Pods are being asked to go; some may have to wait for their budget.</summary>
    Evicting,

    /// <summary>All pods have been asked; the last are ending, or their replacements are starting.</summary>
    Waiting,

    /// <summary>All pods that go have gone.</summary>
    Drained,

    /// <summary>It could not be done: see the reason.</summary>
    Failed,

    /// <summary>It took longer than it may.</summary>
    TimedOut,

    /// <summary>It was stopped: by its user, or because the cluster was deselected.</summary>
    Cancelled,

    /// <summary>It was not begun, because of what became of other nodes.</summary>
    Skipped,

    /// <summary>It was not begun: a pod may not go. The node was not touched.</summary>
    Blocked,
}
