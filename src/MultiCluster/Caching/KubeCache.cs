using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Caching;

/// <summary>A live cache of one kind of one cluster. It shows how things are when it is read.</summary>
[Views(
    Table = "ClusterName Kind Namespace Objects Size State Age",
    List = "ClusterName ClusterId Kind ApiVersion Namespace State Age Objects Size Changes Started Fault")]
public sealed class KubeCache
{
    private readonly KindCache _cache;

    internal KubeCache(KindCache cache) => _cache = cache;

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _cache.Connection.Identity.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 16)]
    public string ClusterName => _cache.Connection.Identity.ClusterName;

    /// <summary>The kind, as <c>plural.group</c>: <c>deployments.apps</c>.</summary>
    [Column(Width = 17)]
    public string Kind => _cache.Kind.Resource;

    /// <summary>API group and version: <c>apps/v1</c>.</summary>
    [ListItem]
    public string ApiVersion => _cache.Kind.ApiVersion;

    /// <summary>The namespace; null for all.</summary>
    [Column(Width = 12)]
    public string? Namespace => _cache.Namespace;

    /// <summary>How current it is.</summary>
    [Column(Width = 7, Toned = true)]
    public CacheState State => _cache.Status.State;

    /// <summary>How old what it knows is: zero while it is live.</summary>
    [Column(Width = 5, Side = ColumnSide.Left)]
    public KubeAge Age => AgeOf(_cache);

    /// <summary>How many objects it holds.</summary>
    [Column(Width = 7)]
    public int Objects => _cache.Status.Objects;

    /// <summary>The bytes of their JSON, which is about the memory that it takes.</summary>
    [Column(Width = 9)]
    public long Size => _cache.Status.Bytes;

    /// <summary>Changes that it has followed since it was listed.</summary>
    [ListItem]
    public long Changes => _cache.Status.Changes;

    /// <summary>When it began, in local time.</summary>
    [ListItem]
    public DateTime Started => TimeZoneInfo.ConvertTime(_cache.Status.Started, _cache.Connection.Time.LocalTimeZone).DateTime;

    /// <summary>What is wrong with it, or null.</summary>
    [ListItem]
    public Fault? Fault => _cache.Status.Fault;

    internal KindCache Cache => _cache;

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}/{Kind}{(Namespace is null ? "" : $" in {Namespace}")}, {State}");

    /// <summary>How old what a cache knows is.</summary>
    internal static KubeAge AgeOf(KindCache cache) => new(cache.Connection.Time.GetUtcNow() - cache.Status.CurrentAt is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero);
}
