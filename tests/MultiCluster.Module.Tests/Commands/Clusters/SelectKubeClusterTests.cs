using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class SelectKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void Clusters_are_selected_by_wildcard_and_returned_connected()
    {
        using var session = new FleetSession(shared.Fleet);

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { "prod-*" });

        Assert.Equal(["prod-eu", "prod-us"], sink.Objects.Cast<KubeCluster>().Select(cluster => cluster.ClusterName));
        Assert.All(sink.Objects.Cast<KubeCluster>(), cluster => Assert.Equal((ClusterState.Ready, "v1.33.1"), (cluster.State, cluster.Version)));
        Assert.Empty(sink.Errors);
    }

    [Theory]
    [InlineData("Id", "sandbox:staging", "staging")]
    [InlineData("ClusterId", "sandbox:staging", "staging")]
    [InlineData("Group", "production", "prod-eu,prod-us")]
    [InlineData("All", true, "prod-eu,prod-us,staging")]
    [InlineData("Current", true, "prod-eu")]
    [InlineData("Last", true, "prod-us,staging")]
    public void Each_parameter_set_selects(string parameter, object value, string expected)
    {
        using var session = new FleetSession(shared.Fleet);
        session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "prod-*", ["Group"] = "production" });
        session.Select("prod-us", "staging");
        session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["None"] = true });
        Assert.Empty(session.Selected);

        session.Run(new CmdletRunner<SelectKubeClusterCommand> { [parameter] = value, ["NoConnect"] = true });

        Assert.Equal(expected, session.SelectedNames);
    }

    [Fact]
    public void Parameter_sets_do_not_mix()
    {
        Assert.Equal("AmbiguousParameterSet", Assert.Throws<BindingException>(() => new CmdletRunner<SelectKubeClusterCommand> { ["Name"] = "a", ["All"] = true }.Run()).ErrorId);
        Assert.Equal("MissingMandatoryParameter", Assert.Throws<BindingException>(() => new CmdletRunner<SelectKubeClusterCommand>().Run()).ErrorId);
    }

    [Fact]
    public void Clusters_and_whatever_has_a_ClusterId_are_selected_from_the_pipeline()
    {
        using var session = new FleetSession(shared.Fleet);
        var known = session.Session.Pool.Known().Clusters;

        session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["NoConnect"] = true }, known.Where(cluster => cluster.ClusterName != "staging"));
        Assert.Equal("prod-eu,prod-us", session.SelectedNames);

        session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["NoConnect"] = true }, [new { ClusterId = "sandbox:staging" }]);
        Assert.Equal("staging", session.SelectedNames);
    }

    [Fact]
    public void An_empty_pipeline_leaves_the_selection_and_says_so()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand>(), []);

        Assert.Equal("staging", session.SelectedNames);
        Assert.Equal("Kube.Invalid", sink.Terminated!.ErrorId);
    }

    [Fact]
    public void Add_keeps_what_is_selected_and_PassThru_returns_all()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["Name"] = "prod-eu", ["Add"] = true, ["NoConnect"] = true, ["PassThru"] = true });

        Assert.Equal("staging,prod-eu", session.SelectedNames);
        Assert.Equal(2, sink.Objects.Count);
    }

    [Fact]
    public void A_second_context_of_the_same_name_is_refused_with_the_sentence()
    {
        using var session = new FleetSession(shared.Fleet);
        var twin = session.WriteCopy("twin", "staging", "staging");
        session.Select("staging");

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["Name"] = "staging", ["Kubeconfig"] = twin, ["Add"] = true, ["NoConnect"] = true });

        var error = Assert.Single(sink.Errors);
        Assert.Equal("Kube.Conflict", error.ErrorId);
        Assert.Equal("staging is already active. Duplicate context names are not allowed.", error.Fault.Message);
        Assert.Equal("Give one of them an alias, which becomes its name: Set-KubeCluster -Id 'twin:staging' -Alias <name>.", error.Fault.Advice);
        Assert.Equal("twin:staging", Assert.IsType<KubeCluster>(error.Target).ClusterId);
    }

    [Fact]
    public void A_name_that_fits_nothing_changes_nothing()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { "prod-ue" });

        var error = Assert.Single(sink.Errors);
        Assert.Equal(("Kube.NotFound", (object)"prod-ue"), (error.ErrorId, error.Target));
        Assert.Contains("'prod-eu'", error.Fault.Advice);
        Assert.Equal("staging", session.SelectedNames);
    }

    [Fact]
    public async Task A_cluster_that_fails_stays_selected_in_its_state_with_an_error_of_its_own()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-2"].Faults.Add(ClusterFault.Refuse());
        using var session = new FleetSession(fleet);

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["All"] = true });

        Assert.Equal([ClusterState.Ready, ClusterState.Unreachable], sink.Objects.Cast<KubeCluster>().Select(cluster => cluster.State));
        var error = Assert.Single(sink.Errors);
        Assert.Equal("Kube.Connect", error.ErrorId);
        Assert.Equal("sim-2", Assert.IsType<KubeCluster>(error.Target).ClusterName);
        Assert.Equal("sim-1,sim-2", session.SelectedNames);
    }

    [Fact]
    public void Outside_a_pod_there_is_no_cluster_of_the_pod()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["InCluster"] = true });

        Assert.Equal("Kube.Kubeconfig", sink.Terminated!.ErrorId);
        Assert.Equal("staging", session.SelectedNames);
    }
}
