using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>The Service of an EndpointSlice by its label, where it does not own it: its endpoints are made by hand then.</summary>
internal sealed class EndpointServiceRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => [KindKey.EndpointSlice];

    public override IReadOnlyList<KindKey> Targets => [KindKey.Service];

    public override bool IsReversed => true;

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        if (item.LabelsJson["kubernetes.io/service-name"u8].AsText() is not { } service)
            yield break;
        foreach (var owner in item.OwnersJson.Elements)
        {
            if (owner["kind"u8].Is("Service"u8))
                yield break;
        }

        yield return new(RelationType.Routes, "metadata.labels['kubernetes.io/service-name']", KindKey.Service, item.Namespace, service);
    }
}
