using System.Runtime.CompilerServices;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Logs.Streams;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Draining;
using MultiCluster.Nodes.Jobs;
using MultiCluster.Nodes.Planning;
using MultiCluster.Resources;

namespace MultiCluster.Library;

/// <summary>
/// What a .NET program does with the selected clusters of a pool: the fan-outs that the cmdlets run. What a cluster brings comes as it arrives:
/// objects (<see cref="Of{T}"/>), what failed (<see cref="FanOutFault"/>; a cluster's failure is a value and ends no other
/// cluster's part), notices, and last its <see cref="FanOutDone"/>. Who reads slowly slows the sockets; who stops reading ends the requests.
/// </summary>
public static class ClusterOperations
{
    /// <summary>Reads objects: <see cref="Objects.KubeObject"/>s, of the built-in kinds' own classes.</summary>
    /// <exception cref="FaultException">No cluster is selected, or a name can name no object (Invalid).</exception>
    public static IAsyncEnumerable<FanOutItem> ListAsync(this ClusterPool pool, ResourceQuery query, FanOutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var reader = new ResourceReader(query);
        return RunAsync(pool, Selected(pool), options, reader.ReadAsync, null, cancellationToken);
    }

    /// <summary>Watches objects: <see cref="KubeWatchEvent"/>s in the order of time, for as long as the query or the reader wants.</summary>
    /// <exception cref="FaultException">No cluster is selected, or a name can name no object (Invalid).</exception>
    public static IAsyncEnumerable<FanOutItem> WatchAsync(this ClusterPool pool, WatchQuery query, FanOutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var clusters = Selected(pool);
        var watcher = new ResourceWatcher(query, clusters.Count, pool.Time);
        var order = FanOutOrder.ByTime(FanOutOrder.DefaultWindow);
        return RunAsync(pool, clusters, (options ?? new FanOutOptions()) with { Order = order }, watcher.WatchAsync, watcher, cancellationToken);
    }

    /// <summary>Reads the logs of pods, or follows them: <see cref="KubeLogLine"/>s in the order of time.</summary>
    /// <exception cref="FaultException">No cluster is selected, or the query cannot be met: a name, a pattern, or settings that exclude each other (Invalid).</exception>
    public static IAsyncEnumerable<FanOutItem> LogAsync(this ClusterPool pool, LogQuery query, FanOutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var clusters = Selected(pool);
        var reader = new LogReader(query, clusters.Count, pool.Time);
        return RunAsync(pool, clusters, (options ?? new FanOutOptions()) with { Order = reader.Order }, reader.ReadAsync, reader, cancellationToken);
    }

    /// <summary>Plans the drain of nodes: a <see cref="KubeDrainPlan"/> for each. Changes nothing.</summary>
    /// <exception cref="FaultException">No cluster is selected, or a selector is none (Invalid).</exception>
    public static IAsyncEnumerable<FanOutItem> PlanDrainAsync(
        this ClusterPool pool, NodeQuery nodes, DrainOptions drain, FanOutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(drain);
        var planner = new DrainPlanner(drain);
        return RunAsync(pool, Selected(pool), options, (connection, _, call, sink, stop) => planner.PlanAsync(connection, nodes, call, sink, stop), null, cancellationToken);
    }

    /// <summary>
    /// Drains the nodes of plans: <see cref="KubeDrainEvent"/>s, and a <see cref="KubeDrainResult"/> for each node. There is nobody to be
    /// asked about a protected cluster: its part is a Protected fault, unless <paramref name="evenProtected"/>. A cluster that is not
    /// selected any more is a ClusterNotSelected fault.
    /// </summary>
    /// <param name="pool">The pool.</param>
    /// <param name="plans">Of <see cref="PlanDrainAsync"/>, in the order in which the nodes are to be drained. One that is blocked is not drained; its result says why.</param>
    /// <param name="drain">The same as for the plans.</param>
    /// <param name="evenProtected">True to change protected clusters.</param>
    /// <param name="options">How the call is spread; how many clusters and nodes drain at once is <paramref name="drain"/>'s to say.</param>
    /// <param name="cancellationToken">Stops the drains; nodes that are cordoned stay so.</param>
    public static async IAsyncEnumerable<FanOutItem> DrainAsync(
        this ClusterPool pool,
        IReadOnlyCollection<KubeDrainPlan> plans,
        DrainOptions drain,
        bool evenProtected = false,
        FanOutOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(drain);
        if (plans.Count == 0)
            yield break;
        var clusters = plans.Select(static plan => plan.Subject.Source.Cluster).DistinctBy(static cluster => cluster.ClusterId).ToDictionary(static cluster => (object)cluster.ClusterId);
        var targets = ClusterTargets.Resolve(pool, [.. clusters.Keys.Select(static id => new ExactId((string)id))]);
        foreach (var refusal in targets.Refusals)
            yield return new FanOutFault(clusters[refusal.Target], refusal.Fault, refusal.Target);
        var free = targets.Clusters.Where(cluster => evenProtected || drain.DryRun || !cluster.Protected).ToArray();
        foreach (var cluster in targets.Clusters.Except(free))
            yield return new FanOutFault(cluster.Identity, Protected(cluster), cluster);
        var fleet = new FleetDrain(plans, drain, DrainStore.Of(pool));
        var all = (options ?? new FanOutOptions()) with { ThrottleLimit = Math.Max(1, free.Length) };
        await foreach (var item in RunAsync(pool, free, all, (connection, _, call, sink, stop) => fleet.DrainAsync(connection, call, sink, stop), fleet, cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    /// <summary>The objects of a type that an item brings; none when it brings others, or is something else.</summary>
    public static IEnumerable<T> Of<T>(this FanOutItem item)
        where T : class => (item as IFanOutObjects<object>)?.Objects.OfType<T>() ?? [];

    /// <exception cref="FaultException">Nothing is selected.</exception>
    private static IReadOnlyList<KubeCluster> Selected(ClusterPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return ClusterTargets.Resolve(pool, []).Clusters;
    }

    private static async IAsyncEnumerable<FanOutItem> RunAsync(
        ClusterPool pool,
        IReadOnlyList<KubeCluster> clusters,
        FanOutOptions? options,
        ClusterOperation operation,
        IDisposable? call,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var shared = call;
        var namespaces = clusters.ToDictionary(static cluster => cluster.Connection!, pool.Namespaces.For);
        var run = FanOutRun.Start(
            [.. namespaces.Keys], options ?? new FanOutOptions(), (connection, sink, stop) => operation(connection, namespaces[connection], CallContext.Default, sink, stop));
        await using var _ = run.ConfigureAwait(false);
        await foreach (var item in run.Items.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    private static Fault Protected(KubeCluster cluster) => new()
    {
        Phase = FaultPhase.Protected,
        Cluster = cluster.Identity,
        Operation = "drain nodes",
        Detail = "the cluster is protected",
        Advice = "Ask whoever runs the program, and pass evenProtected when it is meant.",
    };
}
