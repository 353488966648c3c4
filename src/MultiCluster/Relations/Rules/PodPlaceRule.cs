using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Relations.Rules;

/// <summary>The node that a pod runs on, and the ServiceAccount that it runs as.</summary>
internal sealed class PodPlaceRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => PodSpec.Kinds;

    public override IReadOnlyList<KindKey> Targets => [KindKey.Node, KindKey.ServiceAccount];

    public override string? FieldsOf(KindKey source, KubeObject target) => source == KindKey.Pod
        ? $"{(KindKey.Of(target) == KindKey.Node ? "spec.nodeName" : "spec.serviceAccountName")}={FieldSelector.Escape(target.Name)}"
        : null;

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var (spec, path) = PodSpec.Of(item);
        if (spec["serviceAccountName"u8].AsText() is { } account)
            yield return new(RelationType.Uses, $"{path}.serviceAccountName", KindKey.ServiceAccount, item.Namespace, account);
        if (spec["nodeName"u8].AsText() is { } node)
            yield return new(RelationType.Uses, $"{path}.nodeName", KindKey.Node, null, node);
    }
}
