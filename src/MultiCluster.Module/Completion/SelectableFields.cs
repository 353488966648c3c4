namespace MultiCluster.Module.Completion;

/// <summary>A field that API servers select by.</summary>
/// <param name="Name">The field.</param>
/// <param name="What">What explains it.</param>
/// <param name="Values">Values that it may have, where they are few.</param>
internal sealed record SelectableField(string Name, string What, params string[] Values)
{
    /// <summary>The kind whose names are its values, or one of the words of <see cref="SelectableFields"/>.</summary>
    public string? NamesOf { get; init; }
}

/// <summary>The fields that API servers select by, beside the name and the namespace (the <c>ToSelectableFields</c> of each kind's strategy).</summary>
internal static class SelectableFields
{
    /// <summary>The values are the names of the kind's own objects.</summary>
    public const string OwnNames = ".";

    /// <summary>The values are reasons of events.</summary>
    public const string Reasons = "reasons";

    private static readonly SelectableField[] Common =
    [
        new("metadata.name", "the object's name") { NamesOf = OwnNames },
        new("metadata.namespace", "its namespace") { NamesOf = "namespaces" },
    ];

    private static readonly SelectableField[] Event =
    [
        new("type", "Normal or Warning", "Normal", "Warning"),
        new("reason", "why it happened") { NamesOf = Reasons },
        new("involvedObject.kind", "the kind of what it is about", "Pod", "Node", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "PersistentVolumeClaim", "Service", "Ingress"),
        new("involvedObject.name", "the name of what it is about"),
        new("involvedObject.namespace", "the namespace of what it is about") { NamesOf = "namespaces" },
        new("involvedObject.uid", "the uid of what it is about"),
        new("involvedObject.apiVersion", "the API version of what it is about", "v1", "apps/v1", "batch/v1"),
        new("involvedObject.fieldPath", "the part that it is about"),
        new("reportingComponent", "who says it", "kubelet", "default-scheduler"),
        new("source", "who says it", "kubelet", "default-scheduler"),
    ];

    private static readonly Dictionary<string, SelectableField[]> OfKind = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pods"] =
        [
            new("status.phase", "where it is in its life", "Running", "Pending", "Succeeded", "Failed", "Unknown"),
            new("spec.nodeName", "the node that it runs on") { NamesOf = "nodes" },
            new("spec.restartPolicy", "whether its containers are started again", "Always", "OnFailure", "Never"),
            new("spec.serviceAccountName", "the account that it works as") { NamesOf = "serviceaccounts" },
            new("spec.schedulerName", "who finds it a node", "default-scheduler"),
            new("spec.hostNetwork", "whether it uses its node's network", "true", "false"),
            new("status.podIP", "its address"),
            new("status.nominatedNodeName", "the node that is being cleared for it") { NamesOf = "nodes" },
        ],
        ["events"] = Event,
        ["events.events.k8s.io"] = Event,
        ["nodes"] = [new("spec.unschedulable", "whether it is cordoned", "true", "false")],
        ["namespaces"] = [new("status.phase", "whether it is being removed", "Active", "Terminating")],
        ["secrets"] =
        [
            new("type", "what it holds", "Opaque", "kubernetes.io/tls", "kubernetes.io/dockerconfigjson", "kubernetes.io/service-account-token", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "helm.sh/release.v1"),
        ],
        ["services"] = [new("spec.type", "how it is reached", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName"), new("spec.clusterIP", "its address", "None")],
        ["replicasets.apps"] = [new("status.replicas", "how many pods it has", "0")],
        ["replicationcontrollers"] = [new("status.replicas", "how many pods it has", "0")],
        ["jobs.batch"] = [new("status.successful", "how many of its pods have succeeded", "0", "1")],
    };

    /// <summary>Those of a kind, by its plural and group; the commonest first.</summary>
    public static IReadOnlyList<SelectableField> Of(string resource) => [.. OfKind.GetValueOrDefault(resource, []), .. Common];
}
