using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class SelectionTests
{
    [Fact]
    public async Task Nothing_is_selected_by_itself()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us");
        Assert.All(session.Pool.Known().Clusters, cluster => Assert.False(cluster.Selected));
        Assert.Empty(session.Pool.Selected);
        Assert.Empty(session.Events);
    }

    [Theory]
    [InlineData("prod-eu", "prod-eu")]
    [InlineData("prod-*", "prod-eu prod-us")]
    [InlineData("PROD-EU", "prod-eu")]
    [InlineData("*", "prod-eu prod-us staging")]
    [InlineData("fleet.yaml:staging", "staging")]
    [InlineData("fleet.yaml:*u?", "prod-us")]
    public async Task Names_wildcards_and_ids_choose(string name, string expected)
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us", "staging");
        var result = await session.SelectAsync(name);
        Assert.Empty(result.Refusals);
        Assert.Equal(expected.Split(' '), session.Names);
        Assert.Equal(session.Pool.Selected, result.Clusters);
    }

    [Fact]
    public async Task An_exact_name_beats_what_it_would_mean_as_a_wildcard()
    {
        await using var session = TestSession.Offline("web[1]", "web1");
        await session.SelectAsync("web[1]");
        Assert.Equal(["web[1]"], session.Names);
    }

    [Fact]
    public async Task Contexts_with_colons_and_slashes_are_chosen_by_id()
    {
        const string arn = "arn:aws:eks:eu-central-1:123:cluster/prod";
        await using var session = TestSession.Offline(arn, "other");
        await session.Pool.SelectAsync(new SelectionRequest { Ids = [$"fleet.yaml:{arn}"] }, TestContext.Current.CancellationToken);
        Assert.Equal([arn], session.Names);
    }

    [Fact]
    public async Task A_group_chooses_its_clusters()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us", "staging");
        await session.Pool.Preferences.UpdateAsync(
            new PreferenceChange { Group = ["live"] }.ApplyTo("prod-*"), TestContext.Current.CancellationToken);
        await session.Pool.SelectAsync(new SelectionRequest { Groups = ["liv*"] }, TestContext.Current.CancellationToken);
        Assert.Equal(["prod-eu", "prod-us"], session.Names);
    }

    [Fact]
    public async Task Objects_current_and_all_choose()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us", "staging");
        await session.Pool.SelectAsync(new SelectionRequest { Clusters = [session.Pool.Known().Clusters[2]] }, TestContext.Current.CancellationToken);
        Assert.Equal(["staging"], session.Names);
        await session.Pool.SelectAsync(new SelectionRequest { Current = true }, TestContext.Current.CancellationToken);
        Assert.Equal(["prod-eu"], session.Names);
        await session.Pool.SelectAsync(new SelectionRequest { All = true }, TestContext.Current.CancellationToken);
        Assert.Equal(["prod-eu", "prod-us", "staging"], session.Names);
    }

    [Fact]
    public async Task A_cluster_named_twice_is_selected_once()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us");
        var result = await session.SelectAsync("prod-eu", "prod-*", "fleet.yaml:prod-eu");
        Assert.Equal(["prod-eu", "prod-us"], session.Names);
        Assert.Empty(result.Refusals);
    }

    [Fact]
    public async Task An_id_that_fits_two_files_is_refused_with_both_paths()
    {
        await using var session = TestSession.Offline("x");
        var one = session.Folder.Write("one/config", Yaml.Of("prod"));
        var two = session.Folder.Write("two/config", Yaml.Of("prod"));
        var request = new SelectionRequest { Ids = ["config:prod"], Kubeconfig = [one, two] };
        var refusal = Assert.Single((await session.Pool.SelectAsync(request, TestContext.Current.CancellationToken)).Refusals);
        Assert.Contains(one, refusal.Fault.Message, StringComparison.Ordinal);
        Assert.Contains(two, refusal.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("-Kubeconfig", refusal.Fault.Advice, StringComparison.Ordinal);
        Assert.Empty(session.Pool.Selected);
    }

    [Fact]
    public async Task A_context_that_cannot_be_used_is_refused_and_the_others_are_selected()
    {
        await using var session = TestSession.Offline("good");
        session.Folder.Write("fleet.yaml", Yaml.Of("good", "broken").Replace("cluster: \"broken\"", "cluster: \"nowhere\"", StringComparison.Ordinal));
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true }, TestContext.Current.CancellationToken);
        Assert.Equal(["good"], session.Names);
        var refusal = Assert.Single(result.Refusals);
        Assert.Equal("broken", ((KubeCluster)refusal.Target).ClusterName);
        Assert.Equal(FaultPhase.Kubeconfig, refusal.Fault.Phase);
        Assert.Contains("nowhere", refusal.Fault.Message, StringComparison.Ordinal);
        Assert.False(((KubeCluster)refusal.Target).Selectable);
    }

    [Fact]
    public async Task A_typing_error_keeps_the_old_selection_and_says_what_was_meant()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us");
        await session.SelectAsync("prod-us");
        var events = session.Events.Count;
        var refusal = Assert.Single((await session.SelectAsync("prd-eu")).Refusals);
        Assert.Equal("prd-eu", refusal.Target);
        Assert.Equal(FaultPhase.NotFound, refusal.Fault.Phase);
        Assert.StartsWith("Did you mean 'prod-eu'", refusal.Fault.Advice, StringComparison.Ordinal);
        Assert.Equal(["prod-us"], session.Names);
        Assert.Equal(events, session.Events.Count);
    }

    [Fact]
    public async Task Unknown_ids_and_groups_say_what_is_near()
    {
        await using var session = TestSession.Offline("prod-eu");
        await session.Pool.Preferences.UpdateAsync(
            new PreferenceChange { Group = ["live"] }.ApplyTo("prod-eu"), TestContext.Current.CancellationToken);
        var result = await session.Pool.SelectAsync(new SelectionRequest { Ids = ["fleet.yaml:prod-ue"], Groups = ["lvie"] }, TestContext.Current.CancellationToken);
        Assert.Equal(["Did you mean 'fleet.yaml:prod-eu'?", "Did you mean 'live'?"], result.Refusals.Select(refusal => refusal.Fault.Advice));
    }

    [Fact]
    public async Task An_id_takes_no_wildcards_and_says_where_they_go()
    {
        await using var session = TestSession.Offline("prod-eu");
        var fault = Assert.Single((await session.Pool.SelectAsync(new SelectionRequest { Ids = ["fleet.yaml:*"] }, TestContext.Current.CancellationToken)).Refusals).Fault;
        Assert.Equal((FaultPhase.NotFound, "An id is exact: select with wildcards by name."), (fault.Phase, fault.Advice));
        Assert.Empty(session.Pool.Selected);
    }

    [Fact]
    public async Task What_fits_is_selected_beside_what_does_not()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us");
        var result = await session.SelectAsync("prod-eu", "nothing-like-it");
        Assert.Equal(["prod-eu"], session.Names);
        Assert.Single(result.Refusals);
    }

    [Fact]
    public async Task A_request_that_names_nothing_is_an_error_and_deselects_nothing()
    {
        await using var session = TestSession.Offline("prod-eu");
        await session.SelectAsync("prod-eu");
        var fault = (await Assert.ThrowsAsync<FaultException>(() => session.Pool.SelectAsync(new SelectionRequest(), TestContext.Current.CancellationToken))).Fault;
        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Equal(["prod-eu"], session.Names);
    }

    [Fact]
    public async Task All_of_nothing_is_refused_and_deselects_nothing()
    {
        await using var session = TestSession.Offline("prod-eu");
        await session.SelectAsync("prod-eu");
        var empty = session.Folder.Write("empty/config", "apiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts: []\n");
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [empty] }, TestContext.Current.CancellationToken);
        Assert.Equal(FaultPhase.Kubeconfig, Assert.Single(result.Refusals).Fault.Phase);
        Assert.Equal(["prod-eu"], session.Names);
    }

    [Fact]
    public async Task Add_keeps_what_is_selected()
    {
        await using var session = TestSession.Offline("prod-eu", "prod-us", "staging");
        await session.SelectAsync("staging");
        var staging = session.Cluster("staging");
        var result = await session.Pool.SelectAsync(new SelectionRequest { Names = ["prod-us"], Add = true }, TestContext.Current.CancellationToken);
        Assert.Equal(["staging", "prod-us"], session.Names);
        Assert.Equal(["prod-us"], result.Clusters.Select(cluster => cluster.ClusterName));
        Assert.Same(staging, session.Cluster("staging"));
    }

    [Fact]
    public async Task Clusters_that_stay_selected_keep_their_connection_and_the_others_are_disconnected()
    {
        await using var session = TestSession.Offline("a", "b", "c");
        await session.SelectAsync("a", "b");
        var (a, b) = (session.Connection("a"), session.Connection("b"));
        await session.SelectAsync("b", "c");
        Assert.Same(b, session.Connection("b"));
        Assert.True(a.Disconnected.IsCancellationRequested);
        Assert.Equal(ClusterState.Disconnected, a.State);
        Assert.False(b.Disconnected.IsCancellationRequested);
    }

    [Fact]
    public async Task A_selection_is_told_before_and_after()
    {
        await using var session = TestSession.Offline("a", "b");
        session.Pool.Changed += happened => throw new InvalidOperationException("a listener's own trouble");
        await session.SelectAsync("a", "b");
        await session.Pool.DisconnectAsync([session.Cluster("a")]);
        Assert.Equal(
            [
                "The selection is changing.", "2 clusters are selected.",
                "The selection is changing.", "1 cluster is selected.",
            ],
            session.Events.Select(happened => happened.Message));
    }
}
