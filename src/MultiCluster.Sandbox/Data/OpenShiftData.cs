using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>
/// What an OpenShift cluster has beside: a version with updates that wait, operators of which the console is degraded and monitoring progresses,
/// pools of machines, projects, routes, and a workload of the older kinds.
/// </summary>
internal static class OpenShiftData
{
    private const string Version = "4.18.7";

    private static readonly string[] Operators =
    [
        "authentication", "cloud-credential", "cluster-autoscaler", "config-operator", "console", "dns", "etcd", "image-registry", "ingress", "kube-apiserver",
        "kube-controller-manager", "kube-scheduler", "machine-api", "machine-config", "marketplace", "monitoring", "network", "node-tuning", "openshift-apiserver",
        "operator-lifecycle-manager", "service-ca", "storage",
    ];

    public static void Add(ClusterStore store, int nodes)
    {
        OpenShiftKinds.Add(store);
        var now = store.Time.GetUtcNow();
        AddVersion(store, now);
        foreach (var name in Operators) AddOperator(store, name, now);
        AddPool(store, "master", 3, 3, now);
        AddPool(store, "worker", Math.Max(1, nodes - 3), Math.Max(0, nodes - 4), now);
        foreach (var ns in Applications.Namespaces) AddProject(store, ns, now);
        AddRoutes(store, now);
        AddGateways(store, now);
        AddOlderKinds(store, now);
    }

    private static void AddVersion(ClusterStore store, DateTimeOffset now) => store.Add($$$"""
        {
          "apiVersion": "config.openshift.io/v1", "kind": "ClusterVersion", "metadata": { "name": "version", "creationTimestamp": "{{{Timestamp.Of(now.AddDays(-410))}}}" },
          "spec": { "channel": "stable-4.18", "clusterID": "5f7e2b9c-0000-4000-8000-0123456789ab" },
          "status": {
            "desired": { "version": "{{{Version}}}", "channels": [ "candidate-4.18", "fast-4.18", "stable-4.18", "stable-4.19" ] },
            "history": [
              { "state": "Completed", "version": "{{{Version}}}", "startedTime": "{{{Timestamp.Of(now.AddDays(-31))}}}", "completionTime": "{{{Timestamp.Of(now.AddDays(-31).AddHours(1))}}}", "verified": true },
              { "state": "Completed", "version": "4.17.20", "startedTime": "{{{Timestamp.Of(now.AddDays(-120))}}}", "completionTime": "{{{Timestamp.Of(now.AddDays(-120).AddHours(1))}}}", "verified": true }
            ],
            "availableUpdates": [ { "version": "4.18.12" }, { "version": "4.18.9" } ],
            "conditions": [ {{{Condition("Available", "True", now.AddDays(-31), $"Done applying {Version}")}}}, {{{Condition("Failing", "False", now.AddDays(-31), "")}}}, {{{Condition("Progressing", "False", now.AddDays(-31), $"Cluster version is {Version}")}}} ]
          }
        }
        """);

    private static void AddOperator(ClusterStore store, string name, DateTimeOffset now)
    {
        var since = now.AddDays(-31);
        var degraded = name == "console"
            ? Condition("Degraded", "True", now.AddHours(-3), "RouteHealthDegraded: failed to GET route (https://console.apps.example.com): context deadline exceeded")
            : Condition("Degraded", "False", since, "");
        var progressing = name == "monitoring" ? Condition("Progressing", "True", now.AddMinutes(-9), "Rolling out the stack.") : Condition("Progressing", "False", since, "");
        store.Add($$$"""
            {
              "apiVersion": "config.openshift.io/v1", "kind": "ClusterOperator", "metadata": { "name": "{{{name}}}", "creationTimestamp": "{{{Timestamp.Of(now.AddDays(-410))}}}" },
              "spec": {},
              "status": {
                "conditions": [ {{{Condition("Available", "True", since, "")}}}, {{{progressing}}}, {{{degraded}}}, {{{Condition("Upgradeable", "True", since, "")}}} ],
                "versions": [ { "name": "operand", "version": "1.0" }, { "name": "operator", "version": "{{{Version}}}" } ]
              }
            }
            """);
    }

    private static void AddPool(ClusterStore store, string name, int machines, int updated, DateTimeOffset now)
    {
        var done = machines == updated;
        store.Add($$$"""
            {
              "apiVersion": "machineconfiguration.openshift.io/v1", "kind": "MachineConfigPool", "metadata": { "name": "{{{name}}}", "creationTimestamp": "{{{Timestamp.Of(now.AddDays(-410))}}}" },
              "spec": { "paused": false, "configuration": { "name": "rendered-{{{name}}}-0a1b2c3d4e5f" } },
              "status": {
                "configuration": { "name": "rendered-{{{name}}}-0a1b2c3d4e5f" },
                "machineCount": {{{machines}}}, "readyMachineCount": {{{updated}}}, "updatedMachineCount": {{{updated}}}, "unavailableMachineCount": {{{machines - updated}}}, "degradedMachineCount": 0,
                "conditions": [ {{{Condition("Updated", done ? "True" : "False", now.AddDays(-1), "")}}}, {{{Condition("Updating", done ? "False" : "True", now.AddDays(-1), "")}}}, {{{Condition("Degraded", "False", now.AddDays(-31), "")}}} ]
              }
            }
            """);
    }

    private static void AddProject(ClusterStore store, string ns, DateTimeOffset now) => store.Add($$$"""
        {
          "apiVersion": "project.openshift.io/v1", "kind": "Project",
          "metadata": { "name": "{{{ns}}}", "creationTimestamp": "{{{Timestamp.Of(now.AddDays(-410))}}}", "labels": { "kubernetes.io/metadata.name": "{{{ns}}}" }, "annotations": { "openshift.io/display-name": "The {{{ns}}} project", "openshift.io/requester": "admin" } },
          "spec": { "finalizers": [ "kubernetes" ] }, "status": { "phase": "Active" }
        }
        """);

    private static void AddRoutes(ClusterStore store, DateTimeOffset now)
    {
        foreach (var (app, admitted) in new[] { ("storefront", "True"), ("api-gateway", "False") })
        {
            store.Add($$$"""
                {
                  "apiVersion": "route.openshift.io/v1", "kind": "Route", "metadata": { "name": "{{{app}}}", "namespace": "web", "creationTimestamp": "{{{Timestamp.Of(now.AddDays(-40))}}}", "labels": { "app": "{{{app}}}" } },
                  "spec": { "host": "{{{app}}}.apps.example.com", "path": "/", "to": { "kind": "Service", "name": "{{{app}}}", "weight": 100 }, "port": { "targetPort": "http" }, "tls": { "termination": "edge", "insecureEdgeTerminationPolicy": "Redirect" }, "wildcardPolicy": "None" },
                  "status": { "ingress": [ { "host": "{{{app}}}.apps.example.com", "routerName": "default", "conditions": [ {{{Condition("Admitted", admitted, now.AddDays(-40), admitted == "True" ? "" : "a route in another namespace holds the host")}}} ] } ] }
                }
                """);
        }
    }

    private static void AddGateways(ClusterStore store, DateTimeOffset now)
    {
        var created = Timestamp.Of(now.AddDays(-12));
        store.Add($$$"""
            { "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": { "name": "openshift-default", "creationTimestamp": "{{{created}}}" },
              "spec": { "controllerName": "openshift.io/gateway-controller/v1", "description": "of this cluster" }, "status": { "conditions": [ {{{Condition("Accepted", "True", now, "")}}} ] } }
            """);
        store.Add($$$"""
            { "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": { "name": "public", "namespace": "ingress-nginx", "creationTimestamp": "{{{created}}}" },
              "spec": { "gatewayClassName": "openshift-default", "listeners": [ { "name": "https", "port": 443, "protocol": "HTTPS", "tls": { "certificateRefs": [ { "name": "public-tls" } ] } } ] },
              "status": { "addresses": [ { "type": "IPAddress", "value": "203.0.113.20" } ], "listeners": [ { "name": "https", "attachedRoutes": 1 } ], "conditions": [ {{{Condition("Programmed", "True", now, "")}}} ] } }
            """);
        store.Add($$$"""
            { "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": { "name": "storefront", "namespace": "web", "creationTimestamp": "{{{created}}}" },
              "spec": { "hostnames": [ "shop.example.com" ], "parentRefs": [ { "name": "public", "namespace": "ingress-nginx" } ], "rules": [ { "backendRefs": [ { "name": "storefront", "port": 80 } ] } ] },
              "status": { "parents": [ { "parentRef": { "name": "public", "namespace": "ingress-nginx" }, "conditions": [ {{{Condition("Accepted", "True", now, "")}}} ] } ] } }
            """);
    }

    private static void AddOlderKinds(ClusterStore store, DateTimeOffset now)
    {
        var created = Timestamp.Of(now.AddDays(-300));
        store.Add($$$"""
            { "apiVersion": "apps.openshift.io/v1", "kind": "DeploymentConfig", "metadata": { "name": "legacy-shop", "namespace": "web", "creationTimestamp": "{{{created}}}" },
              "spec": { "replicas": 2, "selector": { "app": "legacy-shop" }, "triggers": [ { "type": "ConfigChange" }, { "type": "ImageChange", "imageChangeParams": { "from": { "kind": "ImageStreamTag", "name": "legacy-shop:latest" } } } ],
                "template": { "spec": { "containers": [ { "name": "app", "image": "registry.example.com/legacy-shop:2" } ] } } },
              "status": { "latestVersion": 7, "replicas": 2, "readyReplicas": 1 } }
            """);
        store.Add($$$"""
            { "apiVersion": "build.openshift.io/v1", "kind": "BuildConfig", "metadata": { "name": "legacy-shop", "namespace": "web", "creationTimestamp": "{{{created}}}" },
              "spec": { "source": { "type": "Git", "git": { "uri": "https://git.example.com/legacy-shop.git", "ref": "main" } }, "strategy": { "type": "Source" }, "output": { "to": { "kind": "ImageStreamTag", "name": "legacy-shop:latest" } } },
              "status": { "lastVersion": 12 } }
            """);
        store.Add($$$"""
            { "apiVersion": "image.openshift.io/v1", "kind": "ImageStream", "metadata": { "name": "legacy-shop", "namespace": "web", "creationTimestamp": "{{{created}}}" },
              "spec": {},
              "status": { "dockerImageRepository": "image-registry.openshift-image-registry.svc:5000/web/legacy-shop", "publicDockerImageRepository": "registry.apps.example.com/web/legacy-shop",
                "tags": [ { "tag": "latest", "items": [ { "created": "{{{Timestamp.Of(now.AddDays(-20))}}}" } ] }, { "tag": "1.0", "items": [ { "created": "{{{Timestamp.Of(now.AddDays(-200))}}}" } ] } ] } }
            """);
    }

    private static string Condition(string type, string status, DateTimeOffset since, string message) =>
        $$"""{ "type": "{{type}}", "status": "{{status}}", "lastTransitionTime": "{{Timestamp.Of(since)}}", "reason": "AsExpected", "message": "{{message}}" }""";
}
