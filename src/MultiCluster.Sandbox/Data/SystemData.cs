using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>What a control plane and its add-ons leave in a cluster.</summary>
internal static class SystemData
{
    public static void Add(World world)
    {
        var age = TimeSpan.FromDays(410);
        foreach (var component in new[] { "kube-controller-manager", "kube-scheduler" })
        {
            world.Add(new Draft("leases.coordination.k8s.io", "kube-system", component)
            {
                Age = age,
                Body = $$$"""
                    "spec": { "holderIdentity": "{{{World.NodeName(0)}}}_{{{world.NewUid()}}}", "leaseDurationSeconds": 15, "renewTime": "{{{Timestamp.Micro(world.Now.AddSeconds(-1))}}}", "leaseTransitions": 3 }
                    """,
            });
        }
        world.Add(new Draft("ingressclasses.networking.k8s.io", "", "nginx") { Age = age, Generation = 1, Body = """ "spec": { "controller": "k8s.io/ingress-nginx" } """ });
        foreach (var kind in BuiltInKinds.All.DistinctBy(k => k.ApiVersion))
        {
            world.Add(new Draft("apiservices.apiregistration.k8s.io", "", kind.Group.Length == 0 ? $"{kind.Version}." : $"{kind.Version}.{kind.Group}")
            {
                Age = age,
                Labels = [("kube-aggregator.kubernetes.io/automanaged", "onstart")],
                Body = $$$"""
                    "spec": { "group": "{{{kind.Group}}}", "version": "{{{kind.Version}}}", "groupPriorityMinimum": 18000, "versionPriority": 1 },
                    "status": { "conditions": [ { "type": "Available", "status": "True", "lastTransitionTime": "{{{world.Ago(age)}}}", "reason": "Local", "message": "Local APIServices are always available" } ] }
                    """,
            });
        }
        foreach (var plural in new[] { "mutatingwebhookconfigurations", "validatingwebhookconfigurations" })
        {
            world.Add(new Draft($"{plural}.admissionregistration.k8s.io", "", "cert-manager-webhook")
            {
                Age = age,
                Generation = 1,
                Body = """
                    "webhooks": [ { "name": "webhook.cert-manager.io", "clientConfig": { "service": { "namespace": "cert-manager", "name": "cert-manager-webhook", "path": "/validate", "port": 443 } },
                      "rules": [ { "operations": [ "CREATE", "UPDATE" ], "apiGroups": [ "cert-manager.io" ], "apiVersions": [ "v1" ], "resources": [ "*" ], "scope": "*" } ],
                      "failurePolicy": "Fail", "matchPolicy": "Equivalent", "sideEffects": "None", "timeoutSeconds": 30, "admissionReviewVersions": [ "v1" ] } ]
                    """,
            });
        }
        world.Add(new Draft("replicationcontrollers", "default", "legacy")
        {
            Age = age,
            Generation = 1,
            Labels = [("app", "legacy")],
            Body = $$$""" "spec": { "replicas": 0, "selector": { "app": "legacy" }, "template": {{{new PodTemplate("default", "legacy", "backend", "registry.example.com/legacy:0.9.0").Json}}} }, "status": { "replicas": 0, "observedGeneration": 1 } """,
        });
    }
}
