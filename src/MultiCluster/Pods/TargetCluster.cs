using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Pods;

/// <summary>A cluster in which the pods of a call are looked for.</summary>
internal class TargetCluster(WatchedCluster watched, PodTargets targets)
{
    public ClusterConnection Connection => Watched.Connection;

    public string DefaultNamespace => Watched.DefaultNamespace;

    public CallContext Context => Watched.Context;

    public FanOutSink Sink => Watched.Sink;

    /// <summary>Whose pods are wanted.</summary>
    public PodTargets Targets => targets;

    /// <summary>True when what may not be read now is asked for again.</summary>
    public virtual bool GoesOn => false;

    protected WatchedCluster Watched => watched;

    /// <inheritdoc cref="WatchedCluster.CheckNamespaceAsync"/>
    public ValueTask CheckNamespaceAsync(string ns, CancellationToken cancellationToken) => Watched.CheckNamespaceAsync(ns, cancellationToken);

    /// <summary>One pod as it is now.</summary>
    /// <exception cref="FaultException">It is not there, or the cluster fails.</exception>
    public async Task<KubePod> GetPodAsync(string ns, string name, CancellationToken cancellationToken)
    {
        using var link = Connection.EnterWatch();
        return (KubePod)await link.Objects.GetAsync(PodFinder.PodKind, ns, name, false, Context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells of a fault. One that is the whole cluster's is told once, however many streams meet it.</summary>
    public ValueTask FaultAsync(Fault fault, object? target, CancellationToken cancellationToken) =>
        ClusterFaults.IsOfCluster(fault) && fault.Phase != FaultPhase.Timeout
            ? Watched.FaultAsync(fault, cancellationToken)
            : Sink.FaultAsync(fault, target, cancellationToken);
}
