using MultiCluster.Attention;
using MultiCluster.Attention.Rules;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using static MultiCluster.Tests.Attention.RuleScan;

namespace MultiCluster.Tests.Attention;

/// <summary>The rules about what makes pods.</summary>
public sealed class WorkloadRuleTests
{
    [Fact]
    public void A_Job_that_has_failed_says_why() => Assert.Equal(
        (FindingSeverity.Error, "Job/web/report", "Has failed: Job has reached the specified backoff limit."),
        One(new FailedJobRule(), Job("report", created: 60, "Failed", "Job has reached the specified backoff limit")));

    [Fact]
    public void A_failed_Job_is_past_once_a_later_one_of_its_CronJob_has_succeeded()
    {
        var failed = Job("nightly-1", created: 120, "Failed", "x", cronJob: "nightly");

        Assert.Empty(Of(new FailedJobRule(), failed, Job("nightly-2", created: 60, "Complete", "", cronJob: "nightly")));
        Assert.Single(Of(new FailedJobRule(), failed, Job("nightly-0", created: 180, "Complete", "", cronJob: "nightly")));
        Assert.Single(Of(new FailedJobRule(), failed, Job("other-2", created: 60, "Complete", "", cronJob: "other")));
    }

    [Theory]
    [InlineData(3, 2, 10, FindingSeverity.Warning, "2 of 3 pods are ready.")]
    [InlineData(3, 1, 10, FindingSeverity.Warning, "1 of 3 pods is ready.")]
    [InlineData(1, 0, 10, FindingSeverity.Error, "None of its 1 pod is ready.")]
    public void Missing_pods_of_a_Deployment_are_counted(int wanted, int ready, int minutes, FindingSeverity severity, string reason) =>
        Assert.Equal((severity, "Deployment/web/api", reason), One(new ReplicasRule(), Deployment(wanted, ready, Available(minutes), Done)));

    [Fact]
    public void A_Deployment_has_its_grace_and_its_rollout_time()
    {
        Assert.Empty(Of(new ReplicasRule(), Deployment(3, 2, Available(4), Done)));
        Assert.Empty(Of(new ReplicasRule(), Deployment(3, 2, Available(10), """{ "type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated" }""")));
        Assert.Empty(Of(new ReplicasRule(), Deployment(0, 0, Done)));
    }

    [Fact]
    public void A_rollout_past_its_deadline_is_stuck_and_not_counted_as_missing_too()
    {
        const string Late = """{ "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "ReplicaSet \"api-1\" has timed out progressing.", "lastTransitionTime": "2026-03-01T11:00:00Z" }""";

        Assert.Equal((FindingSeverity.Error, "Deployment/web/api", "The rollout is stuck: ReplicaSet \"api-1\" has timed out progressing."), One(new RolloutRule(), Deployment(3, 2, Late)));
        Assert.Empty(Of(new ReplicasRule(), Deployment(3, 2, Available(60), Late)));
        Assert.Empty(Of(new RolloutRule(), Deployment(3, 3, Done)));
    }

    [Fact]
    public void Pods_that_cannot_be_created_are_said_first() => Assert.Equal(
        "Pods cannot be created: pods \"api-1\" is forbidden: exceeded quota: team.",
        One(new RolloutRule(), Deployment(3, 2, """{ "type": "ReplicaFailure", "status": "True", "message": "pods \"api-1\" is forbidden: exceeded quota: team" }""", Done)).Reason);

    [Fact]
    public void A_set_that_is_rolled_out_pod_by_pod_lacks_one_of_them()
    {
        const string Rolling = """ "updateRevision": "b", "currentRevision": "a" """;
        const string Still = """ "updateRevision": "a", "currentRevision": "a" """;

        Assert.Empty(Of(new ReplicasRule(), StatefulSet(3, 2, Rolling)));
        Assert.Equal("2 of 3 pods are ready.", One(new ReplicasRule(), StatefulSet(3, 2, Still)).Reason);
        Assert.Equal("1 of 3 pods is ready.", One(new ReplicasRule(), StatefulSet(3, 1, Rolling)).Reason);
        Assert.Equal("3 of 5 pods are ready.", One(new ReplicasRule(), Sample.Read("apps/v1", "DaemonSet", $$"""
            { "metadata": { "name": "agent", "namespace": "web", "creationTimestamp": "{{MinutesAgo(600)}}" }, "spec": {}, "status": { "desiredNumberScheduled": 5, "numberReady": 3, "updatedNumberScheduled": 5 } }
            """)).Reason);
    }

    private const string Done = """{ "type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable" }""";

    private static string Available(int minutes) => $$"""{ "type": "Available", "status": "False", "lastTransitionTime": "{{MinutesAgo(minutes)}}" }""";

    private static KubeObject Deployment(int wanted, int ready, params string[] conditions) => Sample.Read("apps/v1", "Deployment", $$"""
        { "metadata": { "name": "api", "namespace": "web", "creationTimestamp": "{{MinutesAgo(600)}}" }, "spec": { "replicas": {{wanted}} },
          "status": { "readyReplicas": {{ready}}, "conditions": [ {{string.Join(", ", conditions)}} ] } }
        """);

    private static KubeObject StatefulSet(int wanted, int ready, string revisions) => Sample.Read("apps/v1", "StatefulSet", $$"""
        { "metadata": { "name": "db", "namespace": "web", "creationTimestamp": "{{MinutesAgo(600)}}" }, "spec": { "replicas": {{wanted}} }, "status": { "readyReplicas": {{ready}}, {{revisions}} } }
        """);

    private static KubeObject Job(string name, int created, string condition, string message, string? cronJob = null)
    {
        var owner = cronJob is null ? "" : $$""", "ownerReferences": [ { "kind": "CronJob", "name": "{{cronJob}}", "controller": true } ]""";
        return Sample.Read("batch/v1", "Job", $$"""
            { "metadata": { "name": "{{name}}", "namespace": "web", "creationTimestamp": "{{MinutesAgo(created)}}"{{owner}} }, "spec": {},
              "status": { "conditions": [ { "type": "{{condition}}", "status": "True", "message": "{{message}}", "lastTransitionTime": "{{MinutesAgo(created - 5)}}" } ] } }
            """);
    }
}
