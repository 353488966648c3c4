using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class DisconnectKubeClusterTests(SharedFleet shared)
{
    [Theory]
    [InlineData("prod-*", "staging")]
    [InlineData("sandbox:staging", "prod-eu,prod-us")]
    [InlineData("-All", "")]
    public void What_is_named_is_deselected(string arguments, string left)
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Empty(shell.Run($"Disconnect-KubeCluster {arguments}").Errors);

        Assert.Equal(left, shell.SelectedNames);
    }

    [Fact]
    public void Piped_clusters_are_deselected()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Empty(shell.Run("Get-KubeCluster -Selected | Select-Object -First 2 | Disconnect-KubeCluster").Errors);

        Assert.Equal("staging", shell.SelectedNames);
    }

    [Fact]
    public void An_empty_pipeline_deselects_none()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Empty(shell.Run("@() | Disconnect-KubeCluster").Errors);

        Assert.Equal(3, shell.Selected.Count);
    }

    [Fact]
    public void A_cluster_that_is_not_selected_is_an_error()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var error = shell.Run("Disconnect-KubeCluster prod-eu").Error;

        Assert.Equal(("Kube.ClusterNotSelected", (object)"prod-eu"), (error.Id(), error.TargetObject));
    }
}
