using MultiCluster.Clusters;

namespace MultiCluster.Tests.Architecture;

/// <summary>The engine's public surface: a change of it is meant, and stands in its commit.</summary>
public sealed class PublicApiTests
{
    private const string Write = "MULTICLUSTER_WRITE_API";

    private static readonly string Page = Path.Combine(Repository.Root, "tests", "MultiCluster.Tests", "Architecture", "PublicApi.txt");

    [Fact]
    public void What_is_public_stands_in_the_list()
    {
        var now = PublicApi.Of(typeof(ClusterPool).Assembly);
        if (Environment.GetEnvironmentVariable(Write) is { Length: > 0 })
            File.WriteAllLines(Page, now);
        var listed = File.ReadAllLines(Page);

        string[] difference = [.. listed.Except(now).Select(static line => $"- {line}"), .. now.Except(listed).Select(static line => $"+ {line}")];
        Assert.True(
            difference.Length == 0,
            $"The engine's public API has changed. If it is meant, run this test with {Write}=yes, which writes the list, and commit it.\n{string.Join('\n', difference)}");
        Assert.Equal(now, listed);
    }
}
