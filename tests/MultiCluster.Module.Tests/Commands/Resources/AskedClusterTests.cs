using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Which clusters Get-KubeResource asks, as every cmdlet that asks clusters does.</summary>
public sealed class AskedClusterTests(SharedFleet shared)
{
    [Theory]
    [InlineData("prod-eu", "prod-eu")]
    [InlineData("prod-*", "prod-eu,prod-us")]
    [InlineData("sandbox:st*", "staging")]
    [InlineData("PROD-?S", "prod-us")]
    [InlineData("'!staging'", "prod-eu,prod-us")]
    [InlineData("*, '!prod-*'", "staging")]
    [InlineData("prod-*, '!sandbox:prod-us'", "prod-eu")]
    public void Cluster_narrows_the_selection_by_wildcard(string cluster, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Equal(expected, Clusters(shell.Run($"Get-KubeResource pod -A -Cluster {cluster}")));
    }

    [Fact]
    public void Cluster_takes_cluster_objects_rows_and_objects_of_a_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("""
            $cluster = Get-KubeCluster prod-eu
            $row = [pscustomobject]@{ ClusterId = 'sandbox:prod-us' }
            $pod = Get-KubeResource pod -A -Cluster staging -First 1
            Get-KubeResource pod -A -Cluster $cluster, $row, $pod
            """);

        Assert.Equal("prod-eu,prod-us,staging", Clusters(run));
    }

    [Fact]
    public void A_row_of_a_cluster_asks_that_cluster_once_and_an_empty_pipeline_asks_none()
    {
        using var shell = new Shell(shared.Fleet).Select("*");
        shell.Run("$pod = Get-KubeResource pod -A -Cluster staging -First 1");

        Assert.Equal("staging", Clusters(shell.Run("$pod, $pod | Select-Object ClusterId | Get-KubeResource pod -A")));
        Assert.Empty(shell.Run("@() | Get-KubeResource pod -A").Output);
    }

    [Theory]
    [InlineData("prod-eu", "Kube.ClusterNotSelected", "Select-KubeCluster 'prod-eu' -Add")]
    [InlineData("stagign", "Kube.NotFound", "'staging'")]
    public void A_cluster_that_cannot_be_asked_is_an_error_and_the_others_answer(string cluster, string errorId, string advice)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run($"Get-KubeResource pod -A -Cluster {cluster}, staging");

        Assert.Equal("staging", Clusters(run));
        Assert.Equal((errorId, (object)cluster), (run.Error.Id(), run.Error.TargetObject));
        Assert.Contains(advice, run.Error.ErrorDetails.RecommendedAction);
    }

    /// <summary>By a typing error a cluster would be asked that was to be left alone.</summary>
    [Theory]
    [InlineData("'!stagign'", "Kube.NotFound", "'staging'")]
    [InlineData("staging, '!staging'", "Kube.Invalid", "Exclude less")]
    [InlineData("'!*'", "Kube.Invalid", "Exclude less")]
    public void An_exclusion_that_leaves_none_out_or_all_ends_the_call(string cluster, string errorId, string advice)
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run($"Get-KubeResource pod -A -Cluster {cluster}");

        Assert.Empty(run.Output);
        Assert.Equal(errorId, run.Terminated!.Id());
        Assert.Contains(advice, run.Terminated!.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Test-KubeCluster '!prod-*'", "staging")]
    [InlineData("Get-KubeNamespace kube-system -Cluster '!prod-*'", "staging")]
    [InlineData("Get-KubeClusterDiagnostic '!staging'", "prod-eu,prod-us")]
    public void Every_command_that_takes_clusters_takes_exclusions(string command, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Equal(expected, string.Join(",", shell.Run($"({command}).ClusterName").Of<string>().Order()));
    }

    [Fact]
    public void Without_a_selection_the_call_ends_with_the_sentence()
    {
        using var shell = new Shell(shared.Fleet);

        var error = shell.Run("Get-KubeResource pod -A").Terminated!;

        Assert.Equal(("Kube.NoClusterSelected", "No active clusters. Select a cluster with Select-KubeCluster."), (error.Id(), $"{error}"));
    }

    [Fact]
    public void A_cluster_of_another_session_works_without_a_selection_here()
    {
        using var there = new Shell(shared.Fleet).Select("staging");
        using var here = new Shell(shared.Fleet);
        here["cluster"] = there.Selected[0];

        Assert.Equal("staging", Clusters(here.Run("Get-KubeResource pod -A -Cluster $cluster")));
        Assert.Empty(here.Selected);
    }

    [Fact]
    public void A_deselected_cluster_object_is_refused()
    {
        using var shell = new Shell(shared.Fleet).Select("*");
        var cluster = shell.Selected[0];
        shell["cluster"] = cluster;

        var error = shell.Run("Disconnect-KubeCluster prod-eu; Get-KubeResource pod -A -Cluster $cluster").Error;

        Assert.Equal(("Kube.ClusterNotSelected", (object)cluster), (error.Id(), error.TargetObject));
        Assert.Equal(ClusterState.Disconnected, cluster.State);
    }

    private static string Clusters(ShellRun run) => string.Join(",", run.Of<KubeObject>().Select(static pod => pod.ClusterName).Distinct().Order());
}
