namespace MultiCluster.Sandbox.Data;

/// <summary>Roles and their bindings.</summary>
internal static class AccessData
{
    private const string Group = "rbac.authorization.k8s.io";

    public static void Add(World world)
    {
        var age = TimeSpan.FromDays(410);
        foreach (var (role, verbs) in new[] { ("admin", "\"*\""), ("cluster-admin", "\"*\""), ("edit", "\"get\",\"list\",\"watch\",\"create\",\"update\",\"patch\",\"delete\""), ("view", "\"get\",\"list\",\"watch\"") })
        {
            world.Add(new Draft($"clusterroles.{Group}", "", role)
            {
                Age = age,
                Labels = [("kubernetes.io/bootstrapping", "rbac-defaults")],
                Body = $"\"rules\":[{{\"verbs\":[{verbs}],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}}]",
            });
        }
        world.Add(new Draft($"clusterrolebindings.{Group}", "", "cluster-admin") { Age = age, Body = Binding("Group", "system:masters", "ClusterRole", "cluster-admin") });
        foreach (var ns in new[] { "checkout", "payments", "search", "web" })
        {
            world.Add(new Draft($"roles.{Group}", ns, "deployer")
            {
                Age = age,
                Body = """ "rules": [ { "verbs": [ "get", "list", "watch", "patch" ], "apiGroups": [ "apps" ], "resources": [ "deployments" ] } ] """,
            });
            world.Add(new Draft($"rolebindings.{Group}", ns, "deployer") { Age = age, Body = Binding("User", "jane", "Role", "deployer") });
        }
    }

    private static string Binding(string kind, string subject, string roleKind, string role) => $$$"""
        "subjects": [ { "kind": "{{{kind}}}", "apiGroup": "{{{Group}}}", "name": "{{{subject}}}" } ], "roleRef": { "apiGroup": "{{{Group}}}", "kind": "{{{roleKind}}}", "name": "{{{role}}}" }
        """;
}
