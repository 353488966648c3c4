using MultiCluster.Objects;

namespace MultiCluster.Workloads;

/// <summary>
/// Whether an object is rolled out, by the rules of <c>kubectl rollout status</c> (pkg/polymorphichelpers), and for kinds that have no rollout by what
/// installers wait for.
/// </summary>
/// <param name="State">Done, InProgress or Failed.</param>
/// <param name="Message">What is missing, without a full stop; null when nothing is.</param>
internal sealed record RolloutStatus(RolloutState State, string? Message)
{
    /// <summary>Nothing is missing.</summary>
    public static RolloutStatus Done { get; } = new(RolloutState.Done, null);

    /// <summary>True when its pods are only changed by whoever deletes them (OnDelete): there is nothing to wait for, and kubectl refuses.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>How far an object is.</summary>
    /// <param name="item">The object.</param>
    /// <param name="endpoints">For a Service that <see cref="ServiceRollout.NeedsEndpoints"/>: its EndpointSlices; null while nobody knows them.</param>
    /// <param name="passedBefore">When the deadline of a Deployment had passed before it was changed, which says nothing of the change.</param>
    public static RolloutStatus Of(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints = null, DateTimeOffset? passedBefore = null)
    {
        if (item.IsDeleted)
            return Waiting("it is being deleted");
        var kind = item.Source.Kind;
        return (kind.Group, kind.Kind) switch
        {
            ("apps" or "extensions", "Deployment") => WorkloadRollout.OfDeployment(item, passedBefore),
            ("apps" or "extensions", "DaemonSet") => WorkloadRollout.OfDaemonSet(item),
            ("apps" or "extensions", "ReplicaSet") or ("", "ReplicationController") => WorkloadRollout.OfReplicaSet(item),
            ("apps", "StatefulSet") => WorkloadRollout.OfStatefulSet(item),
            ("batch", "Job") => JobRollout.Of(item),
            ("", "Service") => ServiceRollout.Of(item, endpoints),
            ("", "Pod") => OtherRollout.OfPod(item),
            ("", "PersistentVolumeClaim") => OtherRollout.OfClaim(item),
            ("apiextensions.k8s.io", "CustomResourceDefinition") => OtherRollout.OfDefinition(item),
            _ => OtherRollout.Of(item),
        };
    }

    /// <summary>Something is on its way.</summary>
    public static RolloutStatus Waiting(string message) => new(RolloutState.InProgress, message);

    /// <summary>Something has failed.</summary>
    public static RolloutStatus Failed(string message) => new(RolloutState.Failed, message);

    /// <summary>Something is missing that somebody has to do.</summary>
    public static RolloutStatus Refused(string message) => Waiting(message) with { IsRefused = true };
}
