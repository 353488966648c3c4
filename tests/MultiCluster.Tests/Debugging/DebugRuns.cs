using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Debugging;
using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Debugging;

/// <summary>A call that debugs on every selected cluster, and what it has brought so far.</summary>
internal sealed class DebugRun(TestSession session, IDisposable? call, Func<KubeCluster, FanOutSink, CancellationToken, Task> operation)
    : TestStream<KubeDebugResult>(session, new FanOutOptions(), call, operation)
{
    /// <summary>The lines of the commands, with their cluster.</summary>
    public IEnumerable<string> Lines => Items.OfType<FanOutObjects<KubeCommandOutput>>().SelectMany(static item => item.Objects).Select(static line => $"{line.ClusterName} {line.Line}");

    /// <summary>The results in the report.</summary>
    public IEnumerable<KubeDebugResult> Results => Run.Report(1).Clusters.SelectMany(static row => row.Results).OfType<KubeDebugResult>();

    /// <summary>What became of the commands, as the report has it.</summary>
    public IEnumerable<KubeCommandResult> Commands => Run.Report(1).Clusters.SelectMany(static row => row.Results).OfType<KubeCommandResult>();

    /// <summary>Pods of every selected cluster get a container.</summary>
    public static DebugRun OfPods(TestSession session, string ns, PodDebugQuery query)
    {
        var call = new PodDebugCall(query, session.Pool.Selected.Count, TimeProvider.System);
        return new(session, call, (cluster, sink, stop) => call.RunAsync(cluster.Connection!, ns, CallContext.Default, sink, stop));
    }

    /// <summary>Something is done on nodes.</summary>
    public static DebugRun OfNodes(TestSession session, NodeDebugCall call) =>
        new(session, null, (cluster, sink, stop) => call.RunAsync(cluster.Connection!, "default", CallContext.Default, sink, stop));
}
