using MultiCluster.Debugging;
using MultiCluster.Faults;
using MultiCluster.Nodes;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Debugging;

/// <summary>Simulated clusters whose kubelets start pods at once, each with the nodes node-1 and node-2.</summary>
internal sealed class NodeFleet : IAsyncDisposable
{
    private NodeFleet(TestSession session) => Session = session;

    public TestSession Session { get; }

    public static async Task<NodeFleet> StartAsync(int clusters = 1)
    {
        var fleet = new NodeFleet(await TestSession.SelectedAsync(new FleetOptions { Clusters = clusters, Pods = 0, LogLinesPerSecond = 0 }));
        foreach (var cluster in fleet.Session.Fleet.Clusters)
        {
            foreach (var node in (string[])["node-1", "node-2"])
            {
                cluster.Store.Add(
                    $$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{node}}"},"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]},"status":{"conditions":[{"type":"Ready","status":"True"}]} }""");
            }

            cluster.Controllers.PodStartTime = TimeSpan.Zero;
            cluster.Controllers.PodTerminationTime = TimeSpan.Zero;
            cluster.Controllers.Start();
        }

        return fleet;
    }

    public SimulatedCluster Cluster(string name = "sim-1") => Session.Fleet[name];

    /// <summary>The names of the pods that there are, with their cluster.</summary>
    public IReadOnlyList<string> Pods => [.. Session.Fleet.Clusters.SelectMany(static cluster => cluster.Store.List("pods").Select(pod => $"{cluster.Name} {pod.Namespace}/{pod.Name}"))];

    /// <summary>Begins to debug nodes of all clusters; those of the names, or all.</summary>
    public (DebugRun Run, NodeDebugCall Call) Start(NodeDebugQuery query, params string[] names)
    {
        var nodes = Session.Pool.Selected.SelectMany(cluster => (names.Length == 0 ? ["node-1", "node-2"] : names).Select(name => Node(cluster.Connection!.Identity, name)));
        var call = new NodeDebugCall(query, [.. nodes]);
        return (DebugRun.OfNodes(Session, call), call);
    }

    /// <summary>Debugs them, to the end.</summary>
    public async Task<DebugRun> RunAsync(NodeDebugQuery query, params string[] names)
    {
        var (run, _) = Start(query, names);
        await using var ended = run;
        await run.EndAsync();
        return run;
    }

    public ValueTask DisposeAsync() => Session.DisposeAsync();

    private static KubeNode Node(ClusterIdentity cluster, string name) =>
        (KubeNode)Sample.Read(new ObjectSource { Cluster = cluster, Kind = NodeKinds.Node, Time = TimeProvider.System }, $$"""{"metadata":{"name":"{{name}}"} }""");
}
