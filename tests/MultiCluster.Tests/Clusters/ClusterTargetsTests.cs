using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class ClusterTargetsTests
{
    [Fact]
    public async Task Nothing_given_means_all_selected_clusters()
    {
        await using var session = TestSession.Offline("a", "b", "c");
        await session.SelectAsync("c", "a");
        Assert.Equal(["c", "a"], Names(ClusterTargets.Resolve(session.Pool, [])));
    }

    [Fact]
    public async Task Nothing_selected_is_an_error_that_names_the_way_out()
    {
        await using var session = TestSession.Offline("a");
        var fault = Assert.Throws<FaultException>(() => ClusterTargets.Resolve(session.Pool, [])).Fault;
        Assert.Equal(FaultPhase.NoClusterSelected, fault.Phase);
        Assert.Equal("No active clusters. Select a cluster with Select-KubeCluster.", fault.Message);
    }

    [Fact]
    public async Task Names_ids_and_wildcards_narrow_the_selection_and_each_cluster_comes_once()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us", "staging");
        await session.SelectAsync("*");
        Assert.Equal(["staging", "prod-eu", "prod-us"], Names(ClusterTargets.Resolve(session.Pool, ["staging", "fleet.yaml:prod-eu", "prod-*", session.Cluster("staging")])));
    }

    [Fact]
    public async Task What_begins_with_an_exclamation_mark_is_left_out()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us", "staging", "!odd", "elsewhere");
        await session.SelectAsync("prod-*", "staging", "!odd");

        Assert.Equal(["prod-us", "staging", "!odd"], Names(ClusterTargets.Resolve(session.Pool, ["!prod-eu"])));
        Assert.Equal(["prod-us"], Names(ClusterTargets.Resolve(session.Pool, ["!*-eu", "prod-*"])));
        Assert.Equal(["prod-us"], Names(ClusterTargets.Resolve(session.Pool, [session.Cluster("staging"), "prod-us", "!fleet.yaml:staging"])));
        Assert.Equal(["prod-eu", "prod-us"], Names(ClusterTargets.Resolve(session.Pool, ["prod-*", "!nothing*", "!elsewhere"])));
    }

    [Fact]
    public async Task A_selected_cluster_whose_name_begins_so_is_meant_by_its_name()
    {
        await using var session = TestSession.Offline("a", "!odd");
        await session.SelectAsync("*");
        Assert.Equal(["!odd"], Names(ClusterTargets.Resolve(session.Pool, ["!odd"])));
        Assert.Equal(["a"], Names(ClusterTargets.Resolve(session.Pool, ["!!odd"])));
    }

    [Theory]
    [InlineData("!prod-ue", FaultPhase.NotFound, "Did you mean 'prod-eu'?")]
    [InlineData("!", FaultPhase.NotFound, "Get-KubeCluster lists the known clusters.")]
    [InlineData("!prod-*", FaultPhase.Invalid, "Exclude less: what begins with ! leaves a cluster out.")]
    public async Task An_exclusion_that_leaves_none_out_or_all_is_an_error(string word, FaultPhase phase, string advice)
    {
        await using var session = TestSession.Offline("prod-eu");
        await session.SelectAsync("prod-eu");
        var fault = Assert.Throws<FaultException>(() => ClusterTargets.Resolve(session.Pool, [word])).Fault;
        Assert.Equal((phase, advice), (fault.Phase, fault.Advice));
    }

    [Fact]
    public async Task What_is_known_but_not_selected_is_refused_and_never_fallen_back_from()
    {
        await using var session = TestSession.Offline("a", "b");
        await session.SelectAsync("a");
        var targets = ClusterTargets.Resolve(session.Pool, ["b", session.Pool.Known().Clusters[1]]);
        Assert.Empty(targets.Clusters);
        Assert.Equal(2, targets.Refusals.Count);
        Assert.All(targets.Refusals, refusal =>
        {
            Assert.Equal(FaultPhase.ClusterNotSelected, refusal.Fault.Phase);
            Assert.Contains("Select-KubeCluster 'b' -Add", refusal.Fault.Advice, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_nobody_knows_is_refused_with_what_is_near()
    {
        await using var session = TestSession.Offline("prod-eu");
        await session.SelectAsync("prod-eu");
        var fault = Assert.Single(ClusterTargets.Resolve(session.Pool, ["prod-ue"]).Refusals).Fault;
        Assert.Equal(FaultPhase.NotFound, fault.Phase);
        Assert.Equal("Did you mean 'prod-eu'?", fault.Advice);
    }

    [Theory]
    [InlineData("fleet.yaml:*", "An id is exact: give names with wildcards to -Cluster.")]
    [InlineData("fleet.yaml:[a]b", "An id is exact: give names with wildcards to -Cluster.")]
    [InlineData("ab", "Did you mean 'fleet.yaml:ab'?")]
    public async Task An_id_is_exact_and_leads_to_no_other_cluster(string id, string advice)
    {
        await using var session = TestSession.Offline("ab", "other");
        await session.SelectAsync("*");
        var targets = ClusterTargets.Resolve(session.Pool, [new ExactId(id)]);
        Assert.Empty(targets.Clusters);
        var fault = Assert.Single(targets.Refusals).Fault;
        Assert.Equal((FaultPhase.NotFound, $"there is no cluster with the id '{id}'", advice), (fault.Phase, fault.Detail, fault.Advice));
    }

    [Fact]
    public async Task A_file_in_other_capitals_is_another_one_where_the_system_tells_them_apart()
    {
        await using var session = TestSession.Offline("ab", "other");
        await session.SelectAsync("*");

        var targets = ClusterTargets.Resolve(session.Pool, [new ExactId("FLEET.yaml:ab")]);

        Assert.Equal(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? ["ab"] : [], Names(targets));
        Assert.All(targets.Refusals, static refusal => Assert.Equal("Did you mean 'fleet.yaml:ab'?", refusal.Fault.Advice));
    }

    [Fact]
    public async Task The_id_of_a_context_with_wildcards_in_its_name_means_that_context()
    {
        await using var session = TestSession.Offline("a*", "ab");
        await session.SelectAsync("*");
        Assert.Equal(["a*"], Names(ClusterTargets.Resolve(session.Pool, [new ExactId("fleet.yaml:a*")])));
        await session.SelectAsync("ab");
        var fault = Assert.Single(ClusterTargets.Resolve(session.Pool, [new ExactId("fleet.yaml:a*")]).Refusals).Fault;
        Assert.Equal(FaultPhase.ClusterNotSelected, fault.Phase);
    }

    [Fact]
    public async Task What_is_no_cluster_is_an_error()
    {
        await using var session = TestSession.Offline("a");
        var fault = Assert.Throws<FaultException>(() => ClusterTargets.Resolve(session.Pool, [42])).Fault;
        Assert.Equal(FaultPhase.Invalid, fault.Phase);
    }

    [Fact]
    public async Task An_object_of_another_session_brings_its_own_connection()
    {
        await using var session = TestSession.Offline("a", "b");
        await session.SelectAsync("a");
        var other = session.NewPool();
        var target = Assert.Single(ClusterTargets.Resolve(other, [session.Cluster("a")]).Clusters);
        Assert.Same(session.Connection("a"), target.Connection);
        Assert.Empty(other.Selected);
    }

    [Fact]
    public async Task An_object_whose_connection_has_ended_means_the_selected_cluster_of_its_id()
    {
        await using var session = TestSession.Offline("a", "b");
        await session.SelectAsync("a");
        var old = session.Cluster("a");
        await session.Pool.DisconnectAsync([old]);
        Assert.Equal(FaultPhase.ClusterNotSelected, Assert.Single(ClusterTargets.Resolve(session.Pool, [old]).Refusals).Fault.Phase);
        await session.SelectAsync("a");
        Assert.Same(session.Connection("a"), Assert.Single(ClusterTargets.Resolve(session.Pool, [old]).Clusters).Connection);
    }

    [Fact]
    public async Task Disconnecting_an_object_of_another_session_ends_only_ones_own()
    {
        await using var session = TestSession.Offline("a", "b");
        await session.SelectAsync("a", "b");
        var other = session.NewPool();
        await other.SelectAsync(new SelectionRequest { Names = ["a"] }, TestContext.Current.CancellationToken);
        await session.Pool.DisconnectAsync(other.Selected);
        Assert.Equal(["b"], session.Names);
        Assert.True(Assert.Single(other.Selected).Selected);
    }

    private static IEnumerable<string> Names(ClusterTargets targets) => targets.Clusters.Select(cluster => cluster.ClusterName);
}
