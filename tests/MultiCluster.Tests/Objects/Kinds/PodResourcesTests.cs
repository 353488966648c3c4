using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

/// <summary>The cases are those of k8s.io/component-helpers <c>resource/helpers_test.go</c> in short.</summary>
public sealed class PodResourcesTests
{
    [Theory]
    [InlineData("""{"containers":[{}]}""", null)]
    [InlineData("""{"containers":[C1,C2]}""", "3")]
    [InlineData("""{"containers":[C1,C2],"initContainers":[I5]}""", "5")]
    [InlineData("""{"containers":[C1,C2],"initContainers":[I1,I2]}""", "3")]
    [InlineData("""{"containers":[C1],"initContainers":[S1,I5]}""", "6")]
    [InlineData("""{"containers":[C1],"initContainers":[I5,S1]}""", "5")]
    [InlineData("""{"containers":[C1],"initContainers":[S1,S2,I1]}""", "4")]
    [InlineData("""{"containers":[{}],"initContainers":[S1,I5,S2]}""", "6")]
    [InlineData("""{"containers":[C1,C2],"overhead":{"cpu":"250m"}}""", "3250m")]
    [InlineData("""{"containers":[{}],"overhead":{"cpu":"250m"}}""", "250m")]
    [InlineData("""{"containers":[C1,C2],"resources":{"requests":{"cpu":"10"}}}""", "10")]
    [InlineData("""{"containers":[C1,C2],"resources":{"requests":{"memory":"1Gi"}}}""", "3")]
    [InlineData("""{"containers":[C1,C2],"resources":{"requests":{"cpu":"10"}},"overhead":{"cpu":"1"}}""", "11")]
    public void The_request_is_what_the_scheduler_reserves(string spec, string? cpu) => Assert.Equal(cpu, Pod(spec, "requests").CpuRequest?.ToString());

    [Theory]
    [InlineData("""{"containers":[C1,{}]}""", "1")]
    [InlineData("""{"containers":[C1],"initContainers":[S1,I5]}""", "6")]
    [InlineData("""{"containers":[{}],"overhead":{"cpu":"250m"}}""", null)]
    [InlineData("""{"containers":[C1],"overhead":{"cpu":"250m"}}""", "1250m")]
    [InlineData("""{"containers":[C1],"resources":{"limits":{"cpu":"10"}},"overhead":{"cpu":"1"}}""", "11")]
    public void The_limit_is_raised_by_the_overhead_where_there_is_one(string spec, string? cpu) => Assert.Equal(cpu, Pod(spec, "limits").CpuLimit?.ToString());

    [Theory]
    [InlineData("""{"containerStatuses":[{"name":"a","allocatedResources":{"cpu":"4"}}]}""", "4")]
    [InlineData("""{"containerStatuses":[{"name":"a","allocatedResources":{"cpu":"500m"},"resources":{"requests":{"cpu":"3"}}}]}""", "3")]
    [InlineData("""{"containerStatuses":[{"name":"a","allocatedResources":{"cpu":"500m"},"resources":{"requests":{"cpu":"500m"}}}]}""", "1")]
    [InlineData("""{"containerStatuses":[{"name":"a","allocatedResources":{"cpu":"500m"}}],"conditions":[{"type":"PodResizePending","status":"True","reason":"Infeasible"}]}""", "500m")]
    [InlineData("""{"containerStatuses":[{"name":"b","allocatedResources":{"cpu":"4"}}]}""", "1")]
    public void A_pod_that_is_resized_counts_with_the_most_of_what_it_has_and_wants(string status, string cpu) =>
        Assert.Equal(cpu, Pod("""{"containers":[C1]}""", "requests", status).CpuRequest?.ToString());

    [Fact]
    public void Memory_is_counted_as_CPU_is()
    {
        var pod = Sample.Read<KubePod>("""
            {"metadata":{"name":"p"},"spec":{"containers":[
              {"name":"a","resources":{"requests":{"memory":"64Mi"},"limits":{"memory":"128Mi"}}},{"name":"b","resources":{"requests":{"memory":"64Mi"}}}]}}
            """);

        Assert.Equal(("128Mi", "128Mi"), ($"{pod.MemoryRequest}", $"{pod.MemoryLimit}"));
        Assert.Null(pod.CpuRequest ?? pod.CpuLimit);
    }

    private static KubePod Pod(string spec, string field, string status = "{}")
    {
        foreach (var cpu in (string[])["1", "2", "5"])
        {
            var container = $$$"""{"name":"a","resources":{"{{{field}}}":{"cpu":"{{{cpu}}}"}}""";
            spec = spec.Replace($"C{cpu}", container + "}", StringComparison.Ordinal)
                .Replace($"I{cpu}", container + "}", StringComparison.Ordinal)
                .Replace($"S{cpu}", container + ""","restartPolicy":"Always"}""", StringComparison.Ordinal);
        }

        return Sample.Read<KubePod>($$"""{"metadata":{"name":"p"},"spec":{{spec}},"status":{{status}}}""");
    }
}
