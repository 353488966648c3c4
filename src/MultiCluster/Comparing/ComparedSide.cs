using MultiCluster.Faults;

namespace MultiCluster.Comparing;

/// <summary>One of those whose objects are compared: a cluster, or a namespace of one.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Namespace">The namespace; null where clusters are compared.</param>
internal sealed record ComparedSide(ClusterIdentity Cluster, string? Namespace);
