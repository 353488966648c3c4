using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class MetricsTests
{
    [Fact]
    public void A_node_says_what_it_uses_and_when_that_was_measured()
    {
        var node = Sample.Read<KubeNodeMetrics>("""{"metadata":{"name":"node-1"},"timestamp":"2026-03-01T11:59:48Z","window":"20.05s","usage":{"cpu":"123456789n","memory":"2097153Ki"}}""");

        Assert.Equal((Quantity.Parse("123456789n"), Quantity.Parse("2097153Ki"), TimeSpan.FromSeconds(20.05)), (node.Cpu, node.Memory, node.Window));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 11, 59, 48, TimeSpan.Zero).LocalDateTime, node.Timestamp);
        Assert.Equal("124m 2048Mi", $"{node.Cpu:m} {node.Memory:Mi}");
    }

    [Fact]
    public void A_pod_uses_what_its_containers_use()
    {
        var pod = Sample.Read<KubePodMetrics>("""
            {"metadata":{"name":"web-1","namespace":"web"},"timestamp":"2026-03-01T11:59:48Z","window":"15s",
             "containers":[{"name":"app","usage":{"cpu":"100m","memory":"64Mi"}},{"name":"proxy","usage":{"cpu":"1500000n","memory":"1024Ki"}}]}
            """);

        Assert.Equal((Quantity.Parse("101500000n"), Quantity.Parse("65Mi"), "app proxy"), (pod.Cpu, pod.Memory, string.Join(' ', pod.Containers)));
        Assert.Equal((Quantity.Parse("1500000n"), null), (pod.Of("proxy", "cpu"u8), pod.Of("other", "cpu"u8)));
    }

    [Fact]
    public void What_was_not_measured_is_not_0()
    {
        var pod = Sample.Read<KubePodMetrics>("""{"metadata":{"name":"web-1","namespace":"web"},"containers":[]}""");
        var node = Sample.Read<KubeNodeMetrics>("""{"metadata":{"name":"node-1"},"usage":{}}""");

        Assert.Equal((null, null, null, null), (pod.Cpu, pod.Memory, pod.Timestamp, pod.Window));
        Assert.Equal((null, null), (node.Cpu, node.Memory));
    }
}
