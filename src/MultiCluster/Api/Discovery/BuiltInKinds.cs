using MultiCluster.Objects;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// Kinds that every supported server (1.20 and later) serves under the same group and version, with no other group before them in its
/// order: they need no discovery. Kinds whose version depends on the server (Ingress, CronJob, HorizontalPodAutoscaler,
/// PodDisruptionBudget, EndpointSlice) are not here.
/// </summary>
internal static class BuiltInKinds
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] NoCollection = ["create", "delete", "get", "list", "patch", "update", "watch"];

    /// <summary>Events of core/v1. The same as those of events.k8s.io, which older servers do not have.</summary>
    public static ResourceKind Event => All.First(static kind => kind.Kind == "Event");

    /// <summary>The kinds in the order of servers.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        Of("", "ConfigMap", "configmaps", "cm"),
        Of("", "Endpoints", "endpoints", "ep") with { Singular = "endpoints" },
        Of("", "Event", "events", "ev"),
        Of("", "LimitRange", "limitranges", "limits"),
        Cluster("", "Namespace", "namespaces", "ns") with { Verbs = NoCollection, Subresources = ["finalize", "status"] },
        Cluster("", "Node", "nodes", "no") with { Subresources = ["proxy", "status"] },
        Of("", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc") with { Subresources = ["status"] },
        Cluster("", "PersistentVolume", "persistentvolumes", "pv") with { Subresources = ["status"] },
        Of("", "Pod", "pods", "po") with
        {
            Categories = ["all"],
            Subresources = ["attach", "binding", "eviction", "exec", "log", "portforward", "proxy", "status"],
        },
        Of("", "PodTemplate", "podtemplates"),
        Of("", "ReplicationController", "replicationcontrollers", "rc") with { Categories = ["all"], Subresources = ["scale", "status"] },
        Of("", "ResourceQuota", "resourcequotas", "quota") with { Subresources = ["status"] },
        Of("", "Secret", "secrets"),
        Of("", "ServiceAccount", "serviceaccounts", "sa") with { Subresources = ["token"] },
        Of("", "Service", "services", "svc") with { Verbs = NoCollection, Categories = ["all"], Subresources = ["proxy", "status"] },
        Cluster("apiregistration.k8s.io", "APIService", "apiservices") with { Categories = ["api-extensions"], Subresources = ["status"] },
        Of("apps", "ControllerRevision", "controllerrevisions"),
        Of("apps", "DaemonSet", "daemonsets", "ds") with { Categories = ["all"], Subresources = ["status"] },
        Of("apps", "Deployment", "deployments", "deploy") with { Categories = ["all"], Subresources = ["scale", "status"] },
        Of("apps", "ReplicaSet", "replicasets", "rs") with { Categories = ["all"], Subresources = ["scale", "status"] },
        Of("apps", "StatefulSet", "statefulsets", "sts") with { Categories = ["all"], Subresources = ["scale", "status"] },
        Of("batch", "Job", "jobs") with { Categories = ["all"], Subresources = ["status"] },
        Of("networking.k8s.io", "NetworkPolicy", "networkpolicies", "netpol"),
        Cluster("rbac.authorization.k8s.io", "ClusterRoleBinding", "clusterrolebindings"),
        Cluster("rbac.authorization.k8s.io", "ClusterRole", "clusterroles"),
        Of("rbac.authorization.k8s.io", "RoleBinding", "rolebindings"),
        Of("rbac.authorization.k8s.io", "Role", "roles"),
        Cluster("storage.k8s.io", "CSIDriver", "csidrivers"),
        Cluster("storage.k8s.io", "CSINode", "csinodes"),
        Cluster("storage.k8s.io", "StorageClass", "storageclasses", "sc"),
        Cluster("storage.k8s.io", "VolumeAttachment", "volumeattachments"),
        Cluster("admissionregistration.k8s.io", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations"),
        Cluster("admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations"),
        Cluster("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", "crd", "crds") with
        {
            Categories = ["api-extensions"],
            Subresources = ["status"],
        },
        Cluster("scheduling.k8s.io", "PriorityClass", "priorityclasses", "pc"),
        Of("coordination.k8s.io", "Lease", "leases"),
    ];

    private static ResourceKind Of(string group, string kind, string plural, params string[] shortNames) => new()
    {
        Group = group,
        Version = "v1",
        Kind = kind,
        Plural = plural,
        Singular = kind.ToLowerInvariant(),
        ShortNames = shortNames,
        Verbs = AllVerbs,
        Namespaced = true,
    };

    private static ResourceKind Cluster(string group, string kind, string plural, params string[] shortNames) =>
        Of(group, kind, plural, shortNames) with { Namespaced = false };
}
