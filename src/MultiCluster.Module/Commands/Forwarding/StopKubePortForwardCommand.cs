using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Forwarding;

/// <summary>Stops forwards: their ports are free again, and connections that are open are reset.</summary>
[Cmdlet(VerbsLifecycle.Stop, "KubePortForward", SupportsShouldProcess = true)]
[OutputType(typeof(KubePortForward))]
public sealed class StopKubePortForwardCommand : ForwardCmdlet
{
    private bool _piped;

    /// <summary>Forwards of Start-KubePortForward or Get-KubePortForward, or rows of them.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Writes the forwards that were stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        _piped |= IsBound(nameof(InputObject));
        foreach (var forward in InputObject.Select(Find).OfType<KubePortForward>())
            Stop(forward);
    }

    private protected override void End()
    {
        if (IsNarrowed)
        {
            foreach (var forward in Meant())
                Stop(forward);
        }
        else if (!_piped && !MyInvocation.ExpectingInput)
        {
            throw new FaultException(FaultPhase.Invalid, "nothing says which forwards to stop", "Give -Id, -Name or -Cluster, or pipe them in: Get-KubePortForward | Stop-KubePortForward stops all.");
        }
    }

    private void Stop(KubePortForward forward)
    {
        if (forward.State == ForwardState.Stopped || !ShouldProcess($"{forward.ClusterName} / {forward.Namespace} / {forward.Target}", $"Stop the forward of port {forward.LocalPort}"))
            return;
        forward.Stop();
        if (PassThru)
            WriteObject(forward);
    }

    /// <summary>The forward that a row leads to: numbers begin anew in each session, so that its cluster and local port must be the same, too.</summary>
    private KubePortForward? Find(PSObject row)
    {
        if (row.BaseObject is KubePortForward live)
            return live;
        var columns = RowColumns.Of(row);
        var (id, cluster, port) = (columns?["Id"], columns?["ClusterId"], columns?["LocalPort"]);
        var found = ForwardStore.Of(Session.Pool).All.FirstOrDefault(forward => $"{forward.Id}" == id && forward.ClusterId == cluster && $"{forward.LocalPort}" == port);
        if (found is null)
            Fail(ForwardFaults.NoForwardOf(id, cluster), row);
        return found;
    }
}
