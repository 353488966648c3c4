using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Api.Discovery;

/// <summary>The kinds that a cluster served at some moment.</summary>
internal sealed record DiscoverySnapshot
{
    /// <summary>
    /// All kinds in the server's preferred order: the core group first, then the groups, each with its preferred version first.
    /// </summary>
    public required IReadOnlyList<ResourceKind> Kinds { get; init; }

    /// <summary>Group versions that did not answer, or whose kinds may be out of date.</summary>
    public IReadOnlyList<DiscoveryNotice> Notices { get; init; } = [];

    /// <summary>When the cluster was asked.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>Why a whole half of the API (<c>/api</c> or <c>/apis</c>) is missing; such a snapshot is not worth keeping.</summary>
    internal Fault? Failure { get; init; }
}

/// <summary>Something about one group version that whoever looks for its kinds should know.</summary>
/// <param name="GroupVersion"><c>metrics.k8s.io/v1beta1</c>, or the path <c>/api</c> or <c>/apis</c>.</param>
/// <param name="Detail">What is the matter, without a full stop.</param>
internal sealed record DiscoveryNotice(string GroupVersion, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{GroupVersion}: {Detail}");
}
