using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Tests.Support;
using MultiCluster.Waiting;

namespace MultiCluster.Tests.Waiting;

/// <summary>A wait on every selected cluster.</summary>
internal sealed class TestWait : TestStream<KubeObject>
{
    public TestWait(TestSession session, WaitQuery query, RequestTimeouts? timeouts = null)
        : this(session, new ObjectWaiter(query, TimeProvider.System), timeouts)
    {
    }

    private TestWait(TestSession session, ObjectWaiter waiter, RequestTimeouts? timeouts)
        : base(session, new FanOutOptions { Order = ObjectWaiter.Order }, null, (cluster, sink, stop) => waiter.WaitAsync(
            cluster.Connection!, session.Pool.Namespaces.For(cluster), new CallContext { Timeouts = timeouts ?? RequestTimeouts.Default }, sink, stop)) => Waiter = waiter;

    public ObjectWaiter Waiter { get; }

    public IEnumerable<string> Met => Objects.Select(static item => $"{item.ClusterName}/{item.Name}").Order();

    public IEnumerable<string> Unmet => Faults.Select(static fault => $"{fault.Cluster!.ClusterName} {fault.Phase}: {fault.Detail}").Order();

    /// <summary>Reads until a cluster says what is missing.</summary>
    public Task LackAsync(string what) => TestSession.UntilAsync(
        () =>
        {
            ReadAll();
            return Waiter.Clusters.Any(one => one.Lacking == what);
        },
        $"some cluster says '{what}'");
}
