using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class SetKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void Preferences_hold_for_the_clusters_of_a_pattern()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("Set-KubeCluster prod-* -Group production -DefaultNamespace web -Protected -Tag gold, @{ team = 'blue' } -PassThru");

        Assert.Equal(["prod-eu", "prod-us"], run.Of<KubeCluster>().Select(static cluster => cluster.ClusterName));
        var cluster = run.Of<KubeCluster>()[0];
        Assert.Equal(("production", "web", true), (Assert.Single(cluster.Group), cluster.DefaultNamespace, cluster.Protected));
        Assert.Equal(("", "blue"), (cluster.Tag["gold"], cluster.Tag["team"]));
    }

    [Fact]
    public void An_alias_is_the_clusters_name()
    {
        using var shell = new Shell(shared.Fleet);

        var cluster = Assert.Single(shell.Run("Set-KubeCluster -ClusterId sandbox:staging -Alias stage -PassThru").Of<KubeCluster>());

        Assert.Equal(("stage", "sandbox:staging", "staging"), (cluster.ClusterName, cluster.ClusterId, cluster.Context));
    }

    [Fact]
    public void Protection_is_taken_away_with_false_and_kept_when_not_given()
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Set-KubeCluster staging -Protected");

        shell.Run("Set-KubeCluster staging -Qps 5");
        Assert.True(Staging(shell).Protected);

        shell.Run("Set-KubeCluster staging -Protected:$false");
        Assert.False(Staging(shell).Protected);
    }

    [Fact]
    public void Selected_clusters_take_it_at_once()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        shell.Run("Set-KubeCluster stag* -Protected -Group test");

        var selected = Assert.Single(shell.Selected);
        Assert.True(selected.Protected);
        Assert.Equal(["test"], selected.Group);
    }

    [Fact]
    public void A_selected_cluster_has_one_name_everywhere_from_then_on()
    {
        using var shell = new Shell(shared.Fleet).Select("staging", "prod-eu");
        shell.Run("$kept = Get-KubeCluster staging");
        shell.Run("Get-KubeResource node -First 1"); // there is a connection by now

        var run = shell.Run("Set-KubeCluster staging -Alias stage");

        Assert.Empty(run.Warnings);
        Assert.Equal("stage,prod-eu", shell.SelectedNames);
        Assert.Equal(["stage"], shell.Run("(Get-KubeCluster -Selected -Id sandbox:staging).ClusterName").Output);
        Assert.Equal(["stage", true], shell.Run("$c = Get-KubeCluster -Id sandbox:staging; $c.ClusterName; $c.Selected").Output);
        Assert.Equal(["stage"], shell.Run("$kept.ClusterName").Output);
        Assert.Equal(["stage"], shell.Run("(Get-KubeResource node -First 1 -Cluster stage).ClusterName").Output);
        Assert.Equal(["stage"], shell.Run("(Get-KubeResource node -First 1 -ClusterId sandbox:staging).ClusterName").Output);
        Assert.Equal("stage", shell.Run("Get-KubeResource node no-such-node -Cluster stage").Error.Fault().Cluster!.ClusterName);
        Assert.Equal(["stage"], shell.Run("(Get-KubeFanOut).Clusters.ClusterName").Output);
        Assert.Equal("Kube.NotFound", shell.Run("Get-KubeResource node -Cluster staging").Error.Id());
        Assert.DoesNotContain(shell.Complete("Get-KubeResource node -Cluster st"), static offer => offer.CompletionText == "staging");
        shell.Offer("Get-KubeResource node -Cluster st", "stage");

        shell.Run("Set-KubeCluster staging -Alias ''"); // by its context

        Assert.Equal("staging,prod-eu", shell.SelectedNames);
    }

    [Fact]
    public void A_call_that_runs_goes_on()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");
        shell.Run("$job = Watch-KubeResource node -AsJob");
        var job = (Job)shell["job"]!;
        Eventually.True(() => job.ChildJobs[0].Output.Count > 0, "The watch brings no nodes.");

        shell.Run("Set-KubeCluster staging -Alias stage");

        Assert.Equal(JobState.Running, job.JobStateInfo.State);
        Assert.Empty(job.ChildJobs[0].Error);
        job.StopJob();
    }

    [Theory]
    [InlineData("staging -Alias prod-eu")]
    [InlineData("staging -Alias prod-us")] // which is not selected
    public void The_name_of_another_cluster_is_refused(string arguments)
    {
        using var shell = new Shell(shared.Fleet).Select("staging", "prod-eu");

        var error = shell.Run($"Set-KubeCluster {arguments}").Terminated!;

        Assert.Equal("Kube.Conflict", error.Id());
        Assert.Contains($"is the name of sandbox:{arguments.Split(' ')[^1]} already", $"{error}", StringComparison.Ordinal);
        Assert.Equal("staging,prod-eu", shell.SelectedNames);
        shell.Run($"Set-KubeCluster {arguments.Split(' ')[^1]} -Alias other");
        Assert.Null(shell.Run($"Set-KubeCluster {arguments}").Terminated);
    }

    [Fact]
    public void A_name_that_is_taken_by_now_is_not_given_back()
    {
        using var shell = new Shell(shared.Fleet).Select("staging", "prod-eu");
        shell.Run("Set-KubeCluster staging -Alias stage; Set-KubeCluster prod-eu -Alias staging");

        Assert.Equal("Kube.Conflict", shell.Run("Set-KubeCluster -Id sandbox:staging -Alias ''").Terminated!.Id());
        Assert.Equal("stage,staging", shell.SelectedNames);
    }

    [Fact]
    public void An_object_that_was_kept_is_protected_too()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        shell.Run("$kept = Get-KubeCluster staging; Set-KubeCluster staging -Protected");

        Assert.Equal([true], shell.Run("$kept.Protected").Output);
        Assert.Equal("Kube.Protected", shell.Run("Suspend-KubeNode * -Cluster $kept").Errors[0].Id());
    }

    [Theory]
    [InlineData("prod-*", "prod-* (2 clusters)")]
    [InlineData("-Id sandbox:staging", "staging")]
    public void WhatIf_says_whom_it_would_concern_and_writes_nothing(string clusters, string target)
    {
        using var shell = new Shell(shared.Fleet);

        shell.Run($"Set-KubeCluster {clusters} -Protected -WhatIf");

        Assert.Equal([$"What if: Performing the operation \"Set preferences\" on target \"{target}\"."], shell.Host.Lines);
        Assert.False(File.Exists(shell.Session.Pool.Preferences.FilePath));
        Assert.False(Staging(shell).Protected);
    }

    [Theory]
    [InlineData("staging", "Kube.Invalid")] // nothing to set
    [InlineData("nowhere -Protected", "Kube.NotFound")]
    [InlineData("prod-* -Alias one", "Kube.Invalid")] // an alias for two
    public void What_cannot_be_set_is_refused_and_nothing_is_written(string arguments, string id)
    {
        using var shell = new Shell(shared.Fleet);

        var error = shell.Run($"Set-KubeCluster {arguments}").Terminated!;

        Assert.Equal(id, error.Id());
        Assert.NotNull(error.ErrorDetails.RecommendedAction);
        Assert.False(File.Exists(shell.Session.Pool.Preferences.FilePath));
    }

    private static KubeCluster Staging(Shell shell) => Assert.Single(shell.Run("Get-KubeCluster staging").Of<KubeCluster>());
}
