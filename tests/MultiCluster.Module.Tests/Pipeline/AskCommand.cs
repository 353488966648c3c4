using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>A cmdlet that runs whatever operation a test gives it.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAnswer")]
public sealed class AskCommand : ClusterCmdlet
{
    /// <summary>Keeps no more objects than this.</summary>
    [Parameter]
    public int First { get; set; } = int.MaxValue;

    internal IReadOnlyList<ClusterConnection> Clusters { get; set; } = TestClusters.Of("a");

    internal Func<ClusterConnection, FanOutSink, CancellationToken, Task> Operation { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>What resolving the targets ends with.</summary>
    internal Fault? Refusal { get; set; }

    internal FanOutReport? Report { get; private set; }

    internal object[]? AskedCluster { get; private set; }

    internal string[]? AskedClusterId { get; private set; }

    private protected override IReadOnlyList<ClusterConnection> Resolve(object[]? cluster, string[]? clusterId)
    {
        (AskedCluster, AskedClusterId) = (cluster, clusterId);
        return Refusal is null ? Clusters : throw new FaultException(Refusal);
    }

    private protected override void Keep(FanOutRun run) => Report = run.Report(1);

    private protected override void Process()
    {
        var left = First;
        Ask<string>(Targets(), Operation, value =>
        {
            Sink.Object(value);
            return --left > 0;
        });
    }
}
