using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Relations.Rules;

/// <summary>The Gateways that an HTTPRoute belongs to, and the Services that it leads to.</summary>
internal sealed class HttpRouteRule : RelationRule
{
    private static readonly KindKey Gateway = new(GatewayRule.Group, "Gateway");

    public override IReadOnlyList<KindKey> Sources => [new(GatewayRule.Group, "HTTPRoute")];

    public override IReadOnlyList<KindKey> Targets => [Gateway, KindKey.Service];

    public override bool CrossesNamespaces => true;

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var parentAt = 0;
        foreach (var parent in item.SpecJson["parentRefs"u8].Elements)
        {
            var field = $"spec.parentRefs[{parentAt++}]";
            if (Named(parent, "Gateway", GatewayRule.Group) is { } gateway)
                yield return new(RelationType.Uses, field, Gateway, parent["namespace"u8].AsText() ?? item.Namespace, gateway);
        }

        var ruleAt = 0;
        foreach (var rule in item.SpecJson["rules"u8].Elements)
        {
            var field = $"spec.rules[{ruleAt++}].backendRefs";
            var at = 0;
            foreach (var backend in rule["backendRefs"u8].Elements)
            {
                var place = $"{field}[{at++}]";
                if (Named(backend, "Service", "") is { } service)
                    yield return new(RelationType.Routes, place, KindKey.Service, backend["namespace"u8].AsText() ?? item.Namespace, service);
            }
        }
    }

    /// <summary>The name of a reference that is of a kind, which is what it is when it does not say.</summary>
    private static string? Named(JsonSlice reference, string kind, string group) =>
        (reference["kind"u8].AsText() ?? kind) == kind && (reference["group"u8].AsString() ?? group) == group ? reference["name"u8].AsText() : null;
}
