using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>The Services that an Ingress leads to, and the Secrets of its certificates.</summary>
internal sealed class IngressRule : RelationRule
{
    private static readonly KindKey Class = new("networking.k8s.io", "IngressClass");

    public override IReadOnlyList<KindKey> Sources => [KindKey.Ingress];

    public override IReadOnlyList<KindKey> Targets => [KindKey.Service, KindKey.Secret, Class];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var spec = item.SpecJson;
        if (spec["ingressClassName"u8].AsText() is { } ingressClass)
            yield return new(RelationType.Uses, "spec.ingressClassName", Class, null, ingressClass);
        if (spec["defaultBackend"u8]["service"u8]["name"u8].AsText() is { } fallback)
            yield return new(RelationType.Routes, "spec.defaultBackend.service", KindKey.Service, item.Namespace, fallback);
        var ruleAt = 0;
        foreach (var rule in spec["rules"u8].Elements)
        {
            var field = $"spec.rules[{ruleAt++}].http.paths";
            var pathAt = 0;
            foreach (var path in rule["http"u8]["paths"u8].Elements)
            {
                var place = $"{field}[{pathAt++}].backend.service";
                if (path["backend"u8]["service"u8]["name"u8].AsText() is { } service)
                    yield return new(RelationType.Routes, place, KindKey.Service, item.Namespace, service);
            }
        }

        var tlsAt = 0;
        foreach (var tls in spec["tls"u8].Elements)
        {
            var field = $"spec.tls[{tlsAt++}].secretName";
            if (tls["secretName"u8].AsText() is { } secret)
                yield return new(RelationType.Uses, field, KindKey.Secret, item.Namespace, secret);
        }
    }
}
