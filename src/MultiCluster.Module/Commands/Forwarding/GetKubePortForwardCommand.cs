using System.Management.Automation;
using MultiCluster.Forwarding;

namespace MultiCluster.Module.Commands.Forwarding;

/// <summary>Shows the session's forwards.</summary>
[Cmdlet(VerbsCommon.Get, "KubePortForward")]
[OutputType(typeof(KubePortForward))]
public sealed class GetKubePortForwardCommand : ForwardCmdlet
{
    private protected override void Process()
    {
        foreach (var forward in Meant())
            WriteObject(forward);
    }
}
