using MultiCluster.Objects;

namespace MultiCluster.Waiting;

/// <summary>What is waited for.</summary>
internal abstract class WaitRule
{
    /// <summary>What has not come to be, to follow the object's name: <c>was not rolled out</c>.</summary>
    public abstract string Unmet { get; }

    /// <summary>True when the objects are to be gone.</summary>
    public virtual bool IsDeletion => false;

    /// <summary>True when a Service is judged by its EndpointSlices, too.</summary>
    public virtual bool NeedsEndpoints => false;

    /// <summary>Whether an object that is there is as it should be.</summary>
    /// <param name="item">The object.</param>
    /// <param name="endpoints">The EndpointSlices of a Service, where they are needed and known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken);
}
