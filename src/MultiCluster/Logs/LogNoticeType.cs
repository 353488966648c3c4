namespace MultiCluster.Logs;

/// <summary>What has happened to the reading of logs.</summary>
public enum LogNoticeType
{
    /// <summary>A container that has started since the call began is followed too, from its first line.</summary>
    Joined,

    /// <summary>A container that is followed was started again; its new instance is followed from its first line.</summary>
    Restarted,

    /// <summary>A container that was followed has ended for good, or its pod is gone; all that it wrote has been read.</summary>
    Ended,

    /// <summary>A container has no log, because it has not started.</summary>
    Waiting,

    /// <summary>Streams of the cluster broke; they are opened again by themselves.</summary>
    Interrupted,

    /// <summary>All streams that broke go on where they broke: nothing is missing that no <see cref="Gap"/> tells of, and nothing comes twice.</summary>
    Resumed,

    /// <summary>Lines may be missing: while a stream was broken, the log was rotated, or the container was started again more than once.</summary>
    Gap,

    /// <summary>Containers are left out because as many streams are open as may be; said once as a warning, then as it changes.</summary>
    LeftOut,

    /// <summary>More logs are read than streams may be open at once: the order of time holds among those read together.</summary>
    PartlyOrdered,

    /// <summary>The cluster was disconnected.</summary>
    Stopped,
}
