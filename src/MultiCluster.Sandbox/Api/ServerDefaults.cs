using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>What a server adds to a new object, as far as clients look at it.</summary>
internal static class ServerDefaults
{
    public static void Apply(ResourceKind kind, JsonObject json)
    {
        switch (kind.QualifiedPlural)
        {
            case "pods":
                if (json["spec"] is JsonObject spec) spec["restartPolicy"] ??= "Always";
                json["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };
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
