using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Rules for Jobs and CronJobs.</summary>
internal static class JobRules
{
    public static void Check(string plural, JsonObject? before, JsonObject json, Problems problems)
    {
        var spec = json["spec"] as JsonObject ?? [];
        if (plural == "cronjobs")
        {
            CheckCronJob(spec, problems);
            return;
        }
        CheckCounts(spec, problems);
        CheckTemplate(spec, "spec.template", problems);
        if (before is null) return;
        problems.Immutable("spec.completions", before["spec"]?["completions"], spec["completions"]);
        problems.Immutable("spec.selector", before["spec"]?["selector"], spec["selector"]);
        problems.Immutable("spec.template", before["spec"]?["template"], spec["template"]);
    }

    private static void CheckCounts(JsonObject spec, Problems problems)
    {
        foreach (var name in new[] { "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished" })
            if (spec[name].AsLong() is { } number and < 0) problems.Invalid($"spec.{name}", number, "must be greater than or equal to 0");
    }

    private static void CheckCronJob(JsonObject spec, Problems problems)
    {
        var schedule = spec["schedule"]?.ToString() ?? "";
        if (schedule.Length == 0) problems.Required("spec.schedule");
        else if (schedule[0] != '@' && schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is var fields and not 5)
            problems.Invalid("spec.schedule", schedule, $"Expected exactly 5 fields, found {fields}: {schedule}");
        if (spec["concurrencyPolicy"]?.ToString() is { } policy and not ("Allow" or "Forbid" or "Replace"))
            problems.Unsupported("spec.concurrencyPolicy", policy, "Allow", "Forbid", "Replace");
        CheckTemplate(spec["jobTemplate"]?["spec"] as JsonObject ?? [], "spec.jobTemplate.spec.template", problems);
    }

    private static void CheckTemplate(JsonObject owner, string path, Problems problems)
    {
        var spec = owner["template"]?["spec"] as JsonObject ?? [];
        PodRules.CheckSpec(spec, $"{path}.spec", problems);
        if (spec["restartPolicy"]?.ToString() is null or "Always") problems.Required($"{path}.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
    }
}
