using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>What a server adds to a new object, as far as clients look at it.</summary>
internal static class ServerDefaults
{
    // Kinds whose strategy counts the changes of their spec.
    private static bool HasGeneration(ResourceKind kind) =>
        kind.IsCustom
        || kind.Group is "apps" or "batch" && kind.Plural != "controllerrevisions"
        || kind.QualifiedPlural is "poddisruptionbudgets.policy" or "replicationcontrollers" or "ingresses.networking.k8s.io" or "networkpolicies.networking.k8s.io"
            or "ingressclasses.networking.k8s.io" or "customresourcedefinitions.apiextensions.k8s.io";

    public static void Apply(ResourceKind kind, JsonObject json)
    {
        if (HasGeneration(kind)) json["metadata"]!["generation"] = 1;
        switch (kind.QualifiedPlural)
        {
            case "pods":
                if (json["spec"] is JsonObject spec)
                {
                    spec["restartPolicy"] ??= "Always";
                    spec["terminationGracePeriodSeconds"] ??= 30;
                }
                json["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };
                break;
            case "poddisruptionbudgets.policy":
                json["status"] = new JsonObject { ["disruptionsAllowed"] = 0, ["currentHealthy"] = 0, ["desiredHealthy"] = 0, ["expectedPods"] = 0 };
                break;
            case "events":
                EventView.Complete(json);
                break;
            case "namespaces":
                json["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
                json["status"] = new JsonObject { ["phase"] = "Active" };
                break;
        }
    }
}
