using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>What a server refuses: fields that are missing or wrong, and changes of what cannot change (the registry's Validate and ValidateUpdate).</summary>
internal static class KindRules
{
    /// <exception cref="Api.StatusError">It is refused, with every reason.</exception>
    public static void Check(ResourceKind kind, JsonObject? before, JsonObject json)
    {
        var problems = new Problems();
        MetadataRules.Check(json, problems);
        switch (kind.QualifiedPlural)
        {
            case "pods":
                PodRules.CheckPod(before, json, problems);
                break;
            case "deployments.apps" or "statefulsets.apps" or "daemonsets.apps" or "replicasets.apps":
                WorkloadRules.Check(kind.Plural, before, json, problems);
                break;
            case "jobs.batch" or "cronjobs.batch":
                JobRules.Check(kind.Plural, before, json, problems);
                break;
            case "services":
                ServiceRules.Check(before, json, problems);
                break;
            case "configmaps":
                ConfigRules.CheckConfigMap(before, json, problems);
                break;
            case "secrets":
                ConfigRules.CheckSecret(before, json, problems);
                break;
            case "persistentvolumeclaims":
                ClaimRules.Check(before, json, problems);
                break;
            case "horizontalpodautoscalers.autoscaling":
                AutoscalerRules.Check(json, problems);
                break;
            case "rolebindings.rbac.authorization.k8s.io" or "clusterrolebindings.rbac.authorization.k8s.io":
                if (before is not null && !JsonNode.DeepEquals(before["roleRef"], json["roleRef"]))
                    problems.Invalid("roleRef", RoleRef(json["roleRef"]), "cannot change roleRef");
                break;
        }
        problems.Throw(kind, json["metadata"]!["name"]!.ToString());
    }

    private static GoValue RoleRef(JsonNode? role) => new($"rbac.RoleRef{{APIGroup:\"{role?["apiGroup"]}\", Kind:\"{role?["kind"]}\", Name:\"{role?["name"]}\"}}");
}
