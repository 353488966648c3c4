namespace MultiCluster.Sandbox.Data;

/// <summary>A third of a real pod's bytes: who manages which of its fields.</summary>
internal static class PodManagedFields
{
    private const string Condition = """{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}""";

    private const string Kubelet = $$$"""
        { "f:status": {
          "f:conditions": {
            "k:{\"type\":\"ContainersReady\"}": {{{Condition}}},
            "k:{\"type\":\"Initialized\"}": {{{Condition}}},
            "k:{\"type\":\"PodReadyToStartContainers\"}": {{{Condition}}},
            "k:{\"type\":\"Ready\"}": {{{Condition}}}
          },
          "f:containerStatuses": {}, "f:hostIP": {}, "f:hostIPs": {}, "f:initContainerStatuses": {}, "f:phase": {}, "f:podIP": {},
          "f:podIPs": { ".": {}, "k:{\"ip\":\"10.0.0.1\"}": { ".": {}, "f:ip": {} } }, "f:startTime": {}
        } }
        """;

    public static string Json(string created, string updated, string app) => $$$"""
        { "manager": "kube-controller-manager", "operation": "Update", "apiVersion": "v1", "time": "{{{created}}}", "fieldsType": "FieldsV1", "fieldsV1": {
          "f:metadata": {
            "f:annotations": { ".": {}, "f:checksum/config": {}, "f:prometheus.io/path": {}, "f:prometheus.io/port": {}, "f:prometheus.io/scrape": {} },
            "f:generateName": {}, "f:labels": { ".": {}, "f:app": {}, "f:app.kubernetes.io/name": {}, "f:tier": {}, "f:version": {} },
            "f:ownerReferences": {}
          },
          "f:spec": {
            "f:containers": { "k:{\"name\":\"{{{app}}}\"}": {
              ".": {}, "f:args": {}, "f:env": {}, "f:image": {}, "f:imagePullPolicy": {}, "f:livenessProbe": {}, "f:name": {}, "f:ports": {},
              "f:readinessProbe": {}, "f:resources": {}, "f:securityContext": {}, "f:terminationMessagePath": {}, "f:volumeMounts": {}
            } },
            "f:dnsPolicy": {}, "f:enableServiceLinks": {}, "f:initContainers": {}, "f:restartPolicy": {}, "f:schedulerName": {}, "f:securityContext": {},
            "f:serviceAccount": {}, "f:serviceAccountName": {}, "f:terminationGracePeriodSeconds": {}, "f:volumes": {}
          }
        } },
        { "manager": "kubelet", "operation": "Update", "apiVersion": "v1", "time": "{{{updated}}}", "fieldsType": "FieldsV1", "fieldsV1": {{{Kubelet}}}, "subresource": "status" }
        """;
}
