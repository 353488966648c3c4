using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class KubeNodeTests
{
    [Theory]
    [InlineData("{}", """{"conditions":[{"type":"MemoryPressure","status":"False"},{"type":"Ready","status":"True"}]}""", "Ready")]
    [InlineData("{}", """{"conditions":[{"type":"Ready","status":"False"}]}""", "NotReady")]
    [InlineData("{}", """{"conditions":[{"type":"Ready","status":"Unknown"}]}""", "NotReady")]
    [InlineData("""{"unschedulable":true}""", """{"conditions":[{"type":"Ready","status":"True"}]}""", "Ready,SchedulingDisabled")]
    [InlineData("""{"unschedulable":true}""", "{}", "Unknown,SchedulingDisabled")]
    [InlineData("7", "[]", "Unknown")]
    public void A_node_shows_its_state(string spec, string status, string state) =>
        Assert.Equal(state, Sample.Read<KubeNode>($$"""{"metadata":{"name":"n"},"spec":{{spec}},"status":{{status}}}""").State);

    [Fact]
    public void Roles_come_sorted_from_both_kinds_of_label()
    {
        var node = Sample.Read<KubeNode>("""
            {"metadata":{"name":"n","labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/":"","kubernetes.io/role":"gpu",
              "node-role.kubernetes.io/control-plane":"","kubernetes.io/os":"linux"}}}
            """);

        Assert.Equal(["control-plane", "gpu", "worker"], node.Roles);
    }

    [Fact]
    public void The_wide_columns_are_there()
    {
        var node = Sample.Read<KubeNode>("""
            {"metadata":{"name":"n"},"status":{
              "capacity":{"cpu":"8","memory":"32Gi"},"allocatable":{"cpu":"7910m"},
              "addresses":[{"type":"Hostname","address":"n"},{"type":"InternalIP","address":"10.0.3.17"},{"type":"ExternalIP","address":"203.0.113.5"}],
              "nodeInfo":{"kubeletVersion":"v1.35.2","osImage":"Ubuntu 24.04.2 LTS","kernelVersion":"6.8.0","containerRuntimeVersion":"containerd://2.0.5"}}}
            """);

        Assert.Equal(("v1.35.2", "10.0.3.17", "203.0.113.5"), (node.Version, node.InternalIp, node.ExternalIp));
        Assert.Equal(("Ubuntu 24.04.2 LTS", "6.8.0", "containerd://2.0.5"), (node.OsImage, node.Kernel, node.ContainerRuntime));
        Assert.Equal((Quantity.Parse("8"), Quantity.Parse("7910m")), (node.Capacity?["cpu"], node.Allocatable?["cpu"]));
    }
}
