using System.Collections.Frozen;

namespace MultiCluster.Objects;

/// <summary>Which class holds the objects of a kind: a typed one for kinds that everybody knows, <see cref="KubeObject"/> for the rest.</summary>
internal static class KubeObjectFactory
{
    private static readonly FrozenDictionary<(string Group, string Kind), Func<ObjectContent, KubeObject>> Makers =
        new Dictionary<(string, string), Func<ObjectContent, KubeObject>>
        {
            [("", "Pod")] = static content => new KubePod(content),
            [("", "Node")] = static content => new KubeNode(content),
            [("", "Namespace")] = static content => new KubeNamespace(content),
            [("", "Service")] = static content => new KubeService(content),
            [("", "ConfigMap")] = static content => new KubeConfigMap(content),
            [("", "Secret")] = static content => new KubeSecret(content),
            [("", "ServiceAccount")] = static content => new KubeServiceAccount(content),
            [("", "PersistentVolume")] = static content => new KubePersistentVolume(content),
            [("", "PersistentVolumeClaim")] = static content => new KubePersistentVolumeClaim(content),
            [("", "Event")] = static content => new KubeEvent(content),
            [("events.k8s.io", "Event")] = static content => new KubeEvent(content),
            [("apps", "Deployment")] = static content => new KubeDeployment(content),
            [("apps", "ReplicaSet")] = static content => new KubeReplicaSet(content),
            [("apps", "StatefulSet")] = static content => new KubeStatefulSet(content),
            [("apps", "DaemonSet")] = static content => new KubeDaemonSet(content),
            [("batch", "Job")] = static content => new KubeJob(content),
            [("batch", "CronJob")] = static content => new KubeCronJob(content),
            [("networking.k8s.io", "Ingress")] = static content => new KubeIngress(content),
            [("extensions", "Ingress")] = static content => new KubeIngress(content),
            [("networking.k8s.io", "NetworkPolicy")] = static content => new KubeNetworkPolicy(content),
            [("discovery.k8s.io", "EndpointSlice")] = static content => new KubeEndpointSlice(content),
            [("storage.k8s.io", "StorageClass")] = static content => new KubeStorageClass(content),
            [("autoscaling", "HorizontalPodAutoscaler")] = static content => new KubeHorizontalPodAutoscaler(content),
            [("policy", "PodDisruptionBudget")] = static content => new KubePodDisruptionBudget(content),
            [("rbac.authorization.k8s.io", "Role")] = static content => new KubeRole(content),
            [("rbac.authorization.k8s.io", "RoleBinding")] = static content => new KubeRoleBinding(content),
            [("rbac.authorization.k8s.io", "ClusterRole")] = static content => new KubeClusterRole(content),
            [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = static content => new KubeClusterRoleBinding(content),
            [("coordination.k8s.io", "Lease")] = static content => new KubeLease(content),
            [("apiextensions.k8s.io", "CustomResourceDefinition")] = static content => new KubeCustomResourceDefinition(content),
        }.ToFrozenDictionary();

    /// <summary>
    /// What makes an object of that kind, whatever its version. An answer without the whole object (metadata only, or a server's table)
    /// gives plain objects: a typed one would show columns that it cannot know.
    /// </summary>
    public static Func<ObjectContent, KubeObject> For(ResourceKind kind)
    {
        if (!Makers.TryGetValue((kind.Group, kind.Kind), out var make))
            return Plain;
        return content => content.Source.MetadataOnly || content.Source.Columns.Count > 0 ? Plain(content) : make(content);
    }

    /// <summary>True when the kind has a class of its own.</summary>
    public static bool IsTyped(ResourceKind kind) => Makers.ContainsKey((kind.Group, kind.Kind));

    private static KubeObject Plain(ObjectContent content) => new(content);
}
