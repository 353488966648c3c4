using MultiCluster.Faults;

namespace MultiCluster.Typed.Models;

/// <summary>Where a model came from.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Json">The object as the server has sent it, with the fields that the model does not know.</param>
internal sealed record ModelOrigin(ClusterIdentity Cluster, ReadOnlyMemory<byte> Json);
