using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;

namespace MultiCluster.Changes.Sending;

/// <summary>
/// Changes objects on many clusters. One for the whole call: a fan-out runs <see cref="ChangeAsync"/> for each cluster. Its objects are
/// <see cref="KubeApplyResult"/>s, one for each object and cluster whatever happens.
/// </summary>
internal sealed class FleetChange : IDisposable
{
    private readonly ILookup<string?, ObjectChange> _changes;
    private readonly ChangeOptions _options;
    private readonly ChangeCall _call;
    private readonly SameCall _same;
    private readonly ConcurrentQueue<KubeApplyResult> _results = new();
    private readonly List<CancellationTokenRegistration> _left = [];
    private readonly IReadOnlyList<ClusterConnection> _connections;
    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);

    /// <summary>A call that begins now.</summary>
    /// <param name="connections">The clusters, in the order in which they are to be changed.</param>
    /// <param name="changes">What is wanted. Those without a cluster are wanted in each.</param>
    /// <param name="options">How.</param>
    /// <param name="healthCheck">Asked after each batch of clusters with its results; false, or an exception, begins no more. Null: no check.</param>
    public FleetChange(
        IReadOnlyList<ClusterConnection> connections,
        IReadOnlyList<ObjectChange> changes,
        ChangeOptions options,
        Func<IReadOnlyList<KubeApplyResult>, CancellationToken, Task<bool>>? healthCheck = null)
    {
        (_connections, _changes, _options, _same) = (connections, changes.ToLookup(static change => change.ClusterId, StringComparer.Ordinal), options, new SameCall(changes));
        _call = new ChangeCall([.. connections.Select(static connection => connection.Identity.ClusterId)], options, healthCheck);
        Expected = connections.Sum(connection => Of(connection).Count);
        foreach (var connection in connections)
        {
            // A cluster that is disconnected before its turn never comes to say that it has ended.
            _left.Add(connection.Disconnected.Register(() => _ = _call.EndedAsync(connection.Identity.ClusterId, [], failed: true, CancellationToken.None)));
        }
    }

    /// <summary>How many results there will be.</summary>
    public int Expected { get; }

    /// <summary>The results so far, even when the call was stopped and nobody read its channel any more.</summary>
    public IReadOnlyCollection<KubeApplyResult> Results => _results;

    /// <summary>The results when the call has ended, one for every object: those of clusters among them that never came to their part.</summary>
    public IReadOnlyList<KubeApplyResult> AllResults =>
    [
        .. _results,
        .. _connections.Where(connection => !_begun.ContainsKey(connection.Identity.ClusterId)).SelectMany(connection => Of(connection).Select(change => ChangeSender.Result(change, connection, _options) with
        {
            Outcome = ChangeOutcome.Cancelled,
            Message = ClusterChange.BeforeItsTurn,
        })),
    ];

    /// <summary>Changes one cluster's objects. What becomes of each is a result, and for a failed one a fault whose target is the result.</summary>
    /// <exception cref="Faults.FaultException">The cluster does not answer; the results of its objects say so, too.</exception>
    public Task ChangeAsync(ClusterConnection connection, string defaultNamespace, CallContext context, FanOutSink sink, CancellationToken cancellationToken)
    {
        _begun[connection.Identity.ClusterId] = true;
        return new ClusterChange(connection, defaultNamespace, _options, _call, _same, context, sink, new ChangeOutput(sink, _results)).RunAsync(Of(connection), cancellationToken);
    }

    public void Dispose() => _left.ForEach(static left => left.Dispose());

    private List<ObjectChange> Of(ClusterConnection connection) =>
        [.. _changes[null], .. _changes[connection.Identity.ClusterId]];
}
