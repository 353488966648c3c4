using System.Collections.Immutable;
using System.Net.Security;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Connections;
using MultiCluster.Sandbox.Discovery;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Faults;

/// <summary>What is wrong with a cluster just now. Faults act in the order they were added. Safe for concurrent use.</summary>
public sealed class FaultList
{
    private readonly FaultTarget _cluster;
    private ImmutableList<ClusterFault> _faults = [];

    internal FaultList(FaultTarget cluster) => _cluster = cluster;

    public int Count => _faults.Count;

    /// <summary>Switches a fault on, until the returned object is disposed.</summary>
    public IDisposable Add(ClusterFault fault)
    {
        ImmutableInterlocked.Update(ref _faults, faults => faults.Add(fault));
        fault.Added(_cluster);
        return new Removal(this, fault);
    }

    /// <summary>Switches all faults off.</summary>
    public void Clear()
    {
        foreach (var fault in _faults) Remove(fault);
    }

    internal ConnectionTreatment OnConnection()
    {
        foreach (var fault in _faults)
            if (fault.Treatment != ConnectionTreatment.Normal && fault.TryUse(null)) return fault.Treatment;
        return ConnectionTreatment.Normal;
    }

    internal SslStreamCertificateContext? ServerCertificate() =>
        _faults.Select(f => f.ServerCertificate(_cluster)).FirstOrDefault(c => c is not null);

    internal Task RunAsync(SimulatedRequest request, Func<Task> serve)
    {
        foreach (var fault in _faults.Reverse())
        {
            if (!fault.ActsOnRequests) continue;
            var next = serve;
            serve = () => fault.TryUse(request) ? fault.OnRequestAsync(request, next) : next();
        }
        return serve();
    }

    private void Remove(ClusterFault fault)
    {
        if (ImmutableInterlocked.Update(ref _faults, faults => faults.Remove(fault))) fault.Removed(_cluster);
    }

    private sealed class Removal(FaultList faults, ClusterFault fault) : IDisposable
    {
        private int _done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0) faults.Remove(fault);
        }
    }
}

/// <summary>What of a cluster faults act on, besides its connections and requests.</summary>
internal sealed record FaultTarget(
    ClusterStore Store, ClusterClock Clock, ClusterCertificates Certificates, ClusterConnections Connections, ApiCatalog Catalog);
