using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Changes;

/// <summary>What is wanted of one object, in one cluster or in each of the call's.</summary>
internal sealed record ObjectChange
{
    /// <summary>The id of its cluster; null for every cluster of the call.</summary>
    public string? ClusterId { get; init; }

    /// <summary>API group and version: <c>apps/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The kind: <c>Deployment</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The namespace; null for that which the user works in, or none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name; empty for one that the server makes.</summary>
    public required string Name { get; init; }

    /// <summary>The uid that the object must have; null for whichever bears the name.</summary>
    public string? Uid { get; init; }

    /// <summary>Where it was asked for: <c>web.yaml:12</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the object is read before: for what differs, and for writes that are made of it.</summary>
    public bool ReadsBefore { get; init; } = true;

    /// <summary>Whether the write is made of the object as it is, so that it is made again when that was changed meanwhile.</summary>
    public bool IsRemade { get; init; }

    /// <summary>The object as it was when the change was begun by hand: what differs from it now was changed meanwhile. Null where nobody knows.</summary>
    public KubeObject? Original { get; init; }

    /// <summary>Whether the object may be missing before.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>The write that makes it so, given the object as it is (null: it is not there); null when nothing is left to do.</summary>
    /// <remarks>May throw a <see cref="Faults.FaultException"/>: what is wanted cannot be had of this object.</remarks>
    public required Func<KubeObject?, ObjectWrite?> Write { get; init; }

    /// <summary>The object as it is asked for, where that is known as a whole.</summary>
    public JsonSlice Wanted { get; init; }

    /// <summary>What else must hold for the object as it is, and is asked of its cluster; throws a fault when it does not.</summary>
    public Func<ClusterConnection, KubeObject, CallContext, CancellationToken, Task>? Check { get; init; }

    /// <summary>The fields that changed, for an answer that is not the object, as of its scale; null for what differs.</summary>
    public Func<KubeObject?, KubeObject, IReadOnlyList<KubeFieldChange>>? Describe { get; init; }

    /// <summary>What the write is called: <c>Apply</c>.</summary>
    public required string Action { get; init; }

    /// <summary>API group, empty for the core group.</summary>
    public string Group => ApiVersion.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? ApiVersion[..slash] : "";
}
