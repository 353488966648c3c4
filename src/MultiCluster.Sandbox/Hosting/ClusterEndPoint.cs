using System.Net;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>Where a cluster listens; carries the cluster to the transport.</summary>
internal sealed class ClusterEndPoint(SimulatedCluster cluster, int port) : IPEndPoint(IPAddress.Loopback, port)
{
    public SimulatedCluster Cluster { get; } = cluster;
}
