using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of Deployments, StatefulSets, DaemonSets and ReplicaSets.</summary>
internal static class WorkloadDefaults
{
    private const string Share = "25%";

    public static void Complete(string plural, JsonObject json)
    {
        var spec = json.Map("spec");
        PodDefaults.CompleteTemplate(spec);
        if (plural != "daemonsets") spec["replicas"] ??= 1;
        switch (plural)
        {
            case "deployments":
                if (Rolls(spec, "strategy") is { } rolling)
                {
                    rolling["maxUnavailable"] ??= Share;
                    rolling["maxSurge"] ??= Share;
                }
                spec["progressDeadlineSeconds"] ??= 600;
                spec["revisionHistoryLimit"] ??= 10;
                break;
            case "statefulsets":
                foreach (var claim in spec.Items("volumeClaimTemplates")) ClaimDefaults.CompleteTemplate(claim);
                spec["podManagementPolicy"] ??= "OrderedReady";
                if (Rolls(spec, "updateStrategy") is { } partly) partly["partition"] ??= 0;
                spec["revisionHistoryLimit"] ??= 10;
                break;
            case "daemonsets":
                if (Rolls(spec, "updateStrategy") is { } some) some["maxUnavailable"] ??= 1;
                spec["revisionHistoryLimit"] ??= 10;
                break;
        }
    }

    // Null for a strategy that does not roll.
    private static JsonObject? Rolls(JsonObject spec, string name)
    {
        var strategy = spec.Map(name);
        strategy["type"] ??= "RollingUpdate";
        return strategy["type"]!.ToString() == "RollingUpdate" ? strategy.Map("rollingUpdate") : null;
    }
}
