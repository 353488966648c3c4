using System.Text.Json.Nodes;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Changes;

/// <summary>Workloads that are scaled, restarted and suspended.</summary>
public sealed class WorkloadChangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(2, 3, false, "Configured spec.replicas: 2 -> 3")]
    [InlineData(2, 2, false, "Unchanged ")]
    [InlineData(2, 3, true, "Invalid the HorizontalPodAutoscaler web sets its replicas, and would set them again")]
    [InlineData(2, 2, true, "Unchanged ")]
    [InlineData(2, 0, true, "Configured spec.replicas: 2 -> 0")] // which stops the autoscaler
    [InlineData(0, 1, true, "Configured spec.replicas: 0 -> 1")] // which starts it again
    [InlineData(0, 2, true, "Invalid the HorizontalPodAutoscaler web sets its replicas, and would set them again")]
    [InlineData(0, 5, false, "Configured spec.replicas: 0 -> 5")]
    public async Task A_workload_is_scaled_unless_an_autoscaler_would_undo_it(int replicas, int wanted, bool scaled, string told)
    {
        await using var fleet = await ChangeFleet.StartAsync();
        Add(fleet, "Deployment", replicas);
        if (scaled)
            fleet.Cluster().Store.Add("""{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"web","namespace":"web"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"maxReplicas":5}}""");
        var changed = await fleet.ChangeAsync([WorkloadChange.Scale(Target(fleet, "Deployment"), wanted, new Autoscalers())]);
        var result = changed.Result();
        Assert.Equal(told, $"{result.Outcome} {result.Fault?.Detail ?? result.Message}");
        Assert.Equal(result.Outcome == ChangeOutcome.Configured ? wanted : replicas, fleet.Stored("deployments.apps", "web")!["spec"]!["replicas"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_autoscalers_of_a_namespace_are_read_once_for_all_of_its_workloads()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        var autoscalers = new Autoscalers();
        foreach (var name in (string[])["a", "b", "c"])
            Add(fleet, "Deployment", 1, name);
        await fleet.ChangeAsync([.. ((string[])["a", "b", "c"]).Select(name => WorkloadChange.Scale(Target(fleet, "Deployment", name), 2, autoscalers))]);
        Assert.Single(fleet.Cluster().Requests.All, static request => request.Path.EndsWith("/horizontalpodautoscalers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_no_scale_says_so()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        Add(fleet, "DaemonSet", null);
        var result = (await fleet.ChangeAsync([WorkloadChange.Scale(Target(fleet, "DaemonSet"), 2, new Autoscalers())])).Result();
        Assert.Equal((ChangeOutcome.Invalid, "a DaemonSet has no scale"), (result.Outcome, result.Fault!.Detail));
    }

    [Theory]
    [InlineData("Deployment")]
    [InlineData("StatefulSet")]
    [InlineData("DaemonSet")]
    public async Task A_restart_changes_the_template_as_kubectl_does(string kind)
    {
        await using var fleet = await ChangeFleet.StartAsync();
        Add(fleet, kind, 1);
        var changed = await fleet.ChangeAsync([WorkloadChange.Restart(Target(fleet, kind), Now)]);
        Assert.Equal(ChangeOutcome.Configured, changed.Result().Outcome);
        Assert.Equal(
            "2026-03-01T12:00:00+01:00",
            fleet.Stored($"{kind.ToLowerInvariant()}s.apps", "web")!["spec"]!["template"]!["metadata"]!["annotations"]!["kubectl.kubernetes.io/restartedAt"]!.ToString());
    }

    [Fact]
    public async Task A_Deployment_that_is_paused_is_not_restarted()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        Add(fleet, "Deployment", 1);
        fleet.Edit("deployments.apps", "web", static item => item["spec"]!["paused"] = true);
        var result = (await fleet.ChangeAsync([WorkloadChange.Restart(Target(fleet, "Deployment"), Now)])).Result();
        Assert.Equal((ChangeOutcome.Invalid, "it is paused, and replaces no pods"), (result.Outcome, result.Fault!.Detail));
        Assert.Empty(fleet.Requests("PATCH", "deployments"));
    }

    [Fact]
    public async Task What_has_no_pods_of_its_own_is_not_restarted()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        fleet.Cluster().Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web","namespace":"web"}}""");
        var target = new ChangeTarget(fleet.Session.Pool.Selected[0].ClusterId, "v1", "ConfigMap", ChangeFleet.Namespace, "web", null);
        Assert.Equal("a ConfigMap cannot be restarted", (await fleet.ChangeAsync([WorkloadChange.Restart(target, Now)])).Result().Fault!.Detail);
        Assert.Equal("a ConfigMap cannot be suspended", (await fleet.ChangeAsync([WorkloadChange.Suspend(target, true)])).Result().Fault!.Detail);
    }

    [Theory]
    [InlineData("apps/v1", "Deployment", "paused")]
    [InlineData("batch/v1", "CronJob", "suspend")]
    [InlineData("batch/v1", "Job", "suspend")]
    public async Task What_is_suspended_goes_on_when_it_is_resumed_and_is_written_when_it_changes(string version, string kind, string field)
    {
        await using var fleet = await ChangeFleet.StartAsync();
        const string pods = """{"template":{"metadata":{"labels":{"app":"web"}},"spec":{"restartPolicy":"Never","containers":[{"name":"app","image":"x"}]}}}""";
        var spec = kind switch
        {
            "CronJob" => new JsonObject { ["schedule"] = "0 0 * * *", ["jobTemplate"] = new JsonObject { ["spec"] = JsonNode.Parse(pods) } },
            "Job" => JsonNode.Parse(pods)!.AsObject(),
            _ => JsonNode.Parse(pods.Replace("Never", "Always", StringComparison.Ordinal).Replace("{\"template", "{\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"template", StringComparison.Ordinal))!.AsObject(),
        };
        fleet.Cluster().Store.Add(new JsonObject { ["apiVersion"] = version, ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = ChangeFleet.Namespace }, ["spec"] = spec }.ToJsonString());
        var target = new ChangeTarget(fleet.Session.Pool.Selected[0].ClusterId, version, kind, ChangeFleet.Namespace, "web", null);
        var plural = $"{kind.ToLowerInvariant()}s.{version.Split('/')[0]}";
        var outcomes = new List<string>();
        foreach (var suspend in (bool[])[false, true, true, false, false])
        {
            var changed = await fleet.ChangeAsync([WorkloadChange.Suspend(target, suspend)]);
            outcomes.Add($"{changed.Result().Outcome} {fleet.Stored(plural, "web")!["spec"]![field]}");
        }

        Assert.Equal(["Unchanged ", "Configured true", "Unchanged true", "Configured false", "Unchanged false"], outcomes);
    }

    [Fact]
    public void A_Job_is_what_its_CronJob_would_make_now()
    {
        var cron = Sample.Read("batch/v1", "CronJob", """
            {"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"backup","namespace":"web","uid":"u-1"},
             "spec":{"schedule":"* * * * *","jobTemplate":{"metadata":{"labels":{"app":"backup"},"annotations":{"a":"b"}},"spec":{"template":{"spec":{"restartPolicy":"Never"}}}}}}
            """);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"now","namespace":"web","labels":{"app":"backup"},"annotations":{"cronjob.kubernetes.io/instantiate":"manual","a":"b"},
                 "ownerReferences":[{"apiVersion":"batch/v1","kind":"CronJob","name":"backup","uid":"u-1","controller":true}]},"spec":{"template":{"spec":{"restartPolicy":"Never"}}}}
                """),
            WorkloadChange.JobOf(cron, "now")));
    }

    private static void Add(ChangeFleet fleet, string kind, int? replicas, string name = "web")
    {
        var spec = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
            ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } }, ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "x" }) } },
        };
        if (replicas is { } count)
            spec["replicas"] = count;
        fleet.Cluster().Store.Add(new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ChangeFleet.Namespace }, ["spec"] = spec }.ToJsonString());
    }

    private static ChangeTarget Target(ChangeFleet fleet, string kind, string name = "web") => new(fleet.Session.Pool.Selected[0].ClusterId, "apps/v1", kind, ChangeFleet.Namespace, name, null);
}
