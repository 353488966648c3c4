namespace MultiCluster.Sandbox.Data;

/// <summary>A workload's Service with its endpoints, and an Ingress for a front end.</summary>
internal static class ServiceData
{
    public static void Add(World world, PodTemplate template, TimeSpan age, bool headless = false)
    {
        var (ns, app) = (template.Namespace, template.App);
        var address = headless ? "None" : $"10.96.{world.Random.Next(256)}.{world.Random.Between(1, 254)}";
        var uid = world.Add(new Draft("services", ns, app)
        {
            Age = age,
            Labels = template.Labels,
            ManagedFields = ManagedFields.Of("v1", world.Ago(age), """{"f:spec":{"f:ports":{},"f:selector":{},"f:type":{}}}"""),
            Body = $$$"""
                "spec": {
                  "ports": [ { "name": "http", "protocol": "TCP", "port": 80, "targetPort": "http" } ],
                  "selector": {{{template.Selector}}},
                  "clusterIP": "{{{address}}}", "clusterIPs": [ "{{{address}}}" ],
                  "type": "ClusterIP", "sessionAffinity": "None", "ipFamilies": [ "IPv4" ], "ipFamilyPolicy": "SingleStack", "internalTrafficPolicy": "Cluster"
                },
                "status": { "loadBalancer": {
                } }
                """,
        });
        AddEndpoints(world, template, uid, age);
        if (template.Tier == "frontend") AddIngress(world, template, age);
    }

    private static void AddEndpoints(World world, PodTemplate template, string serviceUid, TimeSpan age)
    {
        var (ns, app) = (template.Namespace, template.App);
        var pods = world.Pods.Where(p => p.App == app && p.Namespace == ns && p.Address.Length > 0).ToList();
        string Target(PodFacts p) => $"\"targetRef\":{{\"kind\":\"Pod\",\"namespace\":\"{ns}\",\"name\":\"{p.Name}\",\"uid\":\"{p.Uid}\"}}";
        string Addresses(bool ready) => string.Join(',', pods.Where(p => p.IsReady == ready).Select(p => $"{{\"ip\":\"{p.Address}\",\"nodeName\":\"{p.Node}\",{Target(p)}}}"));
        var subset = pods.Count == 0 ? "" : $$$"""{ "addresses": [ {{{Addresses(true)}}} ], "notReadyAddresses": [ {{{Addresses(false)}}} ], "ports": [ { "name": "http", "port": 8080, "protocol": "TCP" } ] }""";
        world.Add(new Draft("endpoints", ns, app) { Age = age, Labels = template.Labels, Body = $"\"subsets\":[{subset}]" });
        world.Add(new Draft("endpointslices.discovery.k8s.io", ns, $"{app}-{world.Random.Suffix(5)}")
        {
            Age = age,
            GenerateName = $"{app}-",
            Generation = 1,
            Labels = [("app", app), ("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"), ("kubernetes.io/service-name", app)],
            Owner = new Owner("v1", "Service", app, serviceUid),
            Body = $$$"""
                "addressType": "IPv4",
                "endpoints": [ {{{string.Join(',', pods.Select(p => $"{{\"addresses\":[\"{p.Address}\"],\"conditions\":{{\"ready\":{(p.IsReady ? "true" : "false")},\"serving\":{(p.IsReady ? "true" : "false")},\"terminating\":false}},{Target(p)},\"nodeName\":\"{p.Node}\"}}"))}}} ],
                "ports": [ { "name": "http", "port": 8080, "protocol": "TCP" } ]
                """,
        });
    }

    private static void AddIngress(World world, PodTemplate template, TimeSpan age)
    {
        var host = $"{template.App}.example.com";
        world.Add(new Draft("ingresses.networking.k8s.io", template.Namespace, template.App)
        {
            Age = age,
            Generation = 1,
            Labels = template.Labels,
            Annotations = [("cert-manager.io/cluster-issuer", "letsencrypt")],
            Body = $$$"""
                "spec": {
                  "ingressClassName": "nginx",
                  "tls": [ { "hosts": [ "{{{host}}}" ], "secretName": "{{{template.App}}}-tls" } ],
                  "rules": [ { "host": "{{{host}}}", "http": { "paths": [ { "path": "/", "pathType": "Prefix", "backend": { "service": { "name": "{{{template.App}}}", "port": { "name": "http" }
                  } } } ] } } ]
                },
                "status": { "loadBalancer": { "ingress": [ { "ip": "203.0.113.10" } ] } }
                """,
        });
    }
}
