using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>The pods that an EndpointSlice leads to.</summary>
internal sealed class EndpointRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => [KindKey.EndpointSlice];

    public override IReadOnlyList<KindKey> Targets => [KindKey.Pod];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var at = 0;
        foreach (var endpoint in item.Root["endpoints"u8].Elements)
        {
            var field = $"endpoints[{at++}].targetRef";
            var target = endpoint["targetRef"u8];
            if (target["kind"u8].Is("Pod"u8) && target["name"u8].AsText() is { } pod)
                yield return new(RelationType.Routes, field, KindKey.Pod, target["namespace"u8].AsText() ?? item.Namespace, pod);
        }
    }
}
