namespace MultiCluster.Sandbox.Data;

/// <summary>The application names that a company has.</summary>
internal static class Applications
{
    public static IReadOnlyList<(string Namespace, string Name, string Tier)> All { get; } =
    [
        ("web", "storefront", "frontend"), ("payments", "payments-api", "backend"), ("web", "api-gateway", "frontend"), ("checkout", "cart", "backend"),
        ("search", "search-query", "backend"), ("payments", "fraud-check", "backend"), ("checkout", "checkout-ui", "frontend"), ("monitoring", "grafana", "frontend"),
        ("web", "session-service", "backend"), ("search", "search-indexer", "worker"), ("ingress-nginx", "ingress-nginx-controller", "edge"), ("kube-system", "coredns", "system"),
        ("payments", "invoice-worker", "worker"), ("web", "image-resizer", "worker"), ("checkout", "shipping", "backend"), ("cert-manager", "cert-manager", "system"),
    ];

    public static IReadOnlyList<string> Namespaces { get; } =
        ["cert-manager", "checkout", "default", "ingress-nginx", "kube-node-lease", "kube-public", "kube-system", "monitoring", "payments", "search", "web"];

    public static string Image(string app, SeededRandom random) => $"registry.example.com/{app}:1.{random.Between(0, 30)}.{random.Between(0, 9)}";
}

/// <summary>Workloads with their pods: as many as asked for in all.</summary>
internal static class Workloads
{
    public static void Add(World world)
    {
        var pods = world.Options.Pods;
        var daemons = Math.Min(2 * world.NodeCount, pods / 5);
        var stateful = pods / 12;
        var jobs = pods / 20;
        var bare = pods >= 20 ? 1 : 0;
        DeploymentData.Add(world, pods - daemons - stateful - jobs - bare);
        DaemonSetData.Add(world, daemons);
        StatefulSetData.Add(world, stateful);
        JobData.Add(world, jobs);
        if (bare == 1)
            PodData.Add(world, new PodTemplate("default", "debug-shell", "tool", "registry.example.com/toolbox:2.1.0"), "debug-shell", PodState.Running, TimeSpan.FromHours(3), 0);
    }

    public static string Conditions(World world, TimeSpan age, params (string Type, bool Status, string Reason)[] conditions) =>
        string.Join(',', conditions.Select(c => $$$"""
            { "type": "{{{c.Type}}}", "status": "{{{(c.Status ? "True" : "False")}}}", "lastUpdateTime": "{{{world.Ago(age)}}}",
              "lastTransitionTime": "{{{world.Ago(age)}}}", "reason": "{{{c.Reason}}}", "message": "{{{c.Reason}}}" }
            """));
}
