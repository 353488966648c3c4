using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>An Issuer of cert-manager, with the columns of <c>kubectl get issuers</c>, and of what sort it is.</summary>
[Kind("cert-manager.io", "Issuer")]
public sealed class KubeIssuer : KubeObject
{
    internal KubeIssuer(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Whether it can issue: <c>True</c>, <c>False</c>, <c>Unknown</c>.</summary>
    [Column(Most = 7, Toned = true)]
    public string? Ready => Condition["status"u8].AsText();

    /// <summary>Of what sort: <c>acme</c>, <c>ca</c>, <c>selfSigned</c>, <c>vault</c>, <c>venafi</c>.</summary>
    [Column(Most = 10)]
    public string? Type => TypeOf(SpecJson);

    /// <summary>Why it can, or cannot.</summary>
    [Column("Status", Wide = true)]
    [ListItem]
    public string? Message => Condition["message"u8].AsText();

    private JsonSlice Condition => StatusJson["conditions"u8].OfType("Ready"u8);

    /// <summary>Of what sort an Issuer of that spec is: the name of the one table in it.</summary>
    internal static string? TypeOf(JsonSlice spec)
    {
        foreach (var member in spec.Members)
        {
            if (member.Value.IsObject)
                return member.Name;
        }

        return null;
    }
}
