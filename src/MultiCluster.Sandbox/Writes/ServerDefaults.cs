using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Kinds;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>What a server gives a new object whatever the client says (the registry's PrepareForCreate), as far as clients look at it.</summary>
internal static class ServerDefaults
{
    // Kinds whose strategy counts the changes of their spec.
    private static bool HasGeneration(ResourceKind kind) =>
        kind.IsCustom
        || kind.Group is "apps" or "batch" && kind.Plural != "controllerrevisions"
        || kind.QualifiedPlural is "poddisruptionbudgets.policy" or "replicationcontrollers" or "ingresses.networking.k8s.io" or "networkpolicies.networking.k8s.io"
            or "ingressclasses.networking.k8s.io" or "customresourcedefinitions.apiextensions.k8s.io";

    public static void Apply(ResourceKind kind, JsonObject json, DateTimeOffset now)
    {
        if (HasGeneration(kind)) json["metadata"]!["generation"] = 1;
        switch (kind.QualifiedPlural)
        {
            case "pods":
                json["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };
                break;
            case "poddisruptionbudgets.policy":
                json["status"] = new JsonObject { ["disruptionsAllowed"] = 0, ["currentHealthy"] = 0, ["desiredHealthy"] = 0, ["expectedPods"] = 0 };
                break;
            case "events":
                EventView.Complete(json);
                break;
            case "services":
                json["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
                Allocate(kind, json);
                break;
            case "customresourcedefinitions.apiextensions.k8s.io":
                json["status"] = DefinitionDefaults.Established(json, Timestamp.Of(now));
                break;
            case "deployments.apps" or "jobs.batch" or "cronjobs.batch":
                json["status"] = new JsonObject();
                break;
            case "statefulsets.apps" or "replicasets.apps":
                json["status"] = new JsonObject { ["replicas"] = 0 };
                break;
            case "daemonsets.apps":
                json["status"] = new JsonObject
                {
                    ["currentNumberScheduled"] = 0,
                    ["numberMisscheduled"] = 0,
                    ["desiredNumberScheduled"] = 0,
                    ["numberReady"] = 0,
                };
                break;
            case "namespaces":
                json["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
                json["status"] = new JsonObject { ["phase"] = "Active" };
                break;
        }
    }

    /// <summary>Gives addresses and ports to what has none.</summary>
    public static void Allocate(ResourceKind kind, JsonObject json)
    {
        if (kind.QualifiedPlural == "services") ServiceDefaults.Allocate(json);
    }
}
