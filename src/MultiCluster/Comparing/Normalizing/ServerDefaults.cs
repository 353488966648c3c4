using System.Collections.Frozen;

namespace MultiCluster.Comparing.Normalizing;

/// <summary>
/// What servers fill in of themselves, by kind. Which of it an object has depends on the version of the server that it was written to, so that
/// two that were asked for alike would differ: <c>internalTrafficPolicy</c> is there since 1.22, and the retention of a StatefulSet's claims since 1.27.
/// </summary>
/// <remarks>The <c>SetDefaults</c> of kubernetes pkg/apis (core, apps, batch, autoscaling, networking, policy, rbac, storage, admissionregistration), 1.20 to 1.35.</remarks>
internal static class ServerDefaults
{
    private static readonly string[] PodSpec =
    [
        """restartPolicy "Always" """,
        "terminationGracePeriodSeconds 30",
        """dnsPolicy "ClusterFirst" """,
        "securityContext {}",
        """schedulerName "default-scheduler" """,
        "enableServiceLinks true",
        "hostNetwork|hostPID|hostIPC|shareProcessNamespace false",
        """preemptionPolicy "PreemptLowerPriority" """,
        "priority 0",
        """serviceAccountName "default" """,
        "containers|initContainers|ephemeralContainers/resources {}",
        """containers|initContainers|ephemeralContainers/terminationMessagePath "/dev/termination-log" """,
        """containers|initContainers|ephemeralContainers/terminationMessagePolicy "File" """,
        "containers|initContainers|ephemeralContainers/stdin|stdinOnce|tty false",
        """containers|initContainers|ephemeralContainers/ports/protocol "TCP" """,
        """containers|initContainers|ephemeralContainers/env/valueFrom/fieldRef/apiVersion "v1" """,
        "containers|initContainers|ephemeralContainers/env/valueFrom/resourceFieldRef/divisor \"0\"",
        "containers|initContainers|ephemeralContainers/volumeMounts/readOnly false",
        "containers|initContainers|ephemeralContainers/securityContext/privileged false",
        .. Under("containers|initContainers|ephemeralContainers/livenessProbe|readinessProbe|startupProbe", ["timeoutSeconds 1", "periodSeconds 10", "successThreshold 1", "failureThreshold 3", "initialDelaySeconds 0", """grpc/service "" """]),
        .. Under("containers|initContainers|ephemeralContainers/livenessProbe|readinessProbe|startupProbe/httpGet", ["""path "/" """, """scheme "HTTP" """]),
        .. Under("containers|initContainers|ephemeralContainers/lifecycle/postStart|preStop/httpGet", ["""path "/" """, """scheme "HTTP" """]),
        "volumes/configMap|secret|downwardAPI|projected/defaultMode 420",
        "volumes/configMap|secret/optional false",
        """volumes/hostPath/type "" """,
        "volumes/projected/sources/serviceAccountToken/expirationSeconds 3600",
        .. Under("volumes/ephemeral/volumeClaimTemplate/spec", ["""volumeMode "Filesystem" """, "resources {}"]),
        """topologySpreadConstraints/nodeAffinityPolicy "Honor" """,
        """topologySpreadConstraints/nodeTaintsPolicy "Ignore" """,
        """tolerations/operator "Equal" """,
    ];

    private static readonly string[] Template = ["spec/template/metadata {}", .. Under("spec/template/spec", PodSpec), "spec/minReadySeconds 0"];

    private static readonly string[] Job =
    [
        "parallelism 1", "backoffLimit 6", """completionMode "NonIndexed" """, "suspend|manualSelector false", """podReplacementPolicy "TerminatingOrFailed" """,
        "template/metadata {}",
        .. Under("template/spec", PodSpec),
    ];

    private static readonly string[] Claim = ["""spec/volumeMode "Filesystem" """, "spec/resources {}"];

    private static readonly string[] Binding =
        ["""roleRef/apiGroup "rbac.authorization.k8s.io" """];

    private static readonly string[] Webhook =
    [
        """webhooks/matchPolicy "Equivalent" """, """webhooks/failurePolicy "Fail" """, "webhooks/timeoutSeconds 10", "webhooks/namespaceSelector|objectSelector {}",
        "webhooks/clientConfig/service/port 443", """webhooks/rules/scope "*" """,
    ];

    private static readonly FrozenDictionary<(string Group, string Kind), DefaultPlace> Places = new Dictionary<(string, string), string[]>
    {
        [("", "Pod")] = Under("spec", PodSpec),
        [("", "ReplicationController")] = [.. Template, "spec/replicas 1"],
        [("", "Service")] =
        [
            """spec/type "ClusterIP" """, """spec/sessionAffinity "None" """, """spec/internalTrafficPolicy|externalTrafficPolicy "Cluster" """,
            "spec/allocateLoadBalancerNodePorts true", "spec/publishNotReadyAddresses false", """spec/ports/protocol "TCP" """,
        ],
        [("", "PersistentVolumeClaim")] = Claim,
        [("", "PersistentVolume")] = ["""spec/volumeMode "Filesystem" """, """spec/persistentVolumeReclaimPolicy "Retain" """],
        [("", "ConfigMap")] = ["immutable false"],
        [("", "Secret")] = ["""type "Opaque" """, "immutable false"],
        [("apps", "Deployment")] =
        [
            .. Template, "spec/replicas 1", "spec/revisionHistoryLimit 10", "spec/progressDeadlineSeconds 600", "spec/paused false", "spec/strategy {}",
            """spec/strategy/type "RollingUpdate" """, """spec/strategy/rollingUpdate {"maxUnavailable":"25%","maxSurge":"25%"}""",
            """spec/strategy/rollingUpdate/maxUnavailable|maxSurge "25%" """,
        ],
        [("apps", "ReplicaSet")] = [.. Template, "spec/replicas 1"],
        [("apps", "StatefulSet")] =
        [
            .. Template, "spec/replicas 1", "spec/revisionHistoryLimit 10", """spec/podManagementPolicy "OrderedReady" """, "spec/updateStrategy {}",
            """spec/updateStrategy/type "RollingUpdate" """, """spec/updateStrategy/rollingUpdate {"partition":0}""", "spec/updateStrategy/rollingUpdate/partition 0",
            """spec/persistentVolumeClaimRetentionPolicy {"whenDeleted":"Retain","whenScaled":"Retain"}""",
            .. Under("spec/volumeClaimTemplates", Claim), """spec/volumeClaimTemplates/apiVersion "v1" """, """spec/volumeClaimTemplates/kind "PersistentVolumeClaim" """,
        ],
        [("apps", "DaemonSet")] =
        [
            .. Template, "spec/revisionHistoryLimit 10", "spec/updateStrategy {}", """spec/updateStrategy/type "RollingUpdate" """,
            """spec/updateStrategy/rollingUpdate {"maxUnavailable":1,"maxSurge":0}""", "spec/updateStrategy/rollingUpdate/maxUnavailable 1", "spec/updateStrategy/rollingUpdate/maxSurge 0",
        ],
        [("batch", "Job")] = Under("spec", Job),
        [("batch", "CronJob")] =
        [
            """spec/concurrencyPolicy "Allow" """, "spec/suspend false", "spec/successfulJobsHistoryLimit 3", "spec/failedJobsHistoryLimit 1", "spec/jobTemplate/metadata {}",
            .. Under("spec/jobTemplate/spec", Job),
        ],
        [("autoscaling", "HorizontalPodAutoscaler")] = ["spec/minReplicas 1"],
        [("networking.k8s.io", "Ingress")] = ["""spec/rules/http/paths/pathType "ImplementationSpecific" """],
        [("networking.k8s.io", "NetworkPolicy")] = ["""spec/ingress|egress/ports/protocol "TCP" """],
        [("rbac.authorization.k8s.io", "RoleBinding")] = Binding,
        [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = Binding,
        [("storage.k8s.io", "StorageClass")] = ["""reclaimPolicy "Delete" """, """volumeBindingMode "Immediate" """, "allowVolumeExpansion false"],
        [("admissionregistration.k8s.io", "ValidatingWebhookConfiguration")] = Webhook,
        [("admissionregistration.k8s.io", "MutatingWebhookConfiguration")] = [.. Webhook, """webhooks/reinvocationPolicy "Never" """],
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = ["""spec/conversion {"strategy":"None"}""", "spec/preserveUnknownFields false"],
    }.ToFrozenDictionary(static pair => pair.Key, static pair => DefaultPlace.Of(pair.Value));

    /// <summary>The root of a kind's objects; null when nothing is filled in.</summary>
    public static DefaultPlace? Of(string group, string kind) => Places.GetValueOrDefault((group, kind));

    private static string[] Under(string place, string[] lines) => [.. lines.Select(line => $"{place}/{line}")];
}
