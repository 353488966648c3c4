using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>A request on its way through faults and API.</summary>
/// <param name="context">The request and its answer.</param>
/// <param name="store">The objects that it is about.</param>
/// <param name="user">Who asks; null when nobody is authenticated.</param>
internal sealed class SimulatedRequest(HttpContext context, ClusterStore store, SimulatedUser? user) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public HttpContext Context { get; } = context;

    public ClusterStore Store => store;

    /// <summary>The cluster's clock.</summary>
    public TimeProvider Time => store.Time;

    public RequestInfo Info { get; init; } = RequestInfo.Of(context.Request);

    /// <summary>Null when nobody is authenticated.</summary>
    public SimulatedUser? User => user;

    /// <summary>The namespace (empty at the cluster scope) and the name of the object that is meant.</summary>
    public (string Namespace, string Name) KeyOf(ResourceKind kind) => (kind.Namespaced ? Info.Namespace : "", Info.Name);

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>A fault wants a stream to end here, cleanly.</summary>
    public CancellationToken Ended => _ended.Token;

    public void End() => _ended.Cancel();

    public void Dispose() => _ended.Dispose();
}
