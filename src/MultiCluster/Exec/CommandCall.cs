using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Exec;

/// <summary>
/// Runs a command in the pods of many clusters. One for the whole call: a fan-out runs <see cref="RunAsync"/> for each cluster. Its objects are
/// <see cref="KubeCommandOutput"/>s as they come, or with <see cref="CommandQuery.Raw"/> a <see cref="KubeCommandResult"/> for each pod; the
/// results stand in the report of the call as well.
/// </summary>
internal sealed class CommandCall : IDisposable
{
    private int _pods;
    private int _done;

    /// <exception cref="FaultException">The query cannot be met: no command, no pods, a name that can name nothing (Invalid).</exception>
    public CommandCall(CommandQuery query, int clusters, TimeProvider time)
    {
        if (query.Command.Count == 0 || query.Command[0].Length == 0)
            throw new FaultException(FaultPhase.Invalid, "there is no command", "Write the program and its arguments: Invoke-KubeCommand -Name deployment/web -- nginx -t.");
        if (query.Names.Count + query.Objects.Count == 0 && query.LabelSelector is null && query.FieldSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says in which pods", "Name them or what has them (-Name deployment/web), give a selector, or pipe them in. -Name * means all pods of the namespace.");
        Query = query;
        Targets = new PodTargets(query);
        Containers = new ContainerChoice(query.Container is { } one ? [one] : [], all: false);
        Watch = new WatchCall(null, null, clusters, time, Random.Shared.NextDouble);
    }

    /// <summary>What is wanted.</summary>
    public CommandQuery Query { get; }

    /// <summary>In which pods.</summary>
    public PodTargets Targets { get; }

    /// <summary>In which of their containers.</summary>
    public ContainerChoice Containers { get; }

    /// <summary>What the clusters share.</summary>
    public WatchCall Watch { get; }

    /// <summary>Pods that were found so far, and in how many of them the command has ended.</summary>
    public (int Pods, int Done) Counts => (Volatile.Read(ref _pods), Volatile.Read(ref _done));

    /// <inheritdoc cref="PodTargets.NothingFits"/>
    public bool NothingFits => Targets.NothingFits;

    /// <summary>So many pods were found on a cluster.</summary>
    public void Found(int pods) => Interlocked.Add(ref _pods, pods);

    /// <summary>The command has ended in a pod.</summary>
    public void Ended() => Interlocked.Increment(ref _done);

    /// <summary>Runs it in one cluster's pods. What fails is written as a fault; the rest goes on.</summary>
    public Task RunAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken) =>
        new ClusterCommands(connection, defaultNamespace, context, this, sink).RunAsync(cancellationToken);

    /// <summary>Ends the call's clock.</summary>
    public void Dispose() => Watch.Dispose();
}
