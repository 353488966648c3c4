using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>How many pods more, or fewer, a rollout may have than are wanted (deploymentutil.ResolveFenceposts).</summary>
/// <param name="Surge">More.</param>
/// <param name="Unavailable">Fewer.</param>
internal readonly record struct RolloutLimits(int Surge, int Unavailable)
{
    /// <summary>Those of a Deployment.</summary>
    public static RolloutLimits Of(JsonObject deployment, int replicas)
    {
        if (deployment["spec"]!["strategy"]?["type"]?.ToString() == "Recreate") return new(0, 0);
        var rolling = deployment["spec"]!["strategy"]?["rollingUpdate"];
        var surge = Share(rolling?["maxSurge"], "25%", replicas, up: true);
        var unavailable = Share(rolling?["maxUnavailable"], "25%", replicas, up: false);
        if (surge == 0 && unavailable == 0) unavailable = 1;
        return new(surge, Math.Min(unavailable, replicas));
    }

    /// <summary>A number, or a share of all.</summary>
    public static int Share(JsonNode? value, string otherwise, int all, bool up)
    {
        var text = value?.ToString() ?? otherwise;
        if (!int.TryParse(text.TrimEnd('%'), out var number)) return 0;
        return !text.EndsWith('%') ? number : up ? ((number * all) + 99) / 100 : number * all / 100;
    }
}
