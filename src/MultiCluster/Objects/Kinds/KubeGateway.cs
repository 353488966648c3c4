using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Gateway of Gateway API, with the columns of <c>kubectl get gateways</c>.</summary>
[Kind("gateway.networking.k8s.io", "Gateway")]
public sealed class KubeGateway : KubeObject
{
    internal KubeGateway(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The name of its GatewayClass.</summary>
    [Column(Most = 8)]
    public string? Class => SpecJson["gatewayClassName"u8].AsText();

    /// <summary>Its addresses.</summary>
    [Column("Address", Most = 12)]
    public TextList Addresses => StatusJson["addresses"u8].AsTexts("value"u8);

    /// <summary>Whether requests reach it: <c>True</c>, <c>False</c>, <c>Unknown</c>.</summary>
    [Column(Most = 10, Toned = true)]
    public string? Programmed => StatusJson["conditions"u8].OfType("Programmed"u8)["status"u8].AsText();

    /// <summary>Its listeners, by name.</summary>
    [Column(Wide = true)]
    public TextList Listeners => SpecJson["listeners"u8].AsTexts("name"u8);

    /// <summary>How many routes are attached to its listeners.</summary>
    [Column("Routes", Wide = true)]
    public int AttachedRoutes
    {
        get
        {
            var routes = 0;
            foreach (var listener in StatusJson["listeners"u8].Elements)
                routes += listener["attachedRoutes"u8].AsInt32();
            return routes;
        }
    }
}
