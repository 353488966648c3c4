using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A CertificateRequest of cert-manager, with the columns of <c>kubectl get certificaterequests</c>.</summary>
[Kind("cert-manager.io", "CertificateRequest")]
public sealed class KubeCertificateRequest : KubeObject
{
    internal KubeCertificateRequest(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Whether it was approved: <c>True</c>; null while nobody has judged it.</summary>
    [Column(Most = 8)]
    public string? Approved => Condition("Approved"u8)["status"u8].AsText();

    /// <summary>Whether it was denied.</summary>
    [Column(Most = 6, Toned = true)]
    public string? Denied => Condition("Denied"u8)["status"u8].AsText();

    /// <summary>Whether the certificate was issued: <c>True</c>, <c>False</c>.</summary>
    [Column(Most = 5, Toned = true)]
    public string? Ready => Condition("Ready"u8)["status"u8].AsText();

    /// <summary>The name of its Issuer or ClusterIssuer.</summary>
    [Column(Most = 8)]
    public string? Issuer => SpecJson["issuerRef"u8]["name"u8].AsText();

    /// <summary>Who asks for it.</summary>
    [Column(Wide = true)]
    public string? Requester => SpecJson["username"u8].AsText();

    /// <summary>How far it is, or why it has failed.</summary>
    [Column("Status", Wide = true)]
    [ListItem]
    public string? Message => Condition("Ready"u8)["message"u8].AsText();

    private JsonSlice Condition(ReadOnlySpan<byte> type) => StatusJson["conditions"u8].OfType(type);
}
