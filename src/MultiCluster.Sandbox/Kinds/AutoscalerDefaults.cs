using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of HorizontalPodAutoscalers.</summary>
internal static class AutoscalerDefaults
{
    public static void Complete(JsonObject json)
    {
        var spec = json.Map("spec");
        spec["minReplicas"] ??= 1;
        spec["metrics"] ??= new JsonArray(new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject { ["name"] = "cpu", ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = 80 } },
        });
    }
}
