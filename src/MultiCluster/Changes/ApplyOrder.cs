namespace MultiCluster.Changes;

/// <summary>
/// In which order the objects of one call are made: what others need comes first, as installers do it (Helm's <c>InstallOrder</c>). Objects of
/// one rank do not wait for each other.
/// </summary>
internal static class ApplyOrder
{
    /// <summary>The rank of namespaces.</summary>
    public const int Namespaces = 0;

    /// <summary>The rank of definitions, which must be established before their objects are made.</summary>
    public const int Definitions = 1;

    /// <summary>Kinds that must not stand in the way of what is made with them: a webhook whose server is not there yet refuses everything.</summary>
    private const int Last = 9;

    /// <summary>The rank of a kind.</summary>
    public static int RankOf(string group, string kind) => (group, kind) switch
    {
        ("", "Namespace") => Namespaces,
        ("apiextensions.k8s.io", _) => Definitions,
        ("scheduling.k8s.io" or "storage.k8s.io" or "node.k8s.io", _) => 2,
        ("", "ResourceQuota" or "LimitRange" or "ServiceAccount" or "PersistentVolume") => 2,
        ("networking.k8s.io", "NetworkPolicy" or "IngressClass") => 2,
        ("policy", _) => 2,
        ("", "Secret" or "ConfigMap" or "PersistentVolumeClaim") => 3,
        ("rbac.authorization.k8s.io", "ClusterRole" or "Role") => 3,
        ("rbac.authorization.k8s.io", _) => 4,
        ("", "Service") => 5,
        ("" or "apps" or "batch" or "extensions", _) => 6,
        ("autoscaling" or "networking.k8s.io", _) => 7,
        ("apiregistration.k8s.io" or "admissionregistration.k8s.io", _) => Last,
        _ => 8,
    };
}
