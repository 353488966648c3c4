namespace MultiCluster.Sandbox.Objects;

/// <summary>How a cluster serves watches. May be changed at any time; a running watch keeps what it began with, except for the limits.</summary>
public sealed class WatchSettings
{
    /// <summary>How often a watch that allows bookmarks gets one; one more comes 2 s before the server ends it. 1 minute by default.</summary>
    public TimeSpan BookmarkInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the server lets a watch run that names no <c>timeoutSeconds</c>: from this to twice as long. 30 minutes by default.</summary>
    public TimeSpan LeastTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Writes that each kind remembers; a watch from before them is expired (410). 2,000 by default.</summary>
    public int History { get; set; } = 2_000;

    /// <summary>Events that a watcher may be behind; the server ends one that is further. 1,000 by default.</summary>
    public int Queue { get; set; } = 1_000;

    /// <summary>What becomes of <c>sendInitialEvents</c>.</summary>
    public StreamingList StreamingList { get; set; }
}
