using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Service, with the columns of <c>kubectl get services</c>.</summary>
[Kind("", "Service")]
public sealed class KubeService : KubeObject
{
    internal KubeService(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The type: <c>ClusterIP</c>, <c>NodePort</c>, <c>LoadBalancer</c>, <c>ExternalName</c>.</summary>
    [Column(Most = 12)]
    public string? Type => SpecJson["type"u8].AsText();

    /// <summary>The IP inside the cluster, or <c>None</c> for a headless service.</summary>
    [Column("ClusterIP", Wide = true)]
    public string? ClusterIp => SpecJson["clusterIP"u8].AsText();

    /// <summary>
    /// How it is reached from outside: the load balancer's addresses and the external IPs with commas between them, <c>&lt;pending&gt;</c>
    /// while the load balancer has none, the name of an ExternalName service; null when it is not.
    /// </summary>
    [Column("ExternalIP")]
    public string? ExternalIp
    {
        get
        {
            var type = Type;
            if (type == "ExternalName")
                return SpecJson["externalName"u8].AsText();
            var ips = SpecJson["externalIPs"u8].AsTexts();
            if (type != "LoadBalancer")
                return ips.Count == 0 ? null : string.Join(',', ips);
            var all = StatusJson["loadBalancer"u8].AsLoadBalancerAddresses().Concat(ips);
            return string.Join(',', all) is { Length: > 0 } text ? text : "<pending>";
        }
    }

    /// <summary>The ports: <c>80/TCP</c>, or <c>80:30080/TCP</c> with a node port.</summary>
    [Column(Most = 7)]
    public TextList Ports
    {
        get
        {
            var ports = new List<string>();
            foreach (var port in SpecJson["ports"u8].Elements)
            {
                var node = port["nodePort"u8].AsInt32();
                var number = port["port"u8].AsInt32();
                var protocol = port["protocol"u8].AsText() ?? "TCP";
                ports.Add(node > 0 ? $"{number}:{node}/{protocol}" : $"{number}/{protocol}");
            }

            return [.. ports];
        }
    }

    /// <summary>The labels of its pods: <c>app=web</c>.</summary>
    [Column(Wide = true)]
    public string Selector => SpecJson["selector"u8].AsLabelText();
}
