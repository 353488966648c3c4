using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Relations.Rules;

/// <summary>Selectors of Services, NetworkPolicies and budgets, which fit pods of their namespace.</summary>
internal sealed class SelectorRule : RelationRule
{
    private static readonly KindKey Policy = new("networking.k8s.io", "NetworkPolicy");
    private static readonly KindKey Budget = new("policy", "PodDisruptionBudget");

    public override IReadOnlyList<KindKey> Sources => [KindKey.Service, Policy, Budget];

    public override IReadOnlyList<KindKey> Targets => [KindKey.Pod];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var spec = item.SpecJson;
        if (KindKey.Of(item) == KindKey.Service)
        {
            // A Service without a selector selects nothing: somebody else makes its endpoints.
            if (spec["selector"u8].Count() > 0)
                yield return Pods(item, "spec.selector", LabelMatch.OfLabels(spec["selector"u8]));
        }
        else if (KindKey.Of(item) == Policy)
        {
            yield return Pods(item, "spec.podSelector", LabelMatch.Of(spec["podSelector"u8]));
        }
        else if (spec["selector"u8].IsObject)
        {
            yield return Pods(item, "spec.selector", LabelMatch.Of(spec["selector"u8]));
        }
    }

    private static Statement Pods(KubeObject item, string field, LabelMatch selector) =>
        new(RelationType.Selects, field, KindKey.Pod, item.Namespace, "") { Selector = selector };
}
