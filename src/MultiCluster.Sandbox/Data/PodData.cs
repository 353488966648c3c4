namespace MultiCluster.Sandbox.Data;

/// <summary>Pods of about 5 KB, as a server returns them.</summary>
internal static class PodData
{
    public static PodFacts Add(World world, PodTemplate template, string name, PodState state, TimeSpan age, int nodeIndex)
    {
        var random = world.Random;
        var address = state is PodState.Pending or PodState.Evicted or PodState.Initializing ? "" : $"10.{random.Between(32, 95)}.{random.Next(256)}.{random.Between(1, 254)}";
        var uid = world.NewUid();
        world.Add(DraftOf(world, template, name, state, age, nodeIndex, address), uid);
        var facts = new PodFacts(template.Namespace, name, uid, template.App, NodeOf(state, nodeIndex), address, state);
        world.Pods.Add(facts);
        return facts;
    }

    public static Draft DraftOf(World world, PodTemplate template, string name, PodState state, TimeSpan age, int nodeIndex, string address)
    {
        var random = world.Random;
        var hash = template.ExtraLabels.FirstOrDefault(l => l.Key == "pod-template-hash").Value;
        var withInit = template.Tier == "backend" || state == PodState.Initializing;
        return new Draft("pods", template.Namespace, name)
        {
            Age = age,
            GenerateName = template.Owner is null || template.Owner.Kind == "StatefulSet" ? null : hash is null ? $"{template.App}-" : $"{template.App}-{hash}-",
            DeletedAgo = state == PodState.Terminating ? TimeSpan.FromMinutes(4) : null,
            Labels = template.Labels,
            Annotations =
            [
                ("checksum/config", random.Hex(64)),
                ("prometheus.io/path", "/metrics"),
                ("prometheus.io/port", "8080"),
                ("prometheus.io/scrape", "true"),
            ],
            Owner = template.Owner,
            ManagedFields = PodManagedFields.Json(world.Ago(age), world.Ago(age / 2), template.App),
            Body = $"\"spec\":{Spec(template, NodeOf(state, nodeIndex), withInit, random)},\"status\":{PodStatusData.Json(world, template, state, age, nodeIndex, address, withInit)}",
        };
    }

    private static string NodeOf(PodState state, int index) => state == PodState.Pending ? "" : World.NodeName(index);

    private static string Spec(PodTemplate template, string node, bool withInit, SeededRandom random)
    {
        var volume = $"kube-api-access-{random.Suffix(5)}";
        var mount = $"{{\"name\":\"{volume}\",\"readOnly\":true,\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\"}}";
        var init = !withInit ? "" : $$$"""
            "initContainers": [ {
              "name": "migrate",
              "image": "{{{template.Image}}}",
              "command": [ "/app/migrate", "--wait" ],
              "resources": { "requests": { "cpu": "50m", "memory": "64Mi" } },
              "volumeMounts": [ {{{mount}}} ],
              "terminationMessagePath": "/dev/termination-log",
              "terminationMessagePolicy": "File",
              "imagePullPolicy": "IfNotPresent"
            } ],
            """;
        return $$$"""
            {
              "volumes": [
                { "name": "config", "configMap": { "name": "{{{template.App}}}", "defaultMode": 420 } },
                { "name": "{{{volume}}}", "projected": { "sources": [
                  { "serviceAccountToken": { "expirationSeconds": 3607, "path": "token" } },
                  { "configMap": { "name": "kube-root-ca.crt", "items": [ { "key": "ca.crt", "path": "ca.crt" } ] } },
                  { "downwardAPI": { "items": [ { "path": "namespace", "fieldRef": { "apiVersion": "v1", "fieldPath": "metadata.namespace" } } ] } }
                ], "defaultMode": 420 } }
              ],
              {{{init}}}
              "containers": [ {
                "name": "{{{template.App}}}",
                "image": "{{{template.Image}}}",
                "args": [ "--listen=:8080", "--config=/etc/config/app.yaml" ],
                "ports": [ { "name": "http", "containerPort": 8080, "protocol": "TCP" }, { "name": "metrics", "containerPort": 9090, "protocol": "TCP" } ],
                "env": [
                  { "name": "LOG_LEVEL", "value": "info" },
                  { "name": "POD_NAME", "valueFrom": { "fieldRef": { "apiVersion": "v1", "fieldPath": "metadata.name" } } },
                  { "name": "DATABASE_PASSWORD", "valueFrom": { "secretKeyRef": { "name": "{{{template.App}}}", "key": "password" } } }
                ],
                "resources": { "limits": { "cpu": "500m", "memory": "256Mi" }, "requests": { "cpu": "100m", "memory": "128Mi" } },
                "volumeMounts": [ { "name": "config", "mountPath": "/etc/config" }, {{{mount}}} ],
                "livenessProbe": { "httpGet": { "path": "/healthz", "port": "http", "scheme": "HTTP" }, "initialDelaySeconds": 10, "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3 },
                "readinessProbe": { "httpGet": { "path": "/readyz", "port": "http", "scheme": "HTTP" }, "timeoutSeconds": 1, "periodSeconds": 5, "successThreshold": 1, "failureThreshold": 3 },
                "terminationMessagePath": "/dev/termination-log",
                "terminationMessagePolicy": "File",
                "imagePullPolicy": "IfNotPresent",
                "securityContext": { "capabilities": { "drop": [ "ALL" ] }, "runAsNonRoot": true, "readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false }
              } ],
              "restartPolicy": "{{{(template.Owner?.Kind == "Job" ? "Never" : "Always")}}}",
              "terminationGracePeriodSeconds": 30,
              "dnsPolicy": "ClusterFirst",
              "serviceAccountName": "{{{template.App}}}",
              "serviceAccount": "{{{template.App}}}",
              {{{(node.Length == 0 ? "" : $"\"nodeName\": \"{node}\",")}}}
              "securityContext": { "fsGroup": 2000 },
              "schedulerName": "default-scheduler",
              "tolerations": [
                { "key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300 },
                { "key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300 }
              ],
              "priority": 0,
              "enableServiceLinks": true,
              "preemptionPolicy": "PreemptLowerPriority"
            }
            """;
    }
}
