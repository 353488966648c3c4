using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class TestKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void Selected_clusters_are_contacted_afresh()
    {
        using var session = new FleetSession(shared.Fleet).Select("prod-*");

        var results = session.Run(new CmdletRunner<TestKubeClusterCommand>()).Objects.Cast<ClusterPreflight>().ToArray();

        Assert.Equal(["prod-eu", "prod-us"], results.Select(result => result.ClusterName));
        Assert.All(results, result => Assert.Equal(
            (true, "Verified", (bool?)true, "v1.33.1", true, null),
            (result.Reachable, result.Tls, result.Authenticated, result.Version, result.ClusterUid is not null, result.Problem)));
    }

    [Fact]
    public void A_cluster_need_not_be_selected_when_its_object_is_given()
    {
        using var session = new FleetSession(shared.Fleet);

        var sink = session.Run(new CmdletRunner<TestKubeClusterCommand>(), session.Session.Pool.Known().Clusters);

        Assert.Equal(3, sink.Objects.Count);
        Assert.Empty(session.Selected);
    }

    [Fact]
    public void An_empty_pipeline_tests_none()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        Assert.Empty(session.Run(new CmdletRunner<TestKubeClusterCommand>(), []).Objects);
    }

    [Fact]
    public async Task A_problem_is_data_with_what_to_do()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken);
        using var session = new FleetSession(fleet, UserKind.BadToken).Select("sim-1");

        var sink = session.Run(new CmdletRunner<TestKubeClusterCommand>());

        var result = Assert.IsType<ClusterPreflight>(Assert.Single(sink.Objects));
        Assert.Equal((true, (bool?)false), (result.Reachable, result.Authenticated));
        Assert.NotNull(result.Problem);
        Assert.NotNull(result.RecommendedAction);
        Assert.Empty(sink.Errors);
    }

    [Fact]
    public void Two_contexts_of_one_physical_cluster_are_warned_of()
    {
        using var session = new FleetSession(shared.Fleet);
        var copy = session.WriteCopy("copy", "staging", "staging-too");
        session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["Name"] = new[] { "staging", "staging-too" }, ["Kubeconfig"] = new[] { session.Kubeconfig, copy }, ["NoConnect"] = true });

        Assert.Contains("staging and staging-too are the same physical cluster", Assert.Single(session.Run(new CmdletRunner<TestKubeClusterCommand>()).Warnings));
    }

    [Fact]
    public void Without_a_selection_there_is_nothing_to_test()
    {
        using var session = new FleetSession(shared.Fleet);

        var sink = session.Run(new CmdletRunner<TestKubeClusterCommand>());

        Assert.Equal("Kube.NoClusterSelected", sink.Terminated!.ErrorId);
    }
}
