namespace MultiCluster.Sandbox.Data;

/// <summary>Budgets, autoscalers, quotas, limits, priorities and network policies.</summary>
internal static class PolicyData
{
    public static void AddForApplication(World world, string ns, string app, string tier, int replicas, int ready, TimeSpan age)
    {
        if (tier == "backend") AddBudget(world, ns, app, replicas, ready, age);
        if (tier == "frontend") AddAutoscaler(world, ns, app, replicas, age);
    }

    public static void AddBudget(World world, string ns, string app, int replicas, int ready, TimeSpan age) => world.Add(new Draft("poddisruptionbudgets.policy", ns, app)
    {
        Age = age,
        Generation = 1,
        Body = $$$"""
            "spec": { "maxUnavailable": 1, "selector": { "matchLabels": { "app": "{{{app}}}" } } },
            "status": { "observedGeneration": 1, "disruptionsAllowed": {{{Math.Max(0, ready - replicas + 1)}}}, "currentHealthy": {{{ready}}}, "desiredHealthy": {{{replicas - 1}}}, "expectedPods": {{{replicas}}} }
            """,
    });

    public static void Add(World world)
    {
        var age = TimeSpan.FromDays(300);
        foreach (var (name, value) in new[] { ("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000) })
            world.Add(new Draft("priorityclasses.scheduling.k8s.io", "", name) { Age = age, Body = $"\"value\":{value},\"preemptionPolicy\":\"PreemptLowerPriority\"" });
        world.Add(new Draft("resourcequotas", "payments", "team")
        {
            Age = age,
            Body = """ "spec": { "hard": { "pods": "200", "requests.cpu": "40" } }, "status": { "hard": { "pods": "200", "requests.cpu": "40" }, "used": { "pods": "31", "requests.cpu": "3100m" } } """,
        });
        world.Add(new Draft("limitranges", "web", "defaults")
        {
            Age = age,
            Body = """ "spec": { "limits": [ { "type": "Container", "default": { "cpu": "500m", "memory": "256Mi" }, "defaultRequest": { "cpu": "100m", "memory": "128Mi" } } ] } """,
        });
        foreach (var ns in new[] { "web", "payments", "checkout" })
        {
            world.Add(new Draft("networkpolicies.networking.k8s.io", ns, "default-deny")
            {
                Age = age,
                Generation = 1,
                Body = """ "spec": { "podSelector": {}, "policyTypes": [ "Ingress" ] } """,
            });
        }
    }

    private static void AddAutoscaler(World world, string ns, string app, int replicas, TimeSpan age) => world.Add(new Draft("horizontalpodautoscalers.autoscaling", ns, app)
    {
        Age = age,
        Body = $$$"""
            "spec": {
              "scaleTargetRef": { "kind": "Deployment", "name": "{{{app}}}", "apiVersion": "apps/v1" }, "minReplicas": 1, "maxReplicas": {{{replicas * 3}}},
              "metrics": [ { "type": "Resource", "resource": { "name": "cpu", "target": { "type": "Utilization", "averageUtilization": 70 } } } ]
            },
            "status": { "currentReplicas": {{{replicas}}}, "desiredReplicas": {{{replicas}}}, "currentMetrics": [ { "type": "Resource", "resource": { "name": "cpu", "current": { "averageUtilization": {{{world.Random.Between(5, 95)}}}, "averageValue": "70m" } } } ] }
            """,
    });
}
