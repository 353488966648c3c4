using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Objects;

namespace MultiCluster.Waiting;

/// <summary>
/// Waits for what a <see cref="WaitQuery"/> wants on many clusters. One for the whole call, which begins now; a fan-out in the order of arrival runs
/// <see cref="WaitAsync"/> for each cluster. Its objects are <see cref="KubeObject"/>s: each as it is when it is as it was waited for, or, where
/// it was to be gone, as it was last. An object that did not come to be is a fault.
/// </summary>
/// <param name="query">What is wanted.</param>
/// <param name="time">The clock.</param>
internal sealed class ObjectWaiter(WaitQuery query, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly ConcurrentDictionary<string, ClusterWait> _clusters = new(StringComparer.Ordinal);

    /// <summary>The order in which a fan-out takes what the clusters bring: all clusters take part from the start.</summary>
    public static FanOutOrder Order { get; } = FanOutOrder.ByTime(TimeSpan.Zero);

    /// <summary>Where each cluster stands that has begun.</summary>
    public IEnumerable<ClusterWait> Clusters => _clusters.Values;

    /// <summary>Waits for one cluster's objects.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="call">What the call brings along to each request.</param>
    /// <param name="sink">Where objects and faults go.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var targets = await TargetsAsync(connection, defaultNamespace, call, sink, cancellationToken).ConfigureAwait(false);
        if (targets.Count == 0)
            return;
        var wait = _clusters[connection.Identity.ClusterId] = new ClusterWait(connection, defaultNamespace, call, sink) { Time = time, Since = _started };
        await wait.RunAsync(targets, query.Rule, query.Limit, TakeAsync, cancellationToken).ConfigureAwait(false);

        ValueTask TakeAsync(WaitResult result) => result switch
        {
            { Fault: { } fault } => sink.FaultAsync(fault, result.Item ?? (object)result.Reference, cancellationToken),
            { Item: { } item } => sink.WriteAsync<KubeObject>([item], time.GetUtcNow(), 1, cancellationToken),
            _ => sink.NoticeAsync(NoticeLevel.Verbose, $"{result.Reference} is not there", cancellationToken),
        };
    }

    private async Task<IReadOnlyCollection<WaitTarget>> TargetsAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        if (query.Targets is { } targets)
            return [.. targets[connection.Identity.ClusterId].Distinct()];
        if (query.Searches)
        {
            using var use = connection.Use();
            return await new WaitSearch(query, connection, defaultNamespace, call, sink).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<string?> own = [null];
        var namespaces = query.Namespaces.Count == 0 ? own : query.Namespaces;
        return [.. query.Kinds.SelectMany(kind => query.Names.SelectMany(name => namespaces.Select(ns => new WaitTarget(kind, ns, name)))).Distinct()];
    }
}
