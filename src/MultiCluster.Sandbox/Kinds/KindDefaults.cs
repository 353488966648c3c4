using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>What a server fills in wherever a client says nothing, with every write (the API types' SetDefaults).</summary>
internal static class KindDefaults
{
    public static void Complete(ResourceKind kind, JsonObject json)
    {
        switch (kind.QualifiedPlural)
        {
            case "pods":
                PodDefaults.CompletePod(json);
                break;
            case "deployments.apps" or "statefulsets.apps" or "daemonsets.apps" or "replicasets.apps":
                WorkloadDefaults.Complete(kind.Plural, json);
                break;
            case "jobs.batch" or "cronjobs.batch":
                JobDefaults.Complete(kind.Plural, json);
                break;
            case "services":
                ServiceDefaults.Complete(json);
                break;
            case "secrets":
                SecretDefaults.Complete(json);
                break;
            case "persistentvolumeclaims":
                ClaimDefaults.Complete(json);
                break;
            case "horizontalpodautoscalers.autoscaling":
                AutoscalerDefaults.Complete(json);
                break;
            case "rolebindings.rbac.authorization.k8s.io" or "clusterrolebindings.rbac.authorization.k8s.io":
                BindingDefaults.Complete(json);
                break;
            case "customresourcedefinitions.apiextensions.k8s.io":
                DefinitionDefaults.Complete(json);
                break;
        }
    }

    /// <summary>The map at a name, put there where none is.</summary>
    public static JsonObject Map(this JsonObject json, string name)
    {
        if (json[name] is not JsonObject map) json[name] = map = [];
        return map;
    }

    /// <summary>The maps of a list; none where there is no list.</summary>
    public static IEnumerable<JsonObject> Items(this JsonObject? json, string name) => (json?[name] as JsonArray)?.OfType<JsonObject>() ?? [];
}
