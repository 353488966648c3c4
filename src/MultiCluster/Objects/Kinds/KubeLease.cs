using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Lease, with the columns of <c>kubectl get leases</c>.</summary>
[Kind("coordination.k8s.io", "Lease")]
public sealed class KubeLease : KubeObject
{
    internal KubeLease(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Who holds it.</summary>
    [Column(Most = 14)]
    public string? Holder => SpecJson["holderIdentity"u8].AsText();

    /// <summary>When its holder last renewed it, in local time.</summary>
    [Column(Wide = true)]
    public DateTime? RenewTime => SpecJson["renewTime"u8].AsLocalTime();
}
