using MultiCluster.Pods;

namespace MultiCluster.Forwarding;

/// <summary>Which ports of which pods, Services and workloads of every cluster are forwarded, and where they are listened for.</summary>
internal sealed record ForwardQuery : PodQuery
{
    /// <summary>The ports.</summary>
    public required IReadOnlyList<ForwardPort> Ports { get; init; }

    /// <summary>Where to listen.</summary>
    public ListenAddresses Addresses { get; init; } = ListenAddresses.Loopback;
}
