using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Replaces the pods of Jobs that are not done, and says when they are, and why they have failed (pkg/controller/job).</summary>
internal sealed class JobController(ControllerContext context) : WorkloadController(context, "jobs.batch")
{
    protected override void Reconcile(StoredObject job, JsonObject json)
    {
        if (IsDone(json)) return;
        var spec = json["spec"]!;
        var completions = spec["completions"].AsInt() ?? 1;
        var pods = PodsOf(job);
        var succeeded = pods.Count(p => p.Json["status"]?["phase"]?.ToString() == "Succeeded");
        var failed = pods.Count(p => p.Json["status"]?["phase"]?.ToString() == "Failed");
        var active = pods.Count(p => PodHealth.IsActive(p.Json));
        var left = Left(json);
        var outcome = succeeded >= completions ? Outcome.Complete
            : failed > (spec["backoffLimit"].AsInt() ?? 6) ? new("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit")
            : left <= TimeSpan.Zero ? new("Failed", "DeadlineExceeded", "Job was active longer than specified deadline")
            : (Outcome?)null;
        var suspended = spec["suspend"].AsBool() == true;
        if (outcome is { } ended)
        {
            if (ended.Type == "Failed") active = End(pods);
        }
        else if (!IsDeleted(json))
        {
            var wanted = suspended ? 0 : Math.Min(spec["parallelism"].AsInt() ?? 1, completions - succeeded);
            for (; active < wanted; active++) Context.Pods.Create(job, json, Context.Pods.NameOf(job.Name), LabelsOf(job));
            if (suspended) active = End(pods);
        }
        WriteStatus(job, status =>
        {
            if (!suspended) status["startTime"] ??= Timestamp.Of(Now);
            Count(status, "active", outcome is null ? active : 0);
            Count(status, "succeeded", succeeded);
            Count(status, "failed", failed);
            status["ready"] = pods.Count(p => PodHealth.IsActive(p.Json) && PodHealth.IsReady(p.Json));
            if (outcome is not { } end) return;
            if (end.Type == "Complete") status["completionTime"] = Timestamp.Of(Now);
            status["conditions"] = new JsonArray(end.Json(Timestamp.Of(Now)));
        });
        if (outcome is null && left is { } wait) EnqueueAfter($"{job.Namespace}/{job.Name}", wait, () => Look(job.Namespace, job.Name));
    }

    /// <summary>Ends what still runs; returns how many are left.</summary>
    private int End(IReadOnlyList<(StoredObject Item, JsonObject Json)> pods)
    {
        foreach (var (item, _) in pods.Where(p => PodHealth.IsActive(p.Json)))
            Context.Deletion.Run(item.Kind, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid });
        return 0;
    }

    /// <summary>How long it may still work; null for as long as it takes.</summary>
    private TimeSpan? Left(JsonObject job) =>
        job["spec"]!["activeDeadlineSeconds"].AsInt() is { } seconds && DateTimeOffset.TryParse(job["status"]?["startTime"]?.ToString(), CultureInfo.InvariantCulture, out var start)
            ? start + TimeSpan.FromSeconds(seconds) - Now
            : null;

    public static bool IsDone(JsonNode job) =>
        (job["status"]?["conditions"] as JsonArray)?.Any(c => c!["type"]?.ToString() is "Complete" or "Failed" && c["status"]?.ToString() == "True") == true;

    private static List<(string Key, string Value)> LabelsOf(StoredObject job) =>
        [("batch.kubernetes.io/controller-uid", job.Uid), ("batch.kubernetes.io/job-name", job.Name), ("controller-uid", job.Uid), ("job-name", job.Name)];

    private readonly record struct Outcome(string Type, string? Reason, string? Message)
    {
        public static Outcome? Complete { get; } = new Outcome("Complete", null, null);

        public JsonObject Json(string now)
        {
            var json = new JsonObject { ["type"] = Type, ["status"] = "True", ["lastProbeTime"] = now, ["lastTransitionTime"] = now };
            if (Reason is not null) json["reason"] = Reason;
            if (Message is not null) json["message"] = Message;
            return json;
        }
    }
}
