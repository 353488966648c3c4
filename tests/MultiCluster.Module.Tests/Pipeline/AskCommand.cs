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
    /// <summary>Writes no more objects than this.</summary>
    [Parameter]
    public int First { get; set; } = int.MaxValue;

    internal Func<KubeCluster, FanOutSink, CancellationToken, Task> Operation { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>What the cmdlet ends with before it asks.</summary>
    internal Fault? Refusal { get; set; }

    private protected override void End()
    {
        if (Refusal is not null)
            throw new FaultException(Refusal);
        var left = First;
        Ask<string>(Targets(), Operation, value =>
        {
            Sink.Object(value);
            return --left > 0;
        });
        base.End();
    }
}
