using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class DisconnectKubeClusterTests(SharedFleet shared)
{
    [Theory]
    [InlineData("prod-*", "staging")]
    [InlineData("sandbox:staging", "prod-eu,prod-us")]
    public void Named_clusters_are_deselected(string name, string left)
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        Assert.Empty(session.Run(new CmdletRunner<DisconnectKubeClusterCommand> { name }).Errors);

        Assert.Equal(left, session.SelectedNames);
    }

    [Fact]
    public void All_are_deselected()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        session.Run(new CmdletRunner<DisconnectKubeClusterCommand> { ["All"] = true });

        Assert.Empty(session.Selected);
    }

    [Fact]
    public void Piped_clusters_are_deselected_and_an_empty_pipeline_deselects_none()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");

        session.Run(new CmdletRunner<DisconnectKubeClusterCommand>(), []);
        Assert.Equal(3, session.Selected.Count);

        session.Run(new CmdletRunner<DisconnectKubeClusterCommand>(), session.Selected.Take(2).ToArray());
        Assert.Equal("staging", session.SelectedNames);
    }

    [Fact]
    public void A_cluster_that_is_not_selected_is_an_error()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var error = Assert.Single(session.Run(new CmdletRunner<DisconnectKubeClusterCommand> { "prod-eu" }).Errors);

        Assert.Equal(("Kube.ClusterNotSelected", (object)"prod-eu"), (error.ErrorId, error.Target));
    }
}
