namespace MultiCluster.Api.Watches;

/// <summary>What has happened to a watch itself.</summary>
public enum WatchNoticeType
{
    /// <summary>The objects there are have been listed, and their changes are being watched.</summary>
    Connected,

    /// <summary>The watch broke; it is tried again by itself.</summary>
    Interrupted,

    /// <summary>The watch goes on after an interruption. Nothing is missing, unless a <see cref="Gap"/> is told too.</summary>
    Resumed,

    /// <summary>
    /// The server no longer had the version at which the watch broke: what happened in between is known only by its outcome, which
    /// follows as differences.
    /// </summary>
    Gap,

    /// <summary>The objects were listed again, and the differences to what was known have been handed out as events.</summary>
    Relisted,

    /// <summary>The watch has ended, or waits for its kind to be served.</summary>
    Stopped,
}
