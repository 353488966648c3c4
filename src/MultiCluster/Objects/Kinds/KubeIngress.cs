using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>An Ingress, with the columns of <c>kubectl get ingresses</c>.</summary>
[Kind("networking.k8s.io", "Ingress")]
[Kind("extensions", "Ingress")]
public sealed class KubeIngress : KubeObject
{
    internal KubeIngress(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The name of its IngressClass.</summary>
    [Column(Wide = true)]
    public string? Class => SpecJson["ingressClassName"u8].AsText();

    /// <summary>The hosts of its rules; <c>*</c> when none names one.</summary>
    [Column(Most = 14)]
    public TextList Hosts => SpecJson["rules"u8].AsTexts("host"u8) is { Count: > 0 } hosts ? hosts : ["*"];

    /// <summary>The load balancer's addresses with commas between them; null while it has none.</summary>
    [Column(Most = 12)]
    public string? Address => StatusJson["loadBalancer"u8].AsLoadBalancerAddresses() is { Count: > 0 } all ? string.Join(',', all) : null;

    /// <summary><c>80, 443</c> with TLS, else <c>80</c>.</summary>
    [Column(Wide = true)]
    public string Ports => SpecJson["tls"u8].Count() > 0 ? "80, 443" : "80";
}
