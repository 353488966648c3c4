using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>An EndpointSlice, with the columns of <c>kubectl get endpointslices</c>.</summary>
[Kind("discovery.k8s.io", "EndpointSlice")]
public sealed class KubeEndpointSlice : KubeObject
{
    internal KubeEndpointSlice(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The kind of its addresses: <c>IPv4</c>, <c>IPv6</c>, <c>FQDN</c>.</summary>
    [Column(Wide = true)]
    public string? AddressType => Root["addressType"u8].AsText();

    /// <summary>The endpoints.</summary>
    public KubeList? Endpoints => Root["endpoints"u8].AsList();

    /// <summary>The ports.</summary>
    public KubeList? Ports => Root["ports"u8].AsList();

    /// <summary>The ports' numbers; the name of a port without a number, <c>*</c> without either.</summary>
    [Column("Ports")]
    public TextList PortNumbers
    {
        get
        {
            var numbers = new List<string>();
            foreach (var port in Root["ports"u8].Elements)
                numbers.Add(port["port"u8].AsText() ?? port["name"u8].AsText() ?? "*");
            return [.. numbers];
        }
    }

    /// <summary>The addresses of all endpoints, ready or not.</summary>
    [Column("Endpoints", Most = 16)]
    public TextList Addresses
    {
        get
        {
            var addresses = new List<string>();
            foreach (var endpoint in Root["endpoints"u8].Elements)
                addresses.AddRange(endpoint["addresses"u8].AsTexts());
            return [.. addresses];
        }
    }

    /// <summary>The Service it belongs to.</summary>
    [Column(Wide = true)]
    public string? Service => LabelsJson["kubernetes.io/service-name"u8].AsText();
}
