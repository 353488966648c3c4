using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>A kind whatever its version.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Kind">The kind: <c>Pod</c>.</param>
internal readonly record struct KindKey(string Group, string Kind)
{
    public static readonly KindKey Pod = new("", "Pod");
    public static readonly KindKey Node = new("", "Node");
    public static readonly KindKey Secret = new("", "Secret");
    public static readonly KindKey ConfigMap = new("", "ConfigMap");
    public static readonly KindKey Service = new("", "Service");
    public static readonly KindKey ServiceAccount = new("", "ServiceAccount");
    public static readonly KindKey Claim = new("", "PersistentVolumeClaim");
    public static readonly KindKey Volume = new("", "PersistentVolume");
    public static readonly KindKey ReplicationController = new("", "ReplicationController");
    public static readonly KindKey StorageClass = new("storage.k8s.io", "StorageClass");
    public static readonly KindKey Deployment = new("apps", "Deployment");
    public static readonly KindKey ReplicaSet = new("apps", "ReplicaSet");
    public static readonly KindKey StatefulSet = new("apps", "StatefulSet");
    public static readonly KindKey DaemonSet = new("apps", "DaemonSet");
    public static readonly KindKey Job = new("batch", "Job");
    public static readonly KindKey CronJob = new("batch", "CronJob");
    public static readonly KindKey Ingress = new("networking.k8s.io", "Ingress");
    public static readonly KindKey EndpointSlice = new("discovery.k8s.io", "EndpointSlice");

    /// <summary>What a user or a group is called, which are no objects of the API.</summary>
    public const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>The kind in a form that its resolver takes.</summary>
    public string Text => Group.Length == 0 ? $"v1/{Kind}" : $"{Kind}.{Group}";

    /// <summary>The kind of an object.</summary>
    public static KindKey Of(KubeObject item) => new(item.Source.Kind.Group, item.Kind);

    /// <summary>The kind that a reference names.</summary>
    public static KindKey Of(string? apiVersion, string kind)
    {
        var slash = apiVersion?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return new(slash < 0 ? "" : apiVersion![..slash], kind);
    }
}
