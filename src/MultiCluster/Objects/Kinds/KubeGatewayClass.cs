using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A GatewayClass of Gateway API, with the columns of <c>kubectl get gatewayclasses</c>.</summary>
[Kind("gateway.networking.k8s.io", "GatewayClass")]
[Views(Without = nameof(Namespace))]
public sealed class KubeGatewayClass : KubeObject
{
    internal KubeGatewayClass(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The controller that makes its Gateways.</summary>
    [Column(Most = 24)]
    public string? Controller => SpecJson["controllerName"u8].AsText();

    /// <summary>Whether that has taken it: <c>True</c>, <c>False</c>, <c>Unknown</c>.</summary>
    [Column(Most = 8, Toned = true)]
    public string? Accepted => StatusJson["conditions"u8].OfType("Accepted"u8)["status"u8].AsText();

    /// <summary>What it is for.</summary>
    [Column(Wide = true)]
    public string? Description => SpecJson["description"u8].AsText();
}
