using MultiCluster.Attention;
using MultiCluster.Attention.Rules;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using static MultiCluster.Tests.Attention.RuleScan;

namespace MultiCluster.Tests.Attention;

/// <summary>The rules about pods.</summary>
public sealed class PodRuleTests
{
    private const string Crashing = """
        "containerStatuses": [ { "name": "web", "restartCount": 12, "ready": false, "state": { "waiting": { "reason": "CrashLoopBackOff", "message": "back-off 5m0s" } },
          "lastState": { "terminated": { "exitCode": 1, "reason": "Error", "finishedAt": "2026-03-01T11:58:00Z" } } } ]
        """;

    [Fact]
    public void A_crash_loop_is_an_error_since_the_pod_is_not_ready()
    {
        var found = Assert.Single(Of(new CrashLoopRule(), Pod("Running", Crashing, ready: false, since: 30)));

        Assert.Equal(
            (FindingSeverity.Error, "CrashLoop", "Pod/web/web-0", "Container web crashes again and again: 12 restarts, the last time with Error (exit code 1)."),
            (found.Severity, found.Rule, found.Object, found.Reason));
        Assert.Equal(Sample.Now.AddMinutes(-30).LocalDateTime, found.Since);
        Assert.Equal(("fleet.yaml:prod-eu", "prod-eu", "v1", "Pod", "web", "web-0", "u-1"), (found.ClusterId, found.ClusterName, found.ApiVersion, found.Kind, found.Namespace, found.Name, found.Uid));
    }

    [Fact]
    public void A_crash_loop_of_an_init_container_or_of_a_second_container_is_found()
    {
        var init = Crashing.Replace("containerStatuses", "initContainerStatuses", StringComparison.Ordinal);
        var second = Crashing.Replace("[ {", """[ { "name": "proxy", "ready": true, "restartCount": 0, "state": { "running": {} } }, {""", StringComparison.Ordinal);

        Assert.Contains("Container web", One(new CrashLoopRule(), Pod("Pending", init, ready: false)).Reason, StringComparison.Ordinal);
        Assert.Contains("Container web", One(new CrashLoopRule(), Pod("Running", second, ready: false)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ImagePullBackOff")]
    [InlineData("ErrImagePull")]
    [InlineData("InvalidImageName")]
    public void An_image_that_cannot_be_pulled_is_an_error(string reason)
    {
        var status = $$"""
            "containerStatuses": [ { "name": "web", "image": "registry.example.com/web:2", "restartCount": 0, "ready": false, "state": { "waiting": { "reason": "{{reason}}", "message": "not found." } } } ]
            """;

        Assert.Equal(
            (FindingSeverity.Error, "Pod/web/web-0", "Image registry.example.com/web:2 of container web cannot be pulled: not found."),
            One(new ImagePullRule(), Pod("Pending", status, ready: false)));
    }

    [Fact]
    public void A_pod_without_a_node_has_the_schedulers_reason()
    {
        const string Status = """ "conditions": [ { "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes are available: 3 Insufficient cpu.", "lastTransitionTime": "2026-03-01T11:50:00Z" } ] """;

        Assert.Equal(
            (FindingSeverity.Warning, "Pod/web/web-0", "The scheduler finds no node: 0/3 nodes are available: 3 Insufficient cpu."), One(new PendingRule(), Bare("Pending", Status)));
        Assert.Empty(Of(new NotReadyRule(), Bare("Pending", Status)));
    }

    [Theory]
    [InlineData("", "No scheduler has looked at it: it asks for default-scheduler.")]
    [InlineData(""" "schedulerName": "gpu", """, "No scheduler has looked at it: it asks for gpu.")]
    public void A_pod_that_no_scheduler_has_looked_at_names_the_one_it_asks_for(string spec, string reason)
    {
        var pod = Sample.Read("v1", "Pod", $$"""
            { "metadata": { "name": "web-0", "namespace": "web", "creationTimestamp": "{{MinutesAgo(10)}}" },
              "spec": { {{spec}} "containers": [ { "name": "web" } ] }, "status": { "phase": "Pending", "qosClass": "BestEffort" } }
            """);

        Assert.Equal((FindingSeverity.Warning, "Pod/web/web-0", reason), One(new PendingRule(), pod));
        Assert.Empty(Of(new NotReadyRule(), pod));
    }

    [Fact]
    public void A_scheduler_that_has_just_begun_or_is_told_to_wait_is_left_alone()
    {
        const string Fresh = """ "conditions": [ { "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "lastTransitionTime": "2026-03-01T11:59:40Z" } ] """;
        const string Gated = """ "conditions": [ { "type": "PodScheduled", "status": "False", "reason": "SchedulingGated", "lastTransitionTime": "2026-03-01T10:00:00Z" } ] """;

        Assert.Empty(Of(new PendingRule(), Bare("Pending", Fresh), Bare("Pending", Gated)));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(6, 1)]
    public void A_pod_may_be_not_ready_for_its_grace(int minutes, int findings) =>
        Assert.Equal(findings, Of(new NotReadyRule(), Pod("Running", """ "containerStatuses": [] """, ready: false, since: minutes)).Count);

    [Fact]
    public void A_pod_that_is_not_ready_says_why()
    {
        const string Waiting = """ "containerStatuses": [ { "name": "web", "restartCount": 0, "state": { "waiting": { "reason": "CreateContainerConfigError", "message": "secret \"x\" not found" } } } ] """;

        Assert.Equal("Is not ready: CreateContainerConfigError, secret \"x\" not found.", One(new NotReadyRule(), Pod("Pending", Waiting, ready: false)).Reason);
        Assert.Equal("Is not ready: containers with unready status: [web].", One(new NotReadyRule(), Pod("Running", """ "containerStatuses": [] """, ready: false)).Reason);
    }

    [Fact]
    public void What_has_a_rule_of_its_own_is_not_found_twice()
    {
        var pod = Pod("Running", Crashing, ready: false);

        Assert.Empty(Of(new NotReadyRule(), pod));
        Assert.Empty(Of(new RestartsRule(), pod));
    }

    [Fact]
    public void A_pod_that_has_ended_or_is_ending_need_not_be_ready() =>
        Assert.Empty(Of(new NotReadyRule(), Bare("Succeeded", """ "reason": "x" """), Bare("Failed", """ "reason": "Evicted" """), Pod("Running", """ "x": 1 """, ready: false, deleted: 60)));

    [Theory]
    [InlineData(59, 1)]
    [InlineData(61, 0)]
    public void A_restart_counts_for_an_hour(int minutes, int findings)
    {
        var status = $$"""
            "containerStatuses": [ { "name": "web", "restartCount": 4, "ready": true, "state": { "running": {} }, "lastState": { "terminated": { "exitCode": 137, "reason": "OOMKilled", "finishedAt": "{{MinutesAgo(minutes)}}" } } } ]
            """;

        var found = Of(new RestartsRule(), Pod("Running", status, ready: true));

        Assert.Equal(findings, found.Count);
        Assert.All(found, one => Assert.Equal((FindingSeverity.Warning, "Was restarted 4 times, the last time container web after OOMKilled (exit code 137)."), (one.Severity, one.Reason)));
    }

    private static KubeObject Pod(string phase, string status, bool ready, int since = 60, int? deleted = null)
    {
        var conditions = ready
            ? """{ "type": "Ready", "status": "True" }"""
            : $$"""{ "type": "Ready", "status": "False", "message": "containers with unready status: [web]", "lastTransitionTime": "{{MinutesAgo(since)}}" }""";
        return Bare(phase, $$"""{{status}}, "conditions": [ { "type": "PodScheduled", "status": "True" }, {{conditions}} ]""", deleted);
    }

    private static KubeObject Bare(string phase, string status, int? deleted = null)
    {
        var deletion = deleted is { } minutes ? $", \"deletionTimestamp\": \"{MinutesAgo(minutes)}\"" : "";
        return Sample.Read("v1", "Pod", $$"""
            { "metadata": { "name": "web-0", "namespace": "web", "uid": "u-1", "creationTimestamp": "{{MinutesAgo(600)}}"{{deletion}} },
              "spec": { "nodeName": "node-1", "containers": [ { "name": "web" } ], "initContainers": [ { "name": "init" } ] }, "status": { "phase": "{{phase}}", {{status}} } }
            """);
    }
}
