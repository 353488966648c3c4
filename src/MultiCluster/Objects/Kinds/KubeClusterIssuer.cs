using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ClusterIssuer of cert-manager, with the columns of <c>kubectl get clusterissuers</c>, and of what sort it is.</summary>
[Kind("cert-manager.io", "ClusterIssuer")]
[Views(Without = nameof(Namespace))]
public sealed class KubeClusterIssuer : KubeObject
{
    internal KubeClusterIssuer(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Whether it can issue: <c>True</c>, <c>False</c>, <c>Unknown</c>.</summary>
    [Column(Most = 7, Toned = true)]
    public string? Ready => Condition["status"u8].AsText();

    /// <summary>Of what sort: <c>acme</c>, <c>ca</c>, <c>selfSigned</c>, <c>vault</c>, <c>venafi</c>.</summary>
    [Column(Most = 10)]
    public string? Type => KubeIssuer.TypeOf(SpecJson);

    /// <summary>Why it can, or cannot.</summary>
    [Column("Status", Wide = true)]
    [ListItem]
    public string? Message => Condition["message"u8].AsText();

    private JsonSlice Condition => StatusJson["conditions"u8].OfType("Ready"u8);
}
