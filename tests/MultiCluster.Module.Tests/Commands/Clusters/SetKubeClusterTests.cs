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
