using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Relations.Rules;

/// <summary>The Services that a Route of OpenShift leads to.</summary>
internal sealed class RouteRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => [new("route.openshift.io", "Route")];

    public override IReadOnlyList<KindKey> Targets => [KindKey.Service];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        if (Service(item.SpecJson["to"u8]) is { } service)
            yield return new(RelationType.Routes, "spec.to", KindKey.Service, item.Namespace, service);
        var at = 0;
        foreach (var other in item.SpecJson["alternateBackends"u8].Elements)
        {
            var field = $"spec.alternateBackends[{at++}]";
            if (Service(other) is { } alternate)
                yield return new(RelationType.Routes, field, KindKey.Service, item.Namespace, alternate);
        }
    }

    private static string? Service(JsonSlice reference) => reference["kind"u8].AsText() is null or "Service" ? reference["name"u8].AsText() : null;
}
