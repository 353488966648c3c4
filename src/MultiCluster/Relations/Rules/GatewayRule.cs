using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>The class of a Gateway, and the Secrets of its certificates, which other namespaces may lend it.</summary>
internal sealed class GatewayRule : RelationRule
{
    /// <summary>Gateway API's group.</summary>
    public const string Group = "gateway.networking.k8s.io";

    private static readonly KindKey Class = new(Group, "GatewayClass");

    public override IReadOnlyList<KindKey> Sources => [new(Group, "Gateway")];

    public override IReadOnlyList<KindKey> Targets => [Class, KindKey.Secret];

    public override bool CrossesNamespaces => true;

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        if (item.SpecJson["gatewayClassName"u8].AsText() is { } gatewayClass)
            yield return new(RelationType.Uses, "spec.gatewayClassName", Class, null, gatewayClass);
        var listenerAt = 0;
        foreach (var listener in item.SpecJson["listeners"u8].Elements)
        {
            var field = $"spec.listeners[{listenerAt++}].tls.certificateRefs";
            var at = 0;
            foreach (var reference in listener["tls"u8]["certificateRefs"u8].Elements)
            {
                var place = $"{field}[{at++}]";
                if (reference["kind"u8].AsText() is null or "Secret" && reference["name"u8].AsText() is { } secret)
                    yield return new(RelationType.Uses, place, KindKey.Secret, reference["namespace"u8].AsText() ?? item.Namespace, secret);
            }
        }
    }
}
