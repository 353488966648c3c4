using MultiCluster.Module.Tests.Support;
using MultiCluster.Overview;

namespace MultiCluster.Module.Tests.Commands.Overview;

/// <summary>Show-KubeOverview where there is no terminal; the live table is tested in the engine.</summary>
public sealed class ShowKubeOverviewTests(SharedFleet shared)
{
    [Fact]
    public void Without_a_terminal_it_writes_the_rows_once()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run("Show-KubeOverview");

        Assert.Equal(2, run.Of<KubeOverview>().Count);
        Assert.Empty(run.Errors);
    }
}
