using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Resources;

namespace MultiCluster.Logs.Targets;

/// <summary>A cluster in which the pods of a call are looked for.</summary>
internal class TargetCluster(WatchedCluster watched, LogTargets targets)
{
    public ClusterConnection Connection => Watched.Connection;

    public string DefaultNamespace => Watched.DefaultNamespace;

    public CallContext Context => Watched.Context;

    public FanOutSink Sink => Watched.Sink;

    /// <summary>Whose logs are wanted.</summary>
    public LogTargets Targets => targets;

    protected WatchedCluster Watched => watched;

    /// <inheritdoc cref="WatchedCluster.CheckNamespaceAsync"/>
    public ValueTask CheckNamespaceAsync(string ns, CancellationToken cancellationToken) => Watched.CheckNamespaceAsync(ns, cancellationToken);

    /// <summary>Tells of a fault. One that is the whole cluster's is told once, however many streams meet it.</summary>
    public ValueTask FaultAsync(Fault fault, object? target, CancellationToken cancellationToken) =>
        ClusterFaults.IsOfCluster(fault) && fault.Phase != FaultPhase.Timeout
            ? Watched.FaultAsync(fault, cancellationToken)
            : Sink.FaultAsync(fault, target, cancellationToken);
}
