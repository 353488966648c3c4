using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Forwarding;

/// <summary>
/// Begins forwards in many clusters. One for the whole call: a fan-out runs <see cref="RunAsync"/> for each cluster, whose objects are
/// <see cref="KubePortForward"/>s. Disposed, it ends those that nobody has taken.
/// </summary>
internal sealed class ForwardCall : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<PortForwarder> _untaken = [];
    private readonly List<PortForwarder> _all = [];
    private bool _disposed;

    /// <exception cref="FaultException">The query cannot be met: no port, no target, a local port for several (Invalid).</exception>
    public ForwardCall(ForwardQuery query, ForwardStore store, int clusters, TimeProvider time)
    {
        if (query.Ports.Count == 0)
            throw new FaultException(FaultPhase.Invalid, "there is no port", "Write the target's port: Start-KubePortForward svc/api 80.");
        if (query.Names.Count + query.Objects.Count == 0)
            throw new FaultException(FaultPhase.Invalid, "nothing says what to forward to", "Name a pod, or a Service or workload as svc/api or deployment/web, or pipe them in.");
        if (query.Ports.FirstOrDefault(static port => port.Local != 0) is { } fixedPort)
        {
            if (clusters > 1)
                throw ForwardFaults.FixedPort(fixedPort, $"{clusters} clusters");
            if (query.Names.Count + query.Objects.Count is var targets and > 1)
                throw ForwardFaults.FixedPort(fixedPort, $"{targets} targets");
        }

        if (query.Ports.Where(static port => port.Local != 0).GroupBy(static port => port.Local).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            throw ForwardFaults.FixedPort(twice.First(), $"the ports {string.Join(" and ", twice.Select(static port => port.Remote))}");
        (Query, Store) = (query, store);
        Targets = new PodTargets(query);
        Watch = new WatchCall(null, null, clusters, time, Random.Shared.NextDouble);
    }

    /// <summary>What is wanted.</summary>
    public ForwardQuery Query { get; }

    /// <summary>Where the forwards are kept.</summary>
    public ForwardStore Store { get; }

    /// <summary>What is forwarded to.</summary>
    public PodTargets Targets { get; }

    /// <summary>What the clusters share.</summary>
    public WatchCall Watch { get; }

    /// <summary>Begins one cluster's forwards. What fails is written as a fault; the rest goes on.</summary>
    public Task RunAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken) =>
        new ClusterForwards(connection, defaultNamespace, context, this, sink).RunAsync(cancellationToken);

    /// <summary>A forward has begun.</summary>
    public void Began(PortForwarder forwarder)
    {
        bool late;
        lock (_gate)
        {
            _untaken.Add(forwarder);
            _all.Add(forwarder);
            late = _disposed;
        }

        if (late)
            forwarder.Stop();
    }

    /// <summary>The caller has a forward now, and with it its end.</summary>
    public void Took(KubePortForward forward)
    {
        lock (_gate)
            _untaken.RemoveWhere(one => one.Forward == forward);
    }

    /// <summary>Ends all that it has begun.</summary>
    public void Undo()
    {
        lock (_gate)
            _untaken.UnionWith(_all);
    }

    /// <summary>Ends what nobody has taken.</summary>
    public void Dispose()
    {
        PortForwarder[] left;
        lock (_gate)
        {
            left = [.. _untaken];
            _disposed = true;
        }

        foreach (var forwarder in left)
            forwarder.Stop();
        Watch.Dispose();
    }
}
