using MultiCluster.Sandbox.Access;

namespace MultiCluster.Sandbox.Api;

/// <summary>A request on its way through faults and API.</summary>
internal sealed class SimulatedRequest(HttpContext context, SimulatedCluster cluster)
{
    public HttpContext Context { get; } = context;

    public SimulatedCluster Cluster { get; } = cluster;

    public RequestInfo Info { get; } = RequestInfo.Of(context.Request);

    /// <summary>Null when nobody is authenticated.</summary>
    public SimulatedUser? User { get; } = Authenticator.Authenticate(context, cluster);

    public CancellationToken Aborted => Context.RequestAborted;
}
