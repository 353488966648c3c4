using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Api.Watches;

/// <summary>What an <see cref="ObjectWatch"/> watches, and how.</summary>
internal sealed record WatchTarget
{
    /// <summary>The cluster.</summary>
    public required ClusterIdentity Cluster { get; init; }

    /// <summary>The kind.</summary>
    public required ResourceKind Kind { get; init; }

    /// <summary>Which of its objects: namespace, selectors, metadata only.</summary>
    public required ListQuery Query { get; init; }

    /// <summary>Which of these by their name; null for all.</summary>
    public Func<string, bool>? Names { get; init; }

    /// <summary>What the call brings along to each request.</summary>
    public CallContext Call { get; init; } = CallContext.Default;

    /// <summary>The largest event that is read.</summary>
    public int MaxEventBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>What is tried, to be read after "cannot".</summary>
    public string Operation => $"watch {Kind.Plural}{(!Kind.Namespaced ? "" : Query.Namespace is null ? " in all namespaces" : $" in namespace {Query.Namespace}")}";
}
