using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Workloads;

namespace MultiCluster.Tests.Workloads;

/// <summary>The rules of <c>kubectl rollout status</c>, and of what has no rollout.</summary>
public sealed class RolloutStatusTests
{
    [Theory]
    [InlineData("""{"observedGeneration":1}""", "InProgress the change has not been taken up yet")]
    [InlineData("""{"observedGeneration":2}""", "InProgress 0 of 3 replicas are up to date")]
    [InlineData("""{"observedGeneration":2,"replicas":4,"updatedReplicas":1}""", "InProgress 1 of 3 replicas are up to date")]
    [InlineData("""{"observedGeneration":2,"replicas":4,"updatedReplicas":3,"availableReplicas":3}""", "InProgress 1 old replica is still there")]
    [InlineData("""{"observedGeneration":2,"replicas":3,"updatedReplicas":3,"availableReplicas":2}""", "InProgress 2 of 3 replicas are available")]
    [InlineData("""{"observedGeneration":3,"replicas":3,"updatedReplicas":3,"availableReplicas":3}""", "Done")]
    [InlineData("""{"observedGeneration":2,"updatedReplicas":1,"conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}]}""", "Failed no progress within its deadline of 60 s: 1 of 3 replicas are up to date")]
    [InlineData("""{"observedGeneration":1,"updatedReplicas":1,"conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}]}""", "InProgress the change has not been taken up yet")]
    [InlineData("""{"observedGeneration":2,"updatedReplicas":1,"conditions":[{"type":"ReplicaFailure","status":"True","message":"exceeded quota"}]}""", "InProgress 1 of 3 replicas are up to date; exceeded quota")]
    public void A_deployment(string status, string expected) =>
        Assert.Equal(expected, Of("apps/v1", "Deployment", $$"""{"metadata":{"name":"web","generation":2},"spec":{"replicas":3,"progressDeadlineSeconds":60},"status":{{status}} }"""));

    [Fact]
    public void A_deployment_that_is_paused_says_so() => Assert.Equal(
        "InProgress paused; 0 of 1 replica is up to date",
        Of("apps/v1", "Deployment", """{"metadata":{"name":"web","generation":2},"spec":{"paused":true},"status":{"observedGeneration":2,"replicas":1,"availableReplicas":1}}"""));

    [Theory]
    [InlineData("RollingUpdate", """{"observedGeneration":1}""", "InProgress the change has not been taken up yet")]
    [InlineData("RollingUpdate", """{"observedGeneration":2,"desiredNumberScheduled":5,"updatedNumberScheduled":2,"numberAvailable":5}""", "InProgress 2 of 5 pods are up to date")]
    [InlineData("RollingUpdate", """{"observedGeneration":2,"desiredNumberScheduled":5,"updatedNumberScheduled":5,"numberAvailable":4}""", "InProgress 4 of 5 pods are available")]
    [InlineData("RollingUpdate", """{"observedGeneration":2,"desiredNumberScheduled":5,"updatedNumberScheduled":5,"numberAvailable":5}""", "Done")]
    [InlineData("OnDelete", """{"observedGeneration":2,"desiredNumberScheduled":5,"updatedNumberScheduled":5,"numberAvailable":5}""", "Done")]
    [InlineData("OnDelete", """{"observedGeneration":2,"desiredNumberScheduled":5,"updatedNumberScheduled":2,"numberAvailable":5}""",
        "InProgress 2 of 5 pods are up to date; its updateStrategy is OnDelete, and each pod is replaced only when somebody deletes it (refused)")]
    public void A_daemon_set(string strategy, string status, string expected) =>
        Assert.Equal(expected, Of("apps/v1", "DaemonSet", $$$"""{"metadata":{"name":"agent","generation":2},"spec":{"updateStrategy":{"type":"{{{strategy}}}"}},"status":{{{status}}} }"""));

    [Theory]
    [InlineData("""{"type":"RollingUpdate"}""", "{}", "InProgress the change has not been taken up yet")]
    [InlineData("""{"type":"RollingUpdate"}""", """{"observedGeneration":2,"readyReplicas":2}""", "InProgress 2 of 3 pods are ready")]
    [InlineData("""{"type":"RollingUpdate"}""", """{"observedGeneration":2,"readyReplicas":3,"updatedReplicas":2,"updateRevision":"b","currentRevision":"a"}""", "InProgress 2 of 3 pods are up to date")]
    [InlineData("""{"type":"RollingUpdate"}""", """{"observedGeneration":2,"readyReplicas":3,"updatedReplicas":3,"updateRevision":"b","currentRevision":"b"}""", "Done")]
    [InlineData("""{"type":"RollingUpdate","rollingUpdate":{"partition":1}}""", """{"observedGeneration":2,"readyReplicas":3,"updatedReplicas":1,"updateRevision":"b","currentRevision":"a"}""", "InProgress 1 of 2 pods are up to date")]
    [InlineData("""{"type":"RollingUpdate","rollingUpdate":{"partition":1}}""", """{"observedGeneration":2,"readyReplicas":3,"updatedReplicas":2,"updateRevision":"b","currentRevision":"a"}""", "Done")]
    [InlineData("""{"type":"OnDelete"}""", """{"observedGeneration":2,"readyReplicas":3,"updatedReplicas":0,"updateRevision":"b","currentRevision":"a"}""",
        "InProgress 0 of 3 pods are up to date; its updateStrategy is OnDelete, and each pod is replaced only when somebody deletes it (refused)")]
    public void A_stateful_set(string strategy, string status, string expected) =>
        Assert.Equal(expected, Of("apps/v1", "StatefulSet", $$$"""{"metadata":{"name":"db","generation":2},"spec":{"replicas":3,"updateStrategy":{{{strategy}}} },"status":{{{status}}} }"""));

    [Theory]
    [InlineData("""{"active":2,"succeeded":1}""", "InProgress 1 of 3 completed, 2 active")]
    [InlineData("""{"active":1,"succeeded":1,"failed":1}""", "InProgress 1 of 3 completed, 1 active, 1 failed")]
    [InlineData("""{"succeeded":3,"conditions":[{"type":"Complete","status":"True"}]}""", "Done")]
    [InlineData("""{"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"Job has reached the specified backoff limit"}]}""",
        "Failed it has failed: BackoffLimitExceeded (Job has reached the specified backoff limit)")]
    public void A_job(string status, string expected) => Assert.Equal(expected, Of("batch/v1", "Job", $$"""{"metadata":{"name":"j"},"spec":{"completions":3},"status":{{status}} }"""));

    [Theory]
    [InlineData("""{"conditions":[]}""", "InProgress its names are not accepted yet")]
    [InlineData("""{"conditions":[{"type":"NamesAccepted","status":"True"},{"type":"Established","status":"False"}]}""", "InProgress its kind is not served yet")]
    [InlineData("""{"conditions":[{"type":"NamesAccepted","status":"True"},{"type":"Established","status":"True"}]}""", "Done")]
    [InlineData("""{"conditions":[{"type":"NamesAccepted","status":"False","reason":"PluralConflict"}]}""", "Failed its names are not accepted: PluralConflict")]
    public void A_definition(string status, string expected) =>
        Assert.Equal(expected, Of("apiextensions.k8s.io/v1", "CustomResourceDefinition", $$"""{"metadata":{"name":"x"},"status":{{status}} }"""));

    [Theory]
    [InlineData("Pending", "InProgress it is not bound to a volume")]
    [InlineData("Bound", "Done")]
    [InlineData("Lost", "Failed its volume is lost")]
    public void A_claim(string phase, string expected) =>
        Assert.Equal(expected, Of("v1", "PersistentVolumeClaim", $$$"""{"metadata":{"name":"data"},"status":{"phase":"{{{phase}}}"}}"""));

    [Theory]
    [InlineData("""{"type":"ExternalName","externalName":"example.com"}""", "{}", null, "Done")]
    [InlineData("""{"type":"ClusterIP"}""", "{}", null, "Done")]
    [InlineData("""{"type":"ClusterIP","selector":{"app":"web"}}""", "{}", null, "InProgress its endpoints are not known yet")]
    [InlineData("""{"type":"ClusterIP","selector":{"app":"web"}}""", "{}", "", "InProgress it has no ready endpoint")]
    [InlineData("""{"type":"ClusterIP","selector":{"app":"web"}}""", "{}", """{"conditions":{"ready":false}}""", "InProgress it has no ready endpoint")]
    [InlineData("""{"type":"ClusterIP","selector":{"app":"web"}}""", "{}", """{"conditions":{"ready":false}},{"conditions":{"ready":true}}""", "Done")]
    [InlineData("""{"type":"ClusterIP","selector":{"app":"web"}}""", "{}", """{"addresses":["10.0.0.1"]}""", "Done")]
    [InlineData("""{"type":"LoadBalancer"}""", "{}", null, "InProgress its load balancer has no address yet")]
    [InlineData("""{"type":"LoadBalancer"}""", """{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}""", null, "Done")]
    public void A_service(string spec, string status, string? endpoints, string expected)
    {
        var service = Sample.Read("v1", "Service", $$"""{"metadata":{"name":"web"},"spec":{{spec}},"status":{{status}} }""");
        KubeEndpointSlice[]? slices = endpoints is null ? null : [Sample.Read<KubeEndpointSlice>($$"""{"metadata":{"name":"web-1"},"endpoints":[{{endpoints}}]}""")];
        Assert.Equal(expected, Text(RolloutStatus.Of(service, slices)));
    }

    [Theory]
    [InlineData("""{"phase":"Pending"}""", "InProgress it is not ready: Pending")]
    [InlineData("""{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}""", "Done")]
    [InlineData("""{"phase":"Succeeded"}""", "Done")]
    [InlineData("""{"phase":"Failed"}""", "Failed it has failed: Failed")]
    public void A_pod(string status, string expected) => Assert.Equal(expected, Of("v1", "Pod", $$"""{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c"}]},"status":{{status}} }"""));

    [Theory]
    [InlineData("{}", "Done")]
    [InlineData("""{"status":{"observedGeneration":1}}""", "InProgress the change has not been taken up yet")]
    [InlineData("""{"status":{"conditions":[{"type":"Ready","status":"False","reason":"Installing"}]}}""", "InProgress Ready is False: Installing")]
    [InlineData("""{"status":{"conditions":[{"type":"Available","status":"Unknown"}]}}""", "InProgress Available is Unknown")]
    [InlineData("""{"status":{"conditions":[{"type":"Available","status":"False"},{"type":"Ready","status":"True"}]}}""", "Done")]
    [InlineData("""{"status":{"conditions":[{"type":"Stalled","status":"True","message":"no such chart."}]}}""", "Failed Stalled is True: no such chart")]
    public void Anything_else(string item, string expected) => Assert.Equal(expected, Of("example.com/v1", "Thing", $$$"""{"metadata":{"name":"t","generation":2},{{{item[1..]}}}""".Replace(",}", "}", StringComparison.Ordinal)));

    [Fact]
    public void What_is_being_deleted_is_not_done() => Assert.Equal(
        "InProgress it is being deleted",
        Of("apps/v1", "Deployment", """{"metadata":{"name":"web","deletionTimestamp":"2026-03-01T12:00:00Z"},"spec":{"replicas":0},"status":{"observedGeneration":1}}"""));

    private static string Of(string apiVersion, string kind, string json) => Text(RolloutStatus.Of(Sample.Read(apiVersion, kind, json)));

    private static string Text(RolloutStatus status) => $"{status.State} {status.Message}".TrimEnd() + (status.IsRefused ? " (refused)" : "");
}
