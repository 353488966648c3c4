namespace MultiCluster.Tests.Changes;

/// <summary>An apply that kubectl and this module are to agree on: what was there before, by whose hand, and what is applied.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Before">Applies before it, oldest first; a manager that begins with <c>~</c> writes by a merge patch.</param>
/// <param name="Manifest">What is applied.</param>
internal sealed record KubectlApplyCase(string Name, (string Manager, string Yaml)[] Before, string Manifest);

/// <summary>The applies on which kubectl and this module are to agree.</summary>
internal static class KubectlApplyCases
{
    private const string Mine = "multicluster-powershell";

    /// <summary>Two kinds: of the first one's lists one has keys, one is a set and one is a value as a whole; the second one says nothing of its lists.</summary>
    public const string Definitions = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: shops.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Shop, plural: shops, singular: shop}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      open: {type: boolean}
                      doors:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items: {type: object, required: [name], properties: {name: {type: string}, width: {type: integer}, color: {type: string, default: red}}}
                      tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                      rows: {type: array, items: {type: object, properties: {a: {type: integer}}}}
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: boxes.example.com}
        spec:
          group: example.com
          scope: Cluster
          names: {kind: Box, plural: boxes, singular: box}
          versions:
          - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
        """;

    private const string Template = "selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: ";

    public static IReadOnlyList<KubectlApplyCase> All { get; } =
    [
        new("a new ConfigMap", [], Map("new", "{a: '1', b: '2'}")),
        new("a value that changes", [(Mine, Map("value", "{a: '1'}"))], Map("value", "{a: '2'}")),
        new("nothing that changes", [(Mine, Map("same", "{a: '1', name: x}"))], Map("same", "{a: '1', name: x}")),
        new("a key that is no longer applied", [(Mine, Map("gone", "{a: '1', b: '2'}"))], Map("gone", "{a: '1'}")),
        new("all keys that are no longer applied", [(Mine, Map("all-gone", "{a: '1', b: '2'}"))], "{apiVersion: v1, kind: ConfigMap, metadata: {name: all-gone}}"),
        new("a key named as what identifies objects", [(Mine, Map("named", "{a: '1'}"))], Map("named", "{a: '1', name: x, namespace: q}")),
        new("a value that two apply alike", [("helm", Map("shared", "{a: '1'}"))], Map("shared", "{a: '1'}")),
        new("a shared value that one applies no longer", [(Mine, Map("left", "{a: '1', b: '2'}")), ("helm", Map("left", "{a: '1'}"))], Map("left", "{b: '2'}")),
        new("a value that another applied", [("helm", Map("theirs", "{a: '1'}"))], Map("theirs", "{a: '2'}")),
        new("values that two others applied", [("helm", Map("two", "{a: '1', c: '1'}")), ("argocd", Map("two", "{b: '1'}"))], Map("two", "{a: '2', b: '2', c: '2'}")),
        new("a value that another patched", [(Mine, Map("patched", "{a: '1'}")), ("~kubectl-edit", Map("patched", "{a: '3'}"))], Map("patched", "{a: '1'}")),
        new("a null", [(Mine, Map("null", "{a: '1'}"))], Map("null", "{a: '1', b: null}")),
        new("labels and annotations", [(Mine, "{apiVersion: v1, kind: ConfigMap, metadata: {name: labels, labels: {a: '1', b: '2'}, annotations: {x/y: z}}}")], "{apiVersion: v1, kind: ConfigMap, metadata: {name: labels, labels: {a: '2', c: '3'}}}"),
        new("a label that another applied", [("helm", "{apiVersion: v1, kind: ConfigMap, metadata: {name: label, labels: {a: '1'}}}")], "{apiVersion: v1, kind: ConfigMap, metadata: {name: label, labels: {a: '2'}}}"),
        new("finalizers", [("helm", "{apiVersion: v1, kind: ConfigMap, metadata: {name: finalizers, finalizers: [example.com/a]}}")], "{apiVersion: v1, kind: ConfigMap, metadata: {name: finalizers, finalizers: [example.com/b]}}"),
        new("a Secret by stringData", [], "{apiVersion: v1, kind: Secret, metadata: {name: text}, stringData: {password: geheim}}"),
        new("a Secret by stringData again", [(Mine, "{apiVersion: v1, kind: Secret, metadata: {name: again}, stringData: {password: geheim}}")], "{apiVersion: v1, kind: Secret, metadata: {name: again}, stringData: {password: geheimer}}"),
        new("a Secret by data", [(Mine, "{apiVersion: v1, kind: Secret, metadata: {name: data}, data: {a: YQ==, b: Yg==}}")], "{apiVersion: v1, kind: Secret, metadata: {name: data}, data: {a: Yg==}}"),
        new("a new Service", [], Service("new", "[{name: http, port: 80, protocol: TCP}]")),
        new("a port more", [(Mine, Service("more", "[{name: http, port: 80, protocol: TCP}]"))], Service("more", "[{name: http, port: 80, protocol: TCP}, {name: dns, port: 53, protocol: UDP}]")),
        new("a port less", [(Mine, Service("less", "[{name: http, port: 80, protocol: TCP}, {name: dns, port: 53, protocol: UDP}]"))], Service("less", "[{name: http, port: 80, protocol: TCP}]")),
        new("a port without its protocol", [], Service("short", "[{port: 80}]")),
        new("a new Deployment", [], Deployment("new", "[{name: app, image: 'x:1', ports: [{containerPort: 80, protocol: TCP}], env: [{name: A, value: '1'}]}]")),
        new("variables that come and go", [(Mine, Deployment("env", "[{name: app, image: 'x:1', env: [{name: A, value: '1'}, {name: B, value: '2'}]}]"))], Deployment("env", "[{name: app, image: 'x:1', env: [{name: C, value: '3'}, {name: A, value: '4'}]}]")),
        new("a container that goes", [(Mine, Deployment("side", "[{name: app, image: 'x:1'}, {name: side, image: 'y:1'}]"))], Deployment("side", "[{name: app, image: 'x:1'}]")),
        new("a container beside another's", [("helm", Deployment("beside", "[{name: app, image: 'x:1'}]"))], Deployment("beside", "[{name: app, image: 'x:1'}, {name: side, image: 'y:1'}]")),
        new("an image that another set", [(Mine, Deployment("image", "[{name: app, image: 'x:1'}]")), ("helm", Deployment("image", "[{name: app, image: 'x:1'}]"))], Deployment("image", "[{name: app, image: 'x:2'}]")),
        new("replicas that are no longer applied", [(Mine, Deployment("replicas", "[{name: app, image: 'x:1'}]", "replicas: 3, "))], Deployment("replicas", "[{name: app, image: 'x:1'}]")),
        new("replicas that another patched", [(Mine, Deployment("scaled", "[{name: app, image: 'x:1'}]", "replicas: 3, ")), ("~hpa", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: scaled}, spec: {replicas: 7}}")], Deployment("scaled", "[{name: app, image: 'x:1'}]", "replicas: 3, ")),
        new("a selector that must not change", [(Mine, Deployment("selector", "[{name: app, image: 'x:1'}]"))], Deployment("selector", "[{name: app, image: 'x:1'}]").Replace("app: a", "app: b", StringComparison.Ordinal)),
        new("a field that does not exist", [], Deployment("nonsense", "[{name: app, image: 'x:1'}]", "replicsa: 3, ")),
        new("a value that is not accepted", [], Deployment("invalid", "[{name: app, image: 'x:1'}]", "replicas: -1, ")),
        new("a StatefulSet", [], $"{{apiVersion: apps/v1, kind: StatefulSet, metadata: {{name: a}}, spec: {{serviceName: a, {Template}[{{name: a, image: x}}]}}}}, volumeClaimTemplates: [{{metadata: {{name: d}}, spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}}}]}}}}"),
        new("a DaemonSet", [(Mine, $"{{apiVersion: apps/v1, kind: DaemonSet, metadata: {{name: a}}, spec: {{{Template}[{{name: a, image: x}}], tolerations: [{{key: a}}, {{key: b}}]}}}}}}}}")], $"{{apiVersion: apps/v1, kind: DaemonSet, metadata: {{name: a}}, spec: {{{Template}[{{name: a, image: x}}], tolerations: [{{key: b}}]}}}}}}}}"),
        new("a Job", [], "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: x, command: [a, b]}]}}}}"),
        new("a CronJob", [(Mine, CronJob("0 0 * * *"))], CronJob("0 1 * * *")),
        new("a PodDisruptionBudget", [], "{apiVersion: policy/v1beta1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 50%, selector: {matchLabels: {app: a}}}}"),
        new("a HorizontalPodAutoscaler", [], "{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}}"),
        new("an Ingress", [], "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}}"),
        new("a NetworkPolicy", [], "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {a: b}}}]}]}}"),
        new("a ClusterRole", [(Mine, "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]}")], "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]}"),
        new("a RoleBinding", [], "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, subjects: [{kind: ServiceAccount, name: a, namespace: web}]}"),
        new("a ServiceAccount", [(Mine, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}, imagePullSecrets: [{name: a}, {name: b}]}")], "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}, imagePullSecrets: [{name: b}]}"),
        new("a PersistentVolumeClaim", [], "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}"),
        new("a Namespace", [], "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {a: b}}}"),
        new("a custom list with keys", [(Mine, Shop("keys", "doors: [{name: a, width: 1}, {name: b, width: 2}]"))], Shop("keys", "doors: [{name: b, width: 3}, {name: c}]")),
        new("a custom list with keys of two owners", [("helm", Shop("owners", "doors: [{name: a, width: 1}]"))], Shop("owners", "doors: [{name: a, width: 2}, {name: b}]")),
        new("a custom set", [("helm", Shop("tags", "tags: [a, b]"))], Shop("tags", "tags: [b, c]")),
        new("a custom list without keys", [("helm", Shop("rows", "rows: [{a: 1}]"))], Shop("rows", "rows: [{a: 2}]")),
        new("a custom kind without a schema", [(Mine, "{apiVersion: example.com/v1, kind: Box, metadata: {name: a}, spec: {list: [{name: a}, {name: b}], x: {q: 1}}}")], "{apiVersion: example.com/v1, kind: Box, metadata: {name: a}, spec: {list: [{name: b}], x: {z: 1}}}"),
        new("a custom value of another type", [], Shop("typed", "open: 7")),
    ];

    private static string Map(string name, string data) => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {(name == "null" ? "nulls" : name)}}}, data: {data}}}";

    private static string Service(string name, string ports) => $"{{apiVersion: v1, kind: Service, metadata: {{name: {name}}}, spec: {{selector: {{app: a}}, ports: {ports}}}}}";

    private static string Deployment(string name, string containers, string spec = "") => $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}}}, spec: {{{spec}{Template}{containers}}}}}}}}}";

    private static string CronJob(string schedule) => $"{{apiVersion: batch/v1beta1, kind: CronJob, metadata: {{name: a}}, spec: {{schedule: '{schedule}', jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: x}}]}}}}}}}}}}}}";

    private static string Shop(string name, string spec) => $"{{apiVersion: example.com/v1, kind: Shop, metadata: {{name: {name}}}, spec: {{{spec}}}}}";
}
