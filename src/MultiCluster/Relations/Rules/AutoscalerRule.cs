using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>What a HorizontalPodAutoscaler scales.</summary>
internal sealed class AutoscalerRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => [new("autoscaling", "HorizontalPodAutoscaler")];

    public override IReadOnlyList<KindKey> Targets =>
        [KindKey.Deployment, KindKey.StatefulSet, KindKey.ReplicaSet, KindKey.ReplicationController, new("apps.openshift.io", "DeploymentConfig")];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var target = item.SpecJson["scaleTargetRef"u8];
        if (target["kind"u8].AsText() is { } kind && target["name"u8].AsText() is { } name)
            yield return new(RelationType.Scales, "spec.scaleTargetRef", KindKey.Of(target["apiVersion"u8].AsText(), kind), item.Namespace, name);
    }
}
