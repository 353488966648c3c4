namespace MultiCluster.Sandbox.Data;

/// <summary>CronJobs, and the Jobs they started, with their finished pods.</summary>
internal static class JobData
{
    public static void Add(World world, int jobs)
    {
        (string Namespace, string Name)[] crons = [("payments", "nightly-settlement"), ("search", "reindex"), ("web", "sitemap")];
        var uids = new Dictionary<string, string>();
        for (var i = 0; i < jobs; i++)
        {
            var (ns, cron) = crons[i % crons.Length];
            if (!uids.TryGetValue(cron, out var uid)) uids[cron] = uid = AddCron(world, ns, cron);
            AddJob(world, ns, cron, uid, i, failed: i % 7 == 3);
        }
    }

    private static string AddCron(World world, string ns, string name) => world.Add(new Draft("cronjobs.batch", ns, name)
    {
        Age = TimeSpan.FromDays(120),
        Generation = 1,
        Labels = [("app", name)],
        Body = $$$"""
            "spec": {
              "schedule": "15 2 * * *", "concurrencyPolicy": "Forbid", "suspend": false,
              "jobTemplate": { "metadata": { "creationTimestamp": null }, "spec": { "template": {{{new PodTemplate(ns, name, "batch", $"registry.example.com/{name}:1.0.0").Json.Replace("\"restartPolicy\": \"Always\"", "\"restartPolicy\": \"Never\"", StringComparison.Ordinal)}}} } },
              "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 1
            },
            "status": { "lastScheduleTime": "{{{world.Ago(TimeSpan.FromHours(9))}}}", "lastSuccessfulTime": "{{{world.Ago(TimeSpan.FromHours(8.9))}}}" }
            """,
    });

    private static void AddJob(World world, string ns, string cron, string cronUid, int index, bool failed)
    {
        var age = TimeSpan.FromHours(9 + (24 * (index / 3)));
        var name = $"{cron}-{(world.Now - age).ToUnixTimeSeconds() / 60}";
        var uid = world.NewUid();
        var labels = new[] { ("batch.kubernetes.io/controller-uid", uid), ("batch.kubernetes.io/job-name", name), ("job-name", name) };
        var template = new PodTemplate(ns, cron, "batch", $"registry.example.com/{cron}:1.0.0") { ExtraLabels = labels, Owner = new Owner("batch/v1", "Job", name, uid) };
        var state = failed ? PodState.Failed : PodState.Completed;
        PodData.Add(world, template, $"{name}-{world.Random.Suffix(5)}", state, age, world.Random.Next(world.NodeCount));
        var done = world.Ago(age - TimeSpan.FromMinutes(6));
        var outcome = failed
            ? $"\"failed\": 1, \"conditions\": [ {{ \"type\": \"Failed\", \"status\": \"True\", \"reason\": \"BackoffLimitExceeded\", \"lastTransitionTime\": \"{done}\" }} ]"
            : $"\"completionTime\": \"{done}\", \"succeeded\": 1, \"conditions\": [ {{ \"type\": \"Complete\", \"status\": \"True\", \"lastTransitionTime\": \"{done}\" }} ]";
        world.Add(
            new Draft("jobs.batch", ns, name)
            {
                Age = age,
                Generation = 1,
                Labels = template.Labels,
                Owner = new Owner("batch/v1", "CronJob", cron, cronUid),
                Body = $$$"""
                    "spec": { "parallelism": 1, "completions": 1, "backoffLimit": 0, "selector": { "matchLabels": { "batch.kubernetes.io/controller-uid": "{{{uid}}}" } },
                      "template": {{{template.Json.Replace("\"restartPolicy\": \"Always\"", "\"restartPolicy\": \"Never\"", StringComparison.Ordinal)}}}, "completionMode": "NonIndexed", "suspend": false },
                    "status": { "startTime": "{{{world.Ago(age)}}}", {{{outcome}}}, "ready": 0 }
                    """,
            },
            uid);
    }
}
