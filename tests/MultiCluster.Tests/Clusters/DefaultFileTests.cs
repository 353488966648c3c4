using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>A backup copy of the kubeconfig that kubectl reads, and another cluster of a name in it, found beside it in <c>~/.kube</c>.</summary>
public sealed class DefaultFileTests
{
    private const string Copy = "home/.kube/config-backup";
    private const string Other = "home/.kube/other";

    [Theory]
    [InlineData(Copy)]
    [InlineData(Other)]
    public async Task A_name_means_the_cluster_of_the_default_file(string found)
    {
        await using var session = Session();
        var result = await session.SelectAsync("admin");
        Assert.Empty(result.Refusals);
        Assert.Equal([session.Kubeconfig], session.Pool.Selected.Select(cluster => cluster.Kubeconfig));
        Assert.Contains(result.Details, detail => detail.Contains(session.Folder[found], StringComparison.Ordinal) && detail.Contains($"'{Path.GetFileName(found)}:admin'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_all_clusters_only_copies_are_passed_over()
    {
        await using var session = Session();
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true }, TestContext.Current.CancellationToken);
        var refusal = Assert.Single(result.Refusals);
        Assert.Equal((session.Folder[Other], FaultPhase.Conflict), (((KubeCluster)refusal.Target).Kubeconfig, refusal.Fault.Phase));
        Assert.Contains(session.Folder[Copy], Assert.Single(result.Details), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ad*")]
    [InlineData("*")]
    public async Task So_it_is_with_wildcards(string pattern)
    {
        await using var session = Session();
        var result = await session.SelectAsync(pattern);
        Assert.Equal(session.Folder[Other], ((KubeCluster)Assert.Single(result.Refusals).Target).Kubeconfig);
    }

    [Fact]
    public async Task An_id_means_its_own_file()
    {
        await using var session = Session();
        var result = await session.Pool.SelectAsync(new SelectionRequest { Ids = ["config-backup:admin"] }, TestContext.Current.CancellationToken);
        Assert.Empty(result.Refusals);
        Assert.Equal([session.Folder[Copy]], session.Pool.Selected.Select(cluster => cluster.Kubeconfig));
    }

    [Fact]
    public async Task A_context_of_the_default_file_that_cannot_be_used_stands_in_nobodys_way()
    {
        await using var session = Session();
        session.Folder.Write("fleet.yaml", "contexts: [{name: admin, context: {cluster: ghost}}]", new DateTime(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        await session.SelectAsync("admin");
        Assert.Equal([session.Folder[Copy]], session.Pool.Selected.Select(cluster => cluster.Kubeconfig));
    }

    [Fact]
    public async Task A_file_that_was_named_is_no_copy()
    {
        await using var session = Session();
        await session.Pool.Preferences.UpdateAsync(preferences => preferences with { Search = [session.Folder[Copy]] }, TestContext.Current.CancellationToken);
        var result = await session.SelectAsync("admin");
        Assert.Equal(session.Folder[Copy], ((KubeCluster)Assert.Single(result.Refusals).Target).Kubeconfig);
    }

    [Fact]
    public async Task Current_is_what_the_default_file_says_alone()
    {
        await using var session = Session();
        session.Folder.Write("fleet.yaml", Yaml.Of("admin").Replace("current-context", "no-context", StringComparison.Ordinal), new DateTime(2025, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        var result = await session.Pool.SelectAsync(new SelectionRequest { Current = true }, TestContext.Current.CancellationToken);
        Assert.Equal("current-context", Assert.Single(result.Refusals).Target);
    }

    /// <summary>The copy leads to the same server, the other file to another.</summary>
    private static TestSession Session()
    {
        var session = TestSession.Offline("admin");
        session.Folder.Write(Copy, Yaml.Of("admin"));
        session.Folder.Write(Other, Yaml.Of("admin").Replace("10.0.0", "10.0.1", StringComparison.Ordinal));
        return session;
    }
}
