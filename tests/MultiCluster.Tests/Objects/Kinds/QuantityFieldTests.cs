using System.Collections;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class QuantityFieldTests
{
    private const string PodSpec = """
        {"overhead":{"cpu":"7"},"resources":{"limits":{"cpu":"7"}},"containers":[{"name":"a","env":[{"valueFrom":{"resourceFieldRef":{"divisor":"7"}}}],"resources":{"requests":{"cpu":"7"},"limits":{"example.com/gpu":7}}}],
         "initContainers":[{"resources":{"requests":{"cpu":"7"}}}],"volumes":[{"emptyDir":{"sizeLimit":"7"}},{"ephemeral":{"volumeClaimTemplate":{"spec":{"resources":{"requests":{"storage":"7"}}}}}}]}
        """;

    [Theory]
    [InlineData("v1", "Pod", "spec:" + PodSpec, 8)]
    [InlineData("v1", "Pod", """status:{"containerStatuses":[{"allocatedResources":{"cpu":"7"},"resources":{"limits":{"cpu":"7"}}}],"allocatedResources":{"cpu":"7"}}""", 3)]
    [InlineData("apps/v1", "Deployment", """spec:{"template":{"spec":""" + PodSpec + "}}", 8)]
    [InlineData("batch/v1", "CronJob", """spec:{"jobTemplate":{"spec":{"template":{"spec":""" + PodSpec + "}}}}", 8)]
    [InlineData("apps/v1", "StatefulSet", """spec:{"volumeClaimTemplates":[{"spec":{"resources":{"requests":{"storage":"7"}}}}]}""", 1)]
    [InlineData("v1", "Node", """status:{"capacity":{"cpu":"7","memory":"7"},"allocatable":{"pods":"7"},"nodeInfo":{"kernelVersion":"7"}}""", 3)]
    [InlineData("v1", "PersistentVolume", """spec:{"capacity":{"storage":"7"}}""", 1)]
    [InlineData("v1", "PersistentVolumeClaim", """spec:{"resources":{"requests":{"storage":"7"}}}""", 1)]
    [InlineData("v1", "PersistentVolumeClaim", """status:{"capacity":{"storage":"7"},"allocatedResources":{"storage":"7"},"allocatedResourceStatuses":{"storage":"7"}}""", 2)]
    [InlineData("v1", "ResourceQuota", """spec:{"hard":{"requests.cpu":"7"},"scopes":["7"]}""", 1)]
    [InlineData("v1", "ResourceQuota", """status:{"hard":{"pods":"7"},"used":{"pods":"7"}}""", 2)]
    [InlineData("v1", "LimitRange", """spec:{"limits":[{"type":"7","max":{"cpu":"7"},"default":{"cpu":"7"},"maxLimitRequestRatio":{"cpu":"7"}}]}""", 3)]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", """spec:{"metrics":[{"pods":{"target":{"type":"7","averageValue":"7"}}},{"resource":{"name":"7","target":{"averageUtilization":7,"value":"7"}}}]}""", 2)]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", """status:{"currentMetrics":[{"object":{"current":{"value":"7"}}}]}""", 1)]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition", """spec:{"capacity":{"minimum":"7"},"resources":{"limits":{"cpu":"7"}}}""", 0)]
    [InlineData("example.com/v1", "Pod", "spec:" + PodSpec, 0)]
    public void Amounts_are_where_the_API_declares_them(string apiVersion, string kind, string field, int amounts)
    {
        var (name, json) = (field[..field.IndexOf(':', StringComparison.Ordinal)], field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var item = Sample.Read(apiVersion, kind, $$"""{"metadata":{"name":"x"},"{{name}}":{{json}}}""");

        Assert.Equal(amounts, Values(name == "spec" ? item.Spec : item.Status).Count(static value => value is Quantity { Value: 7 }));
    }

    [Fact]
    public void A_label_that_looks_like_an_amount_is_text()
    {
        var pod = Sample.Read<KubePod>("""{"metadata":{"name":"x","labels":{"cpu":"16"}},"spec":{"nodeSelector":{"cpu":"16"}}}""");

        Assert.Equal("16", pod.Labels?["cpu"]);
        Assert.Equal("16", ((KubeMap)((KubeMap)pod.Spec!)["nodeSelector"]!)["cpu"]);
    }

    [Fact]
    public void What_cannot_be_read_stays_text() =>
        Assert.Equal("plenty", Sample.Read<KubeNode>("""{"metadata":{"name":"x"},"status":{"capacity":{"cpu":"plenty"}}}""").Capacity?["cpu"]);

    [Fact]
    public void A_name_of_another_case_finds_the_amount() =>
        Assert.Equal(Quantity.Parse("8"), Sample.Read<KubeNode>("""{"metadata":{"name":"x"},"status":{"capacity":{"cpu":"8"}}}""").Capacity?["CPU"]);

    [Fact]
    public void Whoever_writes_the_entries_down_gets_the_servers_text()
    {
        IDictionary capacity = Sample.Read<KubeNode>("""{"metadata":{"name":"x"},"status":{"capacity":{"cpu":"8","memory":"32Gi"}}}""").Capacity!;

        Assert.Equal(["8", "32Gi"], capacity.Cast<KubeMapEntry>().Select(static entry => $"{entry.Value}"));
        var written = new List<object?>();
        foreach (DictionaryEntry entry in capacity)
            written.Add(entry.Value);
        Assert.Equal(["8", "32Gi"], written);
    }

    private static IEnumerable<object?> Values(object? value) => value switch
    {
        KubeMap map => map.Values.SelectMany(Values),
        KubeList list => list.SelectMany(Values),
        _ => [value],
    };
}
