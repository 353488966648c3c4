using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Returns the reports of the session's last calls: how many clusters were asked, answered, failed and skipped, with a row for each.</summary>
[Cmdlet(VerbsCommon.Get, "KubeFanOut")]
[OutputType(typeof(FanOutReport))]
public sealed class GetKubeFanOutCommand : KubeCmdlet
{
    /// <summary>How many reports, newest first; 1 by default. The last 50 are kept.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, FanOutLog.Kept)]
    public int Last { get; set; } = 1;

    private protected override void Process()
    {
        foreach (var report in Session.Log.Last(Last))
            WriteObject(report);
    }
}
