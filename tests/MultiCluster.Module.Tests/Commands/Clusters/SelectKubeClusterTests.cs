using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class SelectKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void Clusters_are_selected_by_wildcard_and_returned_connected()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("Select-KubeCluster prod-*");

        Assert.Equal(["prod-eu", "prod-us"], run.Of<KubeCluster>().Select(static cluster => cluster.ClusterName));
        Assert.All(run.Of<KubeCluster>(), static cluster => Assert.Equal((ClusterState.Ready, "v1.33.1"), (cluster.State, cluster.Version)));
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("* -Exclude staging", "prod-eu,prod-us")]
    [InlineData("-All -Exclude *-eu, sandbox:staging", "prod-us")]
    [InlineData("-Group production -Exclude *us", "prod-eu")]
    [InlineData("prod-* -Exclude nothing-*", "prod-eu,prod-us")]
    public void What_is_excluded_is_not_selected(string parameters, string expected)
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Set-KubeCluster prod-* -Group production");

        var run = shell.Run($"Select-KubeCluster {parameters} -NoConnect");

        Assert.Empty(run.Errors);
        Assert.Equal(expected.Split(','), run.Of<KubeCluster>().Select(static cluster => cluster.ClusterName));
    }

    [Fact]
    public void Who_excludes_all_that_he_chooses_is_told_that_the_selection_stays()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("Select-KubeCluster prod-* -Exclude * -NoConnect");

        Assert.Equal("Kube.Invalid", run.Error.Id());
        Assert.Equal(["staging"], shell.Selected.Select(static cluster => cluster.ClusterName));
    }

    [Fact]
    public void A_name_that_excludes_nothing_is_an_error_that_names_near_ones()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("Select-KubeCluster * -Exclude stagin -NoConnect");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Contains("staging", run.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Count);
    }

    [Theory]
    [InlineData("-Id sandbox:staging", "staging")]
    [InlineData("-ClusterId sandbox:staging", "staging")]
    [InlineData("-Group production", "prod-eu,prod-us")]
    [InlineData("-All", "prod-eu,prod-us,staging")]
    [InlineData("-Current", "prod-eu")]
    [InlineData("-Last", "prod-us,staging")]
    public void Each_parameter_set_selects(string parameters, string expected)
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Set-KubeCluster prod-* -Group production");
        shell.Select("prod-us", "staging");
        shell.Run("Select-KubeCluster -None");
        Assert.Empty(shell.Selected);

        shell.Run($"Select-KubeCluster {parameters} -NoConnect");

        Assert.Equal(expected, shell.SelectedNames);
    }

    [Theory]
    [InlineData("-Name a -All", "AmbiguousParameterSet")]
    [InlineData("", "MissingMandatoryParameter")]
    public void Parameter_sets_do_not_mix_and_one_must_be_chosen(string parameters, string id)
    {
        using var shell = new Shell(shared.Fleet);

        Assert.Equal(id, shell.Run($"Select-KubeCluster {parameters}").Terminated!.Id());
    }

    [Theory]
    [InlineData("Get-KubeCluster prod-*", "prod-eu,prod-us")]
    [InlineData("[pscustomobject]@{ ClusterId = 'sandbox:staging' }", "staging")]
    public void Clusters_and_whatever_has_a_ClusterId_are_selected_from_the_pipeline(string input, string expected)
    {
        using var shell = new Shell(shared.Fleet);

        Assert.Empty(shell.Run($"{input} | Select-KubeCluster -NoConnect").Errors);

        Assert.Equal(expected, shell.SelectedNames);
    }

    [Fact]
    public void An_empty_pipeline_leaves_the_selection_and_says_so()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("@() | Select-KubeCluster");

        Assert.Equal("staging", shell.SelectedNames);
        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
    }

    [Fact]
    public void Add_keeps_what_is_selected_and_PassThru_returns_all()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("Select-KubeCluster prod-eu -Add -NoConnect -PassThru");

        Assert.Equal("staging,prod-eu", shell.SelectedNames);
        Assert.Equal(2, run.Of<KubeCluster>().Count);
    }

    [Fact]
    public void A_second_context_of_the_same_name_is_refused_with_the_sentence()
    {
        using var shell = new Shell(shared.Fleet);
        var twin = shell.WriteContexts("twin", "staging", "staging");
        shell.Select("staging");

        var error = shell.Run("Select-KubeCluster staging -Kubeconfig ./twin -Add -NoConnect").Error;

        Assert.Equal("Kube.Conflict", error.Id());
        Assert.Equal("staging is already active. Duplicate context names are not allowed.", $"{error}");
        Assert.Equal(
            $"Give one of them an alias, which becomes its name: Set-KubeCluster -Id 'twin:staging' -Kubeconfig '{twin}' -Alias 'twin'", error.ErrorDetails.RecommendedAction);
        Assert.Equal("twin:staging", Assert.IsType<KubeCluster>(error.TargetObject).ClusterId);
    }

    [Fact]
    public void A_name_that_fits_nothing_changes_nothing()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var error = shell.Run("Select-KubeCluster prod-ue").Error;

        Assert.Equal(("Kube.NotFound", (object)"prod-ue"), (error.Id(), error.TargetObject));
        Assert.Contains("'prod-eu'", error.ErrorDetails.RecommendedAction);
        Assert.Equal("staging", shell.SelectedNames);
    }

    [Fact]
    public async Task A_cluster_that_fails_stays_selected_in_its_state_with_an_error_of_its_own()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-2"].Faults.Add(ClusterFault.Refuse());
        using var shell = new Shell(fleet);

        var run = shell.Run("Select-KubeCluster -All");

        Assert.Equal([ClusterState.Ready, ClusterState.Unreachable], run.Of<KubeCluster>().Select(static cluster => cluster.State));
        Assert.Equal("Kube.Connect", run.Error.Id());
        Assert.Equal("sim-2", Assert.IsType<KubeCluster>(run.Error.TargetObject).ClusterName);
        Assert.Equal("sim-1,sim-2", shell.SelectedNames);
    }

    [Fact]
    public void Outside_a_pod_there_is_no_cluster_of_the_pod()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("Select-KubeCluster -InCluster");

        Assert.Equal("Kube.Kubeconfig", run.Terminated!.Id());
        Assert.Equal("staging", shell.SelectedNames);
    }

    [Fact]
    public void Two_sessions_select_each_for_itself()
    {
        using var mine = new Shell(shared.Fleet).Select("prod-*");
        using var other = new Shell(shared.Fleet).Select("staging");

        Assert.Equal(["prod-eu", "prod-us"], mine.Run("(Get-KubeCluster -Selected).ClusterName").Output);
        Assert.Equal(["staging"], other.Run("(Get-KubeCluster -Selected).ClusterName").Output);
    }
}
