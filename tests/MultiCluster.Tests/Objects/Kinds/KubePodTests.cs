using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class KubePodTests
{
    private const string Web = """
        {"metadata":{"name":"web-6d4cf56db6-x2x7k","namespace":"shop","creationTimestamp":"2026-02-26T08:00:00Z",
          "labels":{"app":"web","pod-template-hash":"6d4cf56db6"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-6d4cf56db6","uid":"u1","controller":true}]},
         "spec":{"nodeName":"node-1","readinessGates":[{"conditionType":"lb/attached"},{"conditionType":"lb/warm"}],
          "containers":[{"name":"web","image":"nginx:1.29"},{"name":"log","image":"vector:0.50"}]},
         "status":{"phase":"Running","podIP":"10.0.0.7","qosClass":"Burstable","nominatedNodeName":"node-2",
          "conditions":[{"type":"lb/attached","status":"True"},{"type":"lb/warm","status":"False"}]}}
        """;

    [Fact]
    public void The_wide_columns_are_there()
    {
        var pod = Sample.Read<KubePod>(Web);

        Assert.Equal(("node-1", "10.0.0.7", "node-2", "1/2"), (pod.Node, pod.Ip, pod.NominatedNode, pod.ReadinessGates));
        Assert.Equal(("Running", "Burstable", "3d4h"), (pod.Phase, pod.QosClass, $"{pod.Age}"));
        Assert.Equal(["nginx:1.29", "vector:0.50"], pod.Images);
        Assert.Equal(["web", "log"], pod.Containers);
        Assert.Equal((0, 2), (pod.ReadyContainers, pod.ContainerCount));
    }

    [Fact]
    public void A_replica_set_of_a_deployment_stands_for_the_deployment() =>
        Assert.Equal("Deployment/web", Sample.Read<KubePod>(Web).Owner);

    [Theory]
    [InlineData("StatefulSet", "db", "true", "StatefulSet/db")]
    [InlineData("Job", "backup-29012345", "true", "Job/backup-29012345")]
    [InlineData("ReplicaSet", "bare", "true", "ReplicaSet/bare")]
    [InlineData("Node", "node-1", "false", null)]
    public void The_owner_is_the_controller(string kind, string name, string controller, string? owner) => Assert.Equal(
        owner,
        Sample.Read<KubePod>(
            """{"metadata":{"name":"p","ownerReferences":[{"kind":"KIND","name":"NAME","controller":TRUE}]}}"""
                .Replace("KIND", kind, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal)
                .Replace("TRUE", controller, StringComparison.Ordinal)).Owner);

    [Fact]
    public void A_pod_with_nothing_but_a_name_reads_as_empty()
    {
        var pod = Sample.Read<KubePod>("""{"metadata":{"name":"p"}}""");

        Assert.Equal(("0/0", "", 0), (pod.Ready, pod.State, pod.Restarts));
        Assert.Null(pod.Node ?? pod.Ip ?? pod.Phase ?? pod.Owner ?? pod.NominatedNode ?? pod.ReadinessGates ?? pod.QosClass);
        Assert.Null(pod.Age);
        Assert.Empty(pod.Images);
    }
}
