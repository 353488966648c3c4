using System.Collections.Frozen;

namespace MultiCluster.Attention.Rules;

/// <summary>Versions of Kubernetes' own APIs that a release serves no longer (the deprecated API migration guide).</summary>
internal static class RemovedApis
{
    private static readonly FrozenDictionary<(string ApiVersion, string Kind), int> Minors = new Dictionary<(string, string), int>
    {
        [("extensions/v1beta1", "Ingress")] = 22,
        [("networking.k8s.io/v1beta1", "Ingress")] = 22,
        [("admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration")] = 22,
        [("admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration")] = 22,
        [("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition")] = 22,
        [("storage.k8s.io/v1beta1", "StorageClass")] = 22,
        [("batch/v1beta1", "CronJob")] = 25,
        [("policy/v1beta1", "PodDisruptionBudget")] = 25,
        [("discovery.k8s.io/v1beta1", "EndpointSlice")] = 25,
        [("autoscaling/v2beta1", "HorizontalPodAutoscaler")] = 25,
        [("autoscaling/v2beta2", "HorizontalPodAutoscaler")] = 26,
        [("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema")] = 26,
        [("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema")] = 29,
        [("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema")] = 32,
    }.ToFrozenDictionary();

    /// <summary>The release, 1.x, that serves a kind in that version no longer; null where it is served on.</summary>
    public static int? RemovedIn(string? apiVersion, string kind) =>
        apiVersion is not null && Minors.TryGetValue((apiVersion, kind), out var minor) ? minor : null;
}
