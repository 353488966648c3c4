using MultiCluster.Faults;

namespace MultiCluster.Measuring;

/// <summary>What the objects of one row have in common; null for what they are not put together by.</summary>
internal readonly record struct MeasureKey(ClusterIdentity? Cluster, string? Namespace, string? Node, string? Image, string? Label);
