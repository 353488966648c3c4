using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>The issuer of a Certificate of cert-manager, and the Secret that it is written to.</summary>
internal sealed class CertificateRule : RelationRule
{
    private const string Group = "cert-manager.io";

    private static readonly KindKey Issuer = new(Group, "Issuer");
    private static readonly KindKey ClusterIssuer = new(Group, "ClusterIssuer");

    public override IReadOnlyList<KindKey> Sources => [new(Group, "Certificate")];

    public override IReadOnlyList<KindKey> Targets => [Issuer, ClusterIssuer, KindKey.Secret];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        if (item.SpecJson["secretName"u8].AsText() is { } secret)
            yield return new(RelationType.Uses, "spec.secretName", KindKey.Secret, item.Namespace, secret);
        var issuer = item.SpecJson["issuerRef"u8];
        if (issuer["name"u8].AsText() is not { } name || issuer["group"u8].AsText() is not (null or Group))
            yield break;
        var isClusters = issuer["kind"u8].Is("ClusterIssuer"u8);
        yield return new(RelationType.Uses, "spec.issuerRef", isClusters ? ClusterIssuer : Issuer, isClusters ? null : item.Namespace, name);
    }
}
