using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Certificate of cert-manager, with the columns of <c>kubectl get certificates</c>, and when it ends.</summary>
[Kind("cert-manager.io", "Certificate")]
public sealed class KubeCertificate : KubeObject
{
    internal KubeCertificate(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Whether its Secret holds what is wanted: <c>True</c>, <c>False</c>, <c>Unknown</c>; null where cert-manager has not said so.</summary>
    [Column(Most = 7, Toned = true)]
    public string? Ready => Condition["status"u8].AsText();

    /// <summary>The Secret that it is written to.</summary>
    [Column(Most = 12)]
    public string? Secret => SpecJson["secretName"u8].AsText();

    /// <summary>When it ends, in local time; null while none was issued.</summary>
    [Column("Expires", Most = 10, Format = "{0:yyyy-MM-dd}")]
    [ListItem]
    public DateTime? NotAfter => StatusJson["notAfter"u8].AsLocalTime();

    /// <summary>The name of its Issuer or ClusterIssuer.</summary>
    [Column(Wide = true)]
    public string? Issuer => SpecJson["issuerRef"u8]["name"u8].AsText();

    /// <summary>When cert-manager renews it, in local time.</summary>
    [Column("Renews", Most = 10, Format = "{0:yyyy-MM-dd}", Wide = true)]
    [ListItem]
    public DateTime? RenewalTime => StatusJson["renewalTime"u8].AsLocalTime();

    /// <summary>The names that it is for.</summary>
    public TextList DnsNames => SpecJson["dnsNames"u8].AsTexts();

    /// <summary>Why it is ready, or not.</summary>
    [Column("Status", Wide = true)]
    [ListItem]
    public string? Message => Condition["message"u8].AsText();

    /// <summary>The condition Ready.</summary>
    internal JsonSlice Condition => StatusJson["conditions"u8].OfType("Ready"u8);
}
