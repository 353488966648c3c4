using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Resources;

/// <summary>What leads to one object: a row of a table, read once and kept wherever, says no more.</summary>
internal sealed record ObjectReference
{
    /// <summary>The id of its cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Its kind, in any form that <c>kubectl get</c> takes; null when it does not say, and the call has to.</summary>
    public string? Kind { get; init; }

    /// <summary>Group and version of its kind: <c>apps/v1</c>; null when it does not say.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Its namespace; null for objects of the whole cluster, or when it does not say.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The uid that the object must have; null for whichever bears the name.</summary>
    public string? Uid { get; init; }

    /// <summary>The reference to an object that was read before.</summary>
    public static ObjectReference To(KubeObject item) => new()
    {
        ClusterId = item.ClusterId,
        Kind = item.Kind,
        ApiVersion = item.ApiVersion,
        Namespace = item.Namespace,
        Name = item.Name,
        Uid = item.Uid,
    };

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{(Kind is null ? "" : $"{Kind}/")}{(Namespace is null ? "" : $"{Namespace}/")}{Name}");
}
