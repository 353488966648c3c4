using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of Jobs and CronJobs.</summary>
internal static class JobDefaults
{
    public static void Complete(string plural, JsonObject json)
    {
        var spec = json.Map("spec");
        if (plural == "jobs")
        {
            CompleteJob(spec);
            return;
        }
        spec["concurrencyPolicy"] ??= "Allow";
        spec["suspend"] ??= false;
        var template = spec.Map("jobTemplate");
        template.Map("metadata");
        PodDefaults.CompleteTemplate(template.Map("spec"));
        spec["successfulJobsHistoryLimit"] ??= 3;
        spec["failedJobsHistoryLimit"] ??= 1;
    }

    private static void CompleteJob(JsonObject spec)
    {
        // With a parallelism alone it is a queue, which is complete when one of its pods is.
        if (spec["parallelism"] is null) spec["completions"] ??= 1;
        spec["parallelism"] ??= 1;
        spec["backoffLimit"] ??= 6;
        PodDefaults.CompleteTemplate(spec);
    }
}
