using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>Owner references, which any object may have. What is owned is looked for among the kinds that are usual for its owner's.</summary>
internal sealed class OwnerRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => [];

    public override IReadOnlyList<KindKey> Targets => [];

    public override bool IsReversed => true;

    /// <summary>The kinds among which objects are looked for that are owned by one of that kind.</summary>
    public static IReadOnlyList<KindKey> OwnedBy(KindKey owner) => owner switch
    {
        { Group: "apps", Kind: "Deployment" } => [KindKey.ReplicaSet],
        { Group: "apps", Kind: "StatefulSet" } => [KindKey.Pod, KindKey.Claim],
        { Group: "apps" } or { Group: "", Kind: "ReplicationController" } or { Group: "batch", Kind: "Job" } => [KindKey.Pod],
        { Group: "batch", Kind: "CronJob" } => [KindKey.Job],
        { Group: "apps.openshift.io", Kind: "DeploymentConfig" } => [KindKey.ReplicationController],
        { Group: "", Kind: "Service" } => [KindKey.EndpointSlice],
        { Group: "", Kind: "Pod" } => [KindKey.Claim],
        _ when IsPlain(owner.Group) => [],
        _ =>
        [
            KindKey.Deployment, KindKey.StatefulSet, KindKey.DaemonSet, KindKey.ReplicaSet, KindKey.Job, KindKey.CronJob, KindKey.Pod, KindKey.Service, KindKey.Ingress,
            KindKey.Claim, KindKey.ConfigMap, KindKey.Secret, KindKey.ServiceAccount,
        ],
    };

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var at = 0;
        foreach (var owner in item.OwnersJson.Elements)
        {
            var field = $"metadata.ownerReferences[{at++}]";
            if (owner["kind"u8].AsText() is { } kind && owner["name"u8].AsText() is { } name)
            {
                // An owner is in the same namespace, or of the whole cluster; which of them, its kind says.
                yield return new(RelationType.Owns, field, KindKey.Of(owner["apiVersion"u8].AsText(), kind), item.Namespace, name) { Uid = owner["uid"u8].AsText() };
            }
        }
    }

    /// <summary>The groups whose kinds own nothing beside what is named above.</summary>
    private static bool IsPlain(string group) => group is "" or "storage.k8s.io" or "networking.k8s.io" or "policy" or "autoscaling" or "discovery.k8s.io" or KindKey.RbacGroup;
}
