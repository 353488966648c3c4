using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>A cmdlet that runs whatever operation a test gives it.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAnswer")]
public sealed class AskCommand : QueryCmdlet
{
    /// <summary>What is done on each cluster: a <see cref="ClusterOperation"/>.</summary>
    [Parameter(Mandatory = true)]
    public object Operation { get; set; } = "";

    /// <summary>Writes no more objects than this.</summary>
    [Parameter]
    public int First { get; set; } = int.MaxValue;

    /// <summary>What the cmdlet ends with before it asks.</summary>
    [Parameter]
    public object? Refusal { get; set; }

    private protected override void End()
    {
        if (Refusal is Fault fault)
            throw new FaultException(fault);
        var left = First;
        Ask<string>(Targets(), ((ClusterOperation)Operation).Invoke, value =>
        {
            WriteObject(value);
            return --left > 0;
        });
        base.End();
    }
}

/// <summary>What is done on a cluster.</summary>
internal delegate Task ClusterOperation(KubeCluster cluster, FanOutSink output, CancellationToken cancellationToken);
