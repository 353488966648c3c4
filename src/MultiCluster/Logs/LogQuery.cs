using MultiCluster.Pods;

namespace MultiCluster.Logs;

/// <summary>Which logs are wanted of every cluster, and how they are read.</summary>
public sealed record LogQuery : PodQuery
{
    /// <summary>Open streams of a call, unless <see cref="MaxStreams"/> says otherwise: 100.</summary>
    public const int DefaultMaxStreams = 100;

    /// <summary>The longest line in bytes that comes in one piece, unless <see cref="MaxLineBytes"/> says otherwise: 1 MiB.</summary>
    public const int DefaultMaxLineBytes = 1024 * 1024;

    /// <summary>How long lines wait for earlier ones when following, unless <see cref="OrderWindow"/> says otherwise: 250 ms.</summary>
    public static readonly TimeSpan FollowingWindow = TimeSpan.FromMilliseconds(250);

    /// <summary>How long lines wait for a container that sends nothing when not following, unless <see cref="OrderWindow"/> says otherwise: 1 s.</summary>
    public static readonly TimeSpan ReadingWindow = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Containers by name, with wildcards, init and ephemeral ones included. None for the one that kubectl takes: the pod's annotation
    /// <c>kubectl.kubernetes.io/default-container</c>, else the first.
    /// </summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>All containers, init and ephemeral ones included.</summary>
    public bool AllContainers { get; init; }

    /// <summary>Goes on with what is written from now on, and with pods that come to fit.</summary>
    public bool Follow { get; init; }

    /// <summary>The instance of each container before its last restart. Not with <see cref="Follow"/>.</summary>
    public bool Previous { get; init; }

    /// <summary>Lines that are no older than this when the call begins, by the clock of each pod's node. Not with <see cref="SinceTime"/>.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Lines of that time and later; kubelets take whole seconds.</summary>
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>The last lines of each container, counted before <see cref="Include"/> and <see cref="Exclude"/>; null for all.</summary>
    public long? Tail { get; init; }

    /// <summary>Regular expressions of which a line must fit one; case does not matter, as with <c>-match</c>. None for all lines.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Regular expressions of which a line must fit none; case does not matter.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>
    /// Streams that are open at once, over all clusters of the call, dealt to the clusters in turn. When following, containers beyond it
    /// wait until others end, and a warning counts them; otherwise all are read, so many at a time.
    /// </summary>
    public int MaxStreams { get; init; } = DefaultMaxStreams;

    /// <summary>
    /// How long a line waits for earlier ones of other containers; 0 for the order of arrival. When following, every line waits that long
    /// (default <see cref="FollowingWindow"/>). Otherwise lines wait for each container that is being read, and for one that is silent
    /// no longer than this (default <see cref="ReadingWindow"/>).
    /// </summary>
    public TimeSpan? OrderWindow { get; init; }

    /// <summary>Ends a call that follows after that time, without a fault; null for never.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>A longer line comes in several pieces of that many bytes, each a line with the same timestamp.</summary>
    public int MaxLineBytes { get; init; } = DefaultMaxLineBytes;
}
