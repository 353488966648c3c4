using System.Collections.Frozen;

namespace MultiCluster.Objects;

/// <summary>
/// Where the objects of Kubernetes' own kinds hold amounts of resources: the fields that its API declares as <c>resource.Quantity</c>.
/// Other kinds' fields are what they say they are, text or number.
/// </summary>
/// <remarks>k8s.io/api: core, apps, batch, autoscaling, node, storage and resource; metrics.k8s.io.</remarks>
internal static class QuantityPlaces
{
    private static readonly string[] Requirements = ["resources/requests|limits/*"];

    private static readonly string[] Claim =
        [.. Under("spec", Requirements), "status/capacity|allocatedResources/*"];

    private static readonly string[] PodSpec =
    [
        "overhead/*",
        .. Requirements,
        .. Under("containers|initContainers|ephemeralContainers", [.. Requirements, "env/valueFrom/resourceFieldRef/divisor"]),
        "volumes/emptyDir/sizeLimit",
        .. Under("volumes/ephemeral/volumeClaimTemplate", Claim),
        "volumes/downwardAPI/items/resourceFieldRef/divisor",
        "volumes/projected/sources/downwardAPI/items/resourceFieldRef/divisor",
    ];

    private static readonly string[] PodStatus =
    [
        "allocatedResources/*",
        .. Requirements,
        .. Under("containerStatuses|initContainerStatuses|ephemeralContainerStatuses", ["allocatedResources/*", .. Requirements]),
    ];

    private static readonly string[] Workload = Under("spec/template/spec", PodSpec);

    private static readonly FrozenDictionary<(string Group, string Kind), FieldPlace> Places = new Dictionary<(string, string), string[]>
    {
        [("", "Pod")] = [.. Under("spec", PodSpec), .. Under("status", PodStatus)],
        [("", "PodTemplate")] = Under("template/spec", PodSpec),
        [("", "ReplicationController")] = Workload,
        [("apps", "Deployment")] = Workload,
        [("apps", "ReplicaSet")] = Workload,
        [("apps", "DaemonSet")] = Workload,
        [("apps", "StatefulSet")] = [.. Workload, .. Under("spec/volumeClaimTemplates", Claim)],
        [("batch", "Job")] = Workload,
        [("batch", "CronJob")] = Under("spec/jobTemplate", Workload),
        [("", "Node")] = ["status/capacity|allocatable/*"],
        [("", "PersistentVolume")] = ["spec/capacity/*"],
        [("", "PersistentVolumeClaim")] = Claim,
        [("", "ResourceQuota")] = ["spec/hard/*", "status/hard|used/*"],
        [("", "LimitRange")] = ["spec/limits/max|min|default|defaultRequest|maxLimitRequestRatio/*"],
        [("autoscaling", "HorizontalPodAutoscaler")] =
        [
            // The last of each are those of v2beta1.
            "spec/metrics/resource|containerResource|pods|object|external/target/value|averageValue",
            "spec/metrics/resource|containerResource|pods|object|external/targetValue|targetAverageValue|averageValue",
            "status/currentMetrics/resource|containerResource|pods|object|external/current/value|averageValue",
            "status/currentMetrics/resource|containerResource|pods|object|external/currentValue|currentAverageValue|averageValue",
        ],
        [("node.k8s.io", "RuntimeClass")] = ["overhead/podFixed/*"],
        [("storage.k8s.io", "CSIStorageCapacity")] = ["capacity|maximumVolumeSize"],
        [("resource.k8s.io", "ResourceSlice")] =
            ["spec/devices/capacity/*/value", "spec/devices/basic/capacity/*/value", "spec/devices/consumesCounters/counters/*/value", "spec/sharedCounters/counters/*/value"],
        [("metrics.k8s.io", "NodeMetrics")] = ["usage/*"],
        [("metrics.k8s.io", "PodMetrics")] = ["containers/usage/*"],
    }.ToFrozenDictionary(static pair => pair.Key, static pair => FieldPlace.Of(pair.Value));

    /// <summary>The root of a kind's objects, in whatever version; null when they hold no amounts.</summary>
    public static FieldPlace? Of(ResourceKind kind) => Places.GetValueOrDefault((kind.Group, kind.Kind));

    private static string[] Under(string place, string[] paths) => [.. paths.Select(path => $"{place}/{path}")];
}
