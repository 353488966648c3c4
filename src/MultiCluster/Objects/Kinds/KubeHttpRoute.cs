using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>An HTTPRoute of Gateway API, with the columns of <c>kubectl get httproutes</c>.</summary>
[Kind("gateway.networking.k8s.io", "HTTPRoute")]
public sealed class KubeHttpRoute : KubeObject
{
    internal KubeHttpRoute(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The hosts that it is for; none for all of its Gateways'.</summary>
    [Column(Most = 20)]
    public TextList Hostnames => SpecJson["hostnames"u8].AsTexts();

    /// <summary>The Gateways that it belongs to.</summary>
    [Column(Wide = true)]
    public TextList Gateways => SpecJson["parentRefs"u8].AsTexts("name"u8);

    /// <summary>Whether all of them have taken it: <c>True</c>, <c>False</c>; null where none has said so.</summary>
    [Column(Most = 8, Toned = true)]
    public string? Accepted
    {
        get
        {
            string? accepted = null;
            foreach (var parent in StatusJson["parents"u8].Elements)
            {
                accepted = parent["conditions"u8].OfType("Accepted"u8)["status"u8].AsText() ?? accepted;
                if (accepted != "True")
                    break;
            }

            return accepted;
        }
    }
}
