namespace MultiCluster.Resources;

/// <summary>Which Kubernetes events are wanted of every cluster.</summary>
internal sealed record EventQuery
{
    /// <summary><c>Normal</c> or <c>Warning</c>; null for both.</summary>
    public string? Type { get; init; }

    /// <summary>Reasons, with wildcards: <c>BackOff</c>, <c>Failed*</c>. None for all.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>
    /// How long ago an event may have been seen last. Reading: null for all that there are. Watching: null to leave out those that there are
    /// when the watch begins.
    /// </summary>
    public TimeSpan? Since { get; init; }

    /// <summary>How many events the whole call wants, or null for all. Reading: the newest.</summary>
    public int? First { get; init; }

    /// <summary>Namespaces; none for the session's. Without effect when <see cref="Subjects"/> are given.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Only events about these objects; each in its own cluster. None for all events.</summary>
    public IReadOnlyList<EventSubject> Subjects { get; init; } = [];

    /// <summary>Reading: out of a live cache of events, without a request.</summary>
    public bool Cached { get; init; }

    /// <summary>Watching: ends the call after that time, without a fault; null for never.</summary>
    public TimeSpan? Duration { get; init; }
}
