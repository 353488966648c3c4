using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>Replaces the pods of Jobs that are not done, and says when they are (pkg/controller/job).</summary>
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
        var outcome = succeeded >= completions ? "Complete" : failed > (spec["backoffLimit"].AsInt() ?? 6) ? "Failed" : null;
        if (outcome is null && !IsDeleted(json) && spec["suspend"].AsBool() != true)
        {
            var wanted = Math.Min(spec["parallelism"].AsInt() ?? 1, completions - succeeded);
            for (; active < wanted; active++) Context.Pods.Create(job, json, Context.Pods.NameOf(job.Name), LabelsOf(job));
        }
        WriteStatus(job, status =>
        {
            status["startTime"] ??= Timestamp.Of(Now);
            Count(status, "active", outcome is null ? active : 0);
            Count(status, "succeeded", succeeded);
            Count(status, "failed", failed);
            status["ready"] = pods.Count(p => PodHealth.IsActive(p.Json) && PodHealth.IsReady(p.Json));
            if (outcome is null) return;
            if (outcome == "Complete") status["completionTime"] = Timestamp.Of(Now);
            status["conditions"] = new JsonArray(new JsonObject { ["type"] = outcome, ["status"] = "True", ["lastTransitionTime"] = Timestamp.Of(Now) });
        });
    }

    private static bool IsDone(JsonObject job) =>
        (job["status"]?["conditions"] as JsonArray)?.Any(c => c!["type"]?.ToString() is "Complete" or "Failed" && c["status"]?.ToString() == "True") == true;

    private static List<(string Key, string Value)> LabelsOf(StoredObject job) =>
        [("batch.kubernetes.io/controller-uid", job.Uid), ("batch.kubernetes.io/job-name", job.Name), ("controller-uid", job.Uid), ("job-name", job.Name)];
}
