namespace MultiCluster.Resources;

/// <summary>Which objects are watched on every cluster.</summary>
public sealed record WatchQuery
{
    /// <summary>The largest event that is read, unless <see cref="MaxEventBytes"/> says otherwise: 64 MiB.</summary>
    public const int DefaultMaxEventBytes = 64 * 1024 * 1024;

    /// <summary>Kinds, in any form that <c>kubectl get</c> takes.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Names, with wildcards. None for all. An object that is not there yet is waited for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespaces; none for the session's.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>All namespaces, those that come later included.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Metadata only, a fraction of the bytes.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>Leaves out the objects that are there when the watch begins, and hands out only what changes afterwards.</summary>
    public bool ChangesOnly { get; init; }

    /// <summary>Ends the call after that many events of all clusters; null for never.</summary>
    public int? First { get; init; }

    /// <summary>Ends the call after that time, without a fault; null for never.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// The largest event that is read, in bytes. Memory for it is taken only when one comes. A larger one ends the watch of its kind
    /// with a Decode fault.
    /// </summary>
    public int MaxEventBytes { get; init; } = DefaultMaxEventBytes;
}
