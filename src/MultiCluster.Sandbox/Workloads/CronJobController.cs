using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>
/// Makes the Jobs of CronJobs when they are due by the cluster's clock (pkg/controller/cronjob). Times that had passed before the controllers began
/// are not made up for.
/// </summary>
internal sealed class CronJobController(ControllerContext context) : Controller(context)
{
    private const string Plural = "cronjobs.batch";

    // Timers cannot wait for years.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    private readonly DateTimeOffset _begun = context.Store.Time.GetUtcNow();

    public override void OnWrite(StoredWrite written)
    {
        var item = written.Current ?? written.Previous!;
        if (item.Kind.QualifiedPlural == Plural)
        {
            if (written.Current is not null) Look(item.Namespace, item.Name, cleansUp: false);
        }
        else if (item.Kind.QualifiedPlural == "jobs.batch")
        {
            foreach (var owner in OwnerIndex.OwnersOf(item).Where(o => o.IsController && o.Kind == "CronJob")) Look(item.Namespace, owner.Name, cleansUp: true);
        }
    }

    public override void LookAtAll()
    {
        foreach (var item in Store.List(Plural)) Look(item.Namespace, item.Name, cleansUp: false);
    }

    private void Look(string ns, string name, bool cleansUp) => Enqueue($"{ns}/{name}{(cleansUp ? " jobs" : "")}", () =>
    {
        if (Store.Find(Plural, ns, name) is { } item) Reconcile(item, item.ToJson(), cleansUp);
    });

    private void Reconcile(StoredObject cron, JsonObject json, bool cleansUp)
    {
        if (IsDeleted(json)) return;
        if (cleansUp) CleanUp(cron, json);
        var jobs = JobsOf(cron);
        var active = jobs.Where(j => !JobController.IsDone(j.Json)).ToList();
        var last = Time(json["status"]?["lastScheduleTime"]);
        DateTimeOffset? made = null;
        if (CronSchedule.Parse(json["spec"]!["schedule"]?.ToString() ?? "") is { } schedule && json["spec"]!["suspend"].AsBool() != true && Zone(json) is { } zone)
        {
            var since = new[] { last, Time(json["metadata"]!["creationTimestamp"]), _begun }.OfType<DateTimeOffset>().Max();
            var due = Due(schedule, since, zone);
            if (due is { } time && !IsTooLate(json, time)) made = Make(cron, json, time, active);
            if (schedule.Next(Now, zone) is { } next) EnqueueAfter($"{cron.Namespace}/{cron.Name}", next - Now < LongestWait ? next - Now : LongestWait, () => Look(cron.Namespace, cron.Name, cleansUp: false));
        }
        active = [.. JobsOf(cron).Where(j => !JobController.IsDone(j.Json))];
        WriteStatus(cron, status =>
        {
            if (made is { } at) status["lastScheduleTime"] = Timestamp.Of(at);
            if (jobs.Select(j => Time(j.Json["status"]?["completionTime"])).OfType<DateTimeOffset>().DefaultIfEmpty().Max() is var done && done != default && done > (Time(status["lastSuccessfulTime"]) ?? default))
                status["lastSuccessfulTime"] = Timestamp.Of(done);
            if (active.Count == 0) status.Remove("active");
            else status["active"] = new JsonArray([.. active.Select(j => ReferenceTo(j.Item))]);
        });
    }

    /// <summary>The latest time that has come since another; earlier ones that were missed are not made up for.</summary>
    private DateTimeOffset? Due(CronSchedule schedule, DateTimeOffset since, TimeZoneInfo zone)
    {
        DateTimeOffset? due = null;
        for (var next = schedule.Next(since, zone); next <= Now; next = schedule.Next(next.Value, zone)) due = next;
        return due;
    }

    private DateTimeOffset? Make(StoredObject cron, JsonObject json, DateTimeOffset time, List<(StoredObject Item, JsonObject Json)> active)
    {
        var policy = json["spec"]!["concurrencyPolicy"]?.ToString();
        if (policy == "Forbid" && active.Count > 0) return null;
        if (policy == "Replace")
        {
            foreach (var (item, _) in active) Context.Deletion.Run(item.Kind, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid });
        }
        var kind = Store.Kinds.Named("jobs.batch");
        var name = string.Create(CultureInfo.InvariantCulture, $"{cron.Name}-{time.ToUnixTimeSeconds() / 60}");
        if (Store.Find("jobs.batch", cron.Namespace, name) is not null) return time;
        NamespaceDeletion.CheckOpen(Store, kind, cron.Namespace, name);
        var template = json["spec"]!["jobTemplate"];
        var annotations = template?["metadata"]?["annotations"]?.DeepClone().AsObject() ?? [];
        annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"] = Timestamp.Of(time);
        var spec = template?["spec"]?.DeepClone().AsObject() ?? [];
        spec["parallelism"] ??= 1;
        spec["completions"] ??= 1;
        spec["backoffLimit"] ??= 6;
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = cron.Namespace,
            ["generation"] = 1,
            ["annotations"] = annotations,
            ["ownerReferences"] = new JsonArray(PodMaker.ReferenceTo(cron)),
        };
        if (template?["metadata"]?["labels"] is JsonObject labels) metadata["labels"] = labels.DeepClone();
        Store.TryAdd(kind, new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = metadata, ["spec"] = spec, ["status"] = new JsonObject() });
        return time;
    }

    private void CleanUp(StoredObject cron, JsonObject json)
    {
        var done = JobsOf(cron).Where(j => JobController.IsDone(j.Json)).OrderBy(j => j.Json["metadata"]!["creationTimestamp"]?.ToString(), StringComparer.Ordinal).ToList();
        foreach (var failed in new[] { false, true })
        {
            var all = done.Where(j => j.Json["status"]!["completionTime"] is null == failed).ToList();
            var kept = json["spec"]![failed ? "failedJobsHistoryLimit" : "successfulJobsHistoryLimit"].AsInt() ?? (failed ? 1 : 3);
            foreach (var (item, _) in all.Take(Math.Max(0, all.Count - kept))) Context.Deletion.Run(item.Kind, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid });
        }
    }

    private List<(StoredObject Item, JsonObject Json)> JobsOf(StoredObject cron) =>
        [.. Context.Owners.DependentsOf(cron.Uid).Where(o => o.Kind.QualifiedPlural == "jobs.batch").Select(o => (o, o.ToJson()))];

    private bool IsTooLate(JsonObject json, DateTimeOffset time) => json["spec"]!["startingDeadlineSeconds"].AsInt() is { } seconds && Now - time > TimeSpan.FromSeconds(seconds);

    private static TimeZoneInfo? Zone(JsonObject json) => json["spec"]!["timeZone"]?.ToString() is not { Length: > 0 } name ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static DateTimeOffset? Time(JsonNode? text) => DateTimeOffset.TryParse(text?.ToString(), CultureInfo.InvariantCulture, out var time) ? time : null;

    private static JsonObject ReferenceTo(StoredObject job) => new()
    {
        ["apiVersion"] = "batch/v1",
        ["kind"] = "Job",
        ["name"] = job.Name,
        ["namespace"] = job.Namespace,
        ["uid"] = job.Uid,
        ["resourceVersion"] = job.ResourceVersion,
    };
}
