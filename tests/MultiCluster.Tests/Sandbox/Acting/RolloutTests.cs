using System.Text.Json.Nodes;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>Workloads whose template changes.</summary>
public sealed class RolloutTests
{
    private const string Pods = ActingCluster.Pods;

    [Fact]
    public async Task A_Deployment_rolls_within_surge_and_unavailability_and_says_that_it_is_through()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 4, "\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":1,\"maxUnavailable\":1}},");
        Assert.Equal("1 NewReplicaSetAvailable 4/4/4", await StateAsync(acting));
        await SetImageAsync(acting, "Deployment", "web", "web:2");
        Assert.Equal("2 ReplicaSetUpdated 5/2/3", await StateAsync(acting));
        for (var i = 0; i < 10; i++)
        {
            acting.Advance(1);
            var available = (await GetAsync(acting, "Deployment", "web"))["status"]!["availableReplicas"]!.GetValue<int>();
            Assert.InRange(available, 3, 5);
        }
        Assert.Equal("2 NewReplicaSetAvailable 4/4/4", await StateAsync(acting));
        Assert.All((await acting.Client.GetAsync(Pods))["items"]!.AsArray(), pod => Assert.Equal("web:2", Image(pod!["spec"]!)));
        var sets = await SetsAsync(acting);
        Assert.Equal(["1 0", "2 4"], sets.Select(s => $"{Revision(s)} {s["spec"]!["replicas"]}").Order());
    }

    [Fact]
    public async Task A_template_that_comes_back_is_the_latest_revision_again()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 1);
        foreach (var image in new[] { "web:2", "web:1" })
        {
            await SetImageAsync(acting, "Deployment", "web", image);
            for (var i = 0; i < 5; i++) acting.Advance(1);
        }
        Assert.Equal(["2 web:2 0", "3 web:1 1"], (await SetsAsync(acting)).Select(s => $"{Revision(s)} {Image(s["spec"]!["template"]!["spec"]!)} {s["spec"]!["replicas"]}").Order());
        Assert.Equal("3 NewReplicaSetAvailable 1/1/1", await StateAsync(acting));
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_fails_the_rollout_at_its_deadline()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2, "\"progressDeadlineSeconds\":30,");
        await SetImageAsync(acting, "Deployment", "web", $"{ClusterControllers.UnpullableImage}:9");
        acting.Advance(2);
        Assert.Contains("ImagePullBackOff", (await acting.Client.GetAsync(Pods))["items"]!.ToJsonString(), StringComparison.Ordinal);
        acting.Advance(29);
        var condition = (await GetAsync(acting, "Deployment", "web"))["status"]!["conditions"]!.AsArray().Single(c => c!["type"]!.ToString() == "Progressing")!;
        Assert.Equal("False ProgressDeadlineExceeded", $"{condition["status"]} {condition["reason"]}");
        Assert.EndsWith("has timed out progressing.", condition["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await acting.PodsAsync()).Count(p => p.EndsWith("Running True", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_Deployment_that_is_paused_is_scaled_and_not_rolled_until_it_is_resumed()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 1);
        await PatchAsync(acting, "Deployment", "web", """{"spec":{"paused":true}}""");
        await SetImageAsync(acting, "Deployment", "web", "web:2");
        await PatchAsync(acting, "Deployment", "web", """{"spec":{"replicas":2}}""");
        acting.Advance(2);
        Assert.Equal("1 DeploymentPaused 2/-/2", await StateAsync(acting));
        Assert.Single(await SetsAsync(acting));
        await PatchAsync(acting, "Deployment", "web", """{"spec":{"paused":false}}""");
        for (var i = 0; i < 6; i++) acting.Advance(1);
        Assert.Equal("2 NewReplicaSetAvailable 2/2/2", await StateAsync(acting));
    }

    [Fact]
    public async Task A_pod_counts_as_available_when_it_has_been_ready_for_long_enough()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 1, "\"minReadySeconds\":10,");
        Assert.Equal("1 ReplicaSetUpdated 1/1/-", await StateAsync(acting));
        acting.Advance(10);
        Assert.Equal("1 NewReplicaSetAvailable 1/1/1", await StateAsync(acting));
    }

    [Fact]
    public async Task Old_ReplicaSets_go_when_there_are_more_than_are_kept()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 1, "\"revisionHistoryLimit\":1,");
        foreach (var image in new[] { "web:2", "web:3" })
        {
            await SetImageAsync(acting, "Deployment", "web", image);
            for (var i = 0; i < 5; i++) acting.Advance(1);
        }
        Assert.Equal(["2", "3"], (await SetsAsync(acting)).Select(Revision).Order());
    }

    [Fact]
    public async Task Recreate_lets_the_old_pods_go_first()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 2, "\"strategy\":{\"type\":\"Recreate\"},");
        await SetImageAsync(acting, "Deployment", "web", "web:2");
        Assert.All(await acting.PodsAsync(), pod => Assert.DoesNotContain("Pending", pod, StringComparison.Ordinal));
        for (var i = 0; i < 5; i++) acting.Advance(1);
        Assert.Equal("2 NewReplicaSetAvailable 2/2/2", await StateAsync(acting));
    }

    [Fact]
    public async Task A_StatefulSet_rolls_from_its_last_pod_down_to_its_partition()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("StatefulSet", "db", 3, "\"updateStrategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":1}},");
        await SetImageAsync(acting, "StatefulSet", "db", "db:2");
        var order = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var updated = string.Join(',', (await acting.Client.GetAsync(Pods))["items"]!.AsArray().Where(p => Image(p!["spec"]!) == "db:2").Select(p => p!["metadata"]!["name"]!.ToString()).Order());
            if (order.LastOrDefault() != updated) order.Add(updated);
            acting.Advance(1);
        }
        Assert.Equal(["", "db-2", "db-1,db-2"], order);
        var status = (await GetAsync(acting, "StatefulSet", "db"))["status"]!;
        Assert.Equal(("2", "1"), (status["updatedReplicas"]!.ToString(), status["currentReplicas"]!.ToString()));
        Assert.NotEqual(status["updateRevision"]!.ToString(), status["currentRevision"]!.ToString());
        await PatchAsync(acting, "StatefulSet", "db", """{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}""");
        for (var i = 0; i < 5; i++) acting.Advance(1);
        status = (await GetAsync(acting, "StatefulSet", "db"))["status"]!;
        Assert.Equal(status["updateRevision"]!.ToString(), status["currentRevision"]!.ToString());
        Assert.Equal(["1", "2"], await RevisionsAsync(acting));
    }

    [Fact]
    public async Task OnDelete_leaves_pods_until_somebody_deletes_them()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("StatefulSet", "db", 2, "\"updateStrategy\":{\"type\":\"OnDelete\"},");
        await SetImageAsync(acting, "StatefulSet", "db", "db:2");
        for (var i = 0; i < 5; i++) acting.Advance(1);
        Assert.All((await acting.Client.GetAsync(Pods))["items"]!.AsArray(), pod => Assert.Equal("db:1", Image(pod!["spec"]!)));
        await acting.Client.DeleteAsync($"{Pods}/db-0");
        for (var i = 0; i < 3; i++) acting.Advance(1);
        Assert.Equal("db:2", Image((await acting.Client.GetAsync($"{Pods}/db-0"))["spec"]!));
    }

    [Fact]
    public async Task A_DaemonSet_rolls_so_many_nodes_at_once_as_may_be_without_its_pod()
    {
        await using var acting = await ActingCluster.StartAsync(nodes: 3);
        await acting.DeployAsync("DaemonSet", "agent");
        await SetImageAsync(acting, "DaemonSet", "agent", "agent:2");
        for (var i = 0; i < 10; i++)
        {
            Assert.InRange((await acting.PodsAsync()).Count(p => p.EndsWith("Running True", StringComparison.Ordinal)), 2, 3);
            acting.Advance(1);
        }
        var status = (await GetAsync(acting, "DaemonSet", "agent"))["status"]!;
        Assert.Equal(("3", "3"), (status["updatedNumberScheduled"]!.ToString(), status["numberAvailable"]!.ToString()));
        Assert.Equal(["1", "2"], await RevisionsAsync(acting));
    }

    [Fact]
    public async Task Pods_of_a_Job_end_by_themselves_when_they_are_told_to()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.Client.CreateAsync(ActingCluster.PathOf("Job"), Job("good", exit: 0, "\"backoffLimit\":0"));
        await acting.Client.CreateAsync(ActingCluster.PathOf("Job"), Job("bad", exit: 3, "\"backoffLimit\":0"));
        for (var i = 0; i < 5; i++) acting.Advance(1);
        Assert.Equal("Complete ", await EndAsync("good"));
        Assert.Equal("Failed BackoffLimitExceeded", await EndAsync("bad"));

        async Task<string> EndAsync(string name)
        {
            var condition = (await GetAsync(acting, "Job", name))["status"]!["conditions"]!.AsArray().Single()!;
            return $"{condition["type"]} {condition["reason"]}";
        }
    }

    [Fact]
    public async Task A_CronJob_makes_its_Jobs_when_they_are_due_and_keeps_the_latest()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.Client.CreateAsync("/apis/batch/v1/namespaces/default/cronjobs", $$$"""
            { "apiVersion": "batch/v1", "kind": "CronJob", "metadata": { "name": "tick" },
              "spec": { "schedule": "*/5 * * * *", "successfulJobsHistoryLimit": 2, "jobTemplate": { "metadata": { "labels": { "app": "tick" } }, "spec": {{{JobSpec(0)}}} } } }
            """);
        Assert.Empty(await JobsAsync());
        for (var i = 0; i < 4; i++)
        {
            acting.Advance(300);
            for (var j = 0; j < 4; j++) acting.Advance(1);
        }
        var jobs = await JobsAsync();
        Assert.Equal(2, jobs.Count);
        Assert.All(jobs, job => Assert.Equal("Complete", job!["status"]!["conditions"]![0]!["type"]!.ToString()));
        Assert.NotNull((await acting.Client.GetAsync("/apis/batch/v1/namespaces/default/cronjobs/tick"))["status"]!["lastSuccessfulTime"]);

        async Task<JsonArray> JobsAsync() => (await acting.Client.GetAsync(ActingCluster.PathOf("Job")))["items"]!.AsArray();
    }

    [Theory]
    [InlineData("*/15 * * * *", "2026-03-01T12:07:30Z", "2026-03-01T12:15:00Z")]
    [InlineData("15 2 * * *", "2026-03-01T12:00:00Z", "2026-03-02T02:15:00Z")]
    [InlineData("0 9-17/4 * * mon-fri", "2026-03-01T12:00:00Z", "2026-03-02T09:00:00Z")]
    [InlineData("0 0 13 * fri", "2026-03-01T12:00:00Z", "2026-03-06T00:00:00Z")]
    [InlineData("30 4 29 feb *", "2026-03-01T12:00:00Z", "2028-02-29T04:30:00Z")]
    [InlineData("@hourly", "2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z")]
    [InlineData("0 0 * * 7", "2026-03-01T12:00:00Z", "2026-03-08T00:00:00Z")]
    public async Task A_schedule_is_read_as_cron_reads_it(string schedule, string now, string next)
    {
        var time = new TestClock(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, Time = time, Controllers = true });
        await one.Client.CreateAsync("/apis/batch/v1/namespaces/default/cronjobs", $$$"""
            { "apiVersion": "batch/v1", "kind": "CronJob", "metadata": { "name": "tick" }, "spec": { "schedule": "{{{schedule}}}", "jobTemplate": { "spec": {{{JobSpec(0)}}} } } }
            """);
        var due = DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture);
        time.Advance(due - time.GetUtcNow());
        Assert.Equal($"tick-{due.ToUnixTimeSeconds() / 60}", Assert.Single((await one.Client.GetAsync(ActingCluster.PathOf("Job")))["items"]!.AsArray())!["metadata"]!["name"]!.ToString());
    }

    private static async Task<string> StateAsync(ActingCluster acting)
    {
        var web = await GetAsync(acting, "Deployment", "web");
        var status = web["status"]!;
        var progress = status["conditions"]!.AsArray().Single(c => c!["type"]!.ToString() == "Progressing")!["reason"];
        return $"{Revision(web)} {progress} {status["replicas"]}/{status["updatedReplicas"]?.ToString() ?? "-"}/{status["availableReplicas"]?.ToString() ?? "-"}";
    }

    private static Task<JsonNode> GetAsync(ActingCluster acting, string kind, string name) => acting.Client.GetAsync($"{ActingCluster.PathOf(kind)}/{name}");

    private static async Task<List<JsonNode>> SetsAsync(ActingCluster acting) => [.. (await acting.Client.GetAsync(ActingCluster.PathOf("ReplicaSet")))["items"]!.AsArray().Select(s => s!)];

    private static async Task<IEnumerable<string>> RevisionsAsync(ActingCluster acting) =>
        (await acting.Client.GetAsync("/apis/apps/v1/namespaces/default/controllerrevisions"))["items"]!.AsArray().Select(r => r!["revision"]!.ToString()).Order();

    private static string Revision(JsonNode item) => item["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]!.ToString();

    private static string Image(JsonNode spec) => spec["containers"]![0]!["image"]!.ToString();

    private static Task<JsonNode> PatchAsync(ActingCluster acting, string kind, string name, string patch) => acting.Client.PatchAsync($"{ActingCluster.PathOf(kind)}/{name}", patch);

    private static Task<JsonNode> SetImageAsync(ActingCluster acting, string kind, string name, string image) =>
        acting.Client.PatchAsync($"{ActingCluster.PathOf(kind)}/{name}", $$$$$$"""{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"{{{{{{image}}}}}}"}]}}}}""", "strategic-merge");

    private static string Job(string name, int exit, string more) => $$$"""
        { "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "{{{name}}}" }, "spec": {{{JobSpec(exit, more)}}} }
        """;

    private static string JobSpec(int exit, string more = "\"backoffLimit\":6") => $$$"""
        { {{{more}}}, "template": { "metadata": { "labels": { "app": "j" }, "annotations": { "{{{ClusterControllers.RunAnnotation}}}": "1", "{{{ClusterControllers.ExitAnnotation}}}": "{{{exit}}}" } },
          "spec": { "restartPolicy": "Never", "containers": [ { "name": "c", "image": "j:1" } ] } } }
        """;
}
