using System.Management.Automation;
using MultiCluster.Module.Pipeline;
using MultiCluster.Overview;
using MultiCluster.Overview.Live;

namespace MultiCluster.Module.Commands.Overview;

/// <summary>Shows the overview as a table that goes on in the terminal; where there is no terminal, as Get-KubeOverview does.</summary>
[Cmdlet(VerbsCommon.Show, "KubeOverview")]
[OutputType(typeof(KubeOverview))]
public sealed class ShowKubeOverviewCommand : ClusterCmdlet
{
    /// <summary>Seconds between two looks at a cluster; 15 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int IntervalSec { get; set; } = 15;

    private protected override void End()
    {
        var clusters = Targets();
        var reader = new OverviewReader(new OverviewQuery(), Connections(clusters));
        // Another host than the console's own may have a console, and shows its output elsewhere.
        var live = Host?.Name == "ConsoleHost" && clusters.Count > 0
            ? LiveOverview.AtTerminal(clusters.Select(static cluster => (cluster.ClusterId, cluster.ShortName)), TimeSpan.FromSeconds(IntervalSec), Time)
            : null;
        if (live is null)
            Ask<object>(clusters, reader.ReadAsync);
        else
            Await(live.RunAsync(Connections(clusters), Options, OnConnection(reader.ReadAsync), Cancellation));
        base.End();
    }
}
