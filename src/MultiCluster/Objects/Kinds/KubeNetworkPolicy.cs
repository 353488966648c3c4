using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A NetworkPolicy, with the columns of <c>kubectl get networkpolicies</c>.</summary>
[Kind("networking.k8s.io", "NetworkPolicy")]
public sealed class KubeNetworkPolicy : KubeObject
{
    internal KubeNetworkPolicy(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The label selector of the pods it is about; <c>&lt;none&gt;</c> means every pod of the namespace.</summary>
    [Column(Most = 16)]
    public string PodSelector => SpecJson["podSelector"u8].AsSelectorText();

    /// <summary><c>Ingress</c>, <c>Egress</c> or both.</summary>
    [Column(Wide = true)]
    public TextList PolicyTypes => SpecJson["policyTypes"u8].AsTexts();
}
