using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Relations.Rules;

/// <summary>Where the specification of a pod stands: in the pod, or in the template of a workload, which may have no pods at the moment.</summary>
internal static class PodSpec
{
    public static IReadOnlyList<KindKey> Kinds { get; } = [KindKey.Pod, KindKey.Deployment, KindKey.StatefulSet, KindKey.DaemonSet, KindKey.Job, KindKey.CronJob];

    /// <summary>The specification and its path.</summary>
    public static (JsonSlice Spec, string Path) Of(KubeObject item) => item.Kind switch
    {
        "Pod" => (item.SpecJson, "spec"),
        "CronJob" => (item.SpecJson["jobTemplate"u8]["spec"u8]["template"u8]["spec"u8], "spec.jobTemplate.spec.template.spec"),
        _ => (item.SpecJson["template"u8]["spec"u8], "spec.template.spec"),
    };
}
