using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of RoleBindings and ClusterRoleBindings.</summary>
internal static class BindingDefaults
{
    private const string Group = "rbac.authorization.k8s.io";

    public static void Complete(JsonObject json)
    {
        if (json["roleRef"] is JsonObject role) role["apiGroup"] ??= Group;
        foreach (var subject in json.Items("subjects"))
            if (subject["kind"]?.ToString() is "User" or "Group") subject["apiGroup"] ??= Group;
    }
}
