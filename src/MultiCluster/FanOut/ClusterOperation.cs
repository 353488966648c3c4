using MultiCluster.Api.Lists;
using MultiCluster.Clusters;

namespace MultiCluster.FanOut;

/// <summary>What a call does on one of its clusters: the one shape of every operation that is fanned out.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="defaultNamespace">The namespace that its user works in, for a query that names none.</param>
/// <param name="call">What the call brings along to each request.</param>
/// <param name="sink">Where objects, faults and notices go.</param>
/// <param name="cancellationToken">Ends it.</param>
internal delegate Task ClusterOperation(
    ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken);
