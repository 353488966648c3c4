using System.Collections.Concurrent;
using System.Threading.Channels;
using MultiCluster.Faults;

namespace MultiCluster.FanOut;

/// <summary>
/// Where one cluster's operation writes, from any thread. A full channel makes it wait, and with it the cluster's socket.
/// </summary>
internal sealed class FanOutSink
{
    private readonly ChannelWriter<FanOutItem> _channel;
    private readonly FanOutProgress _progress;
    private readonly FanOutTurns? _turns;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ConcurrentQueue<object> _results = new();
    private Fault? _fault;
    private long _firstObject = -1;
    private long _objects;

    internal FanOutSink(
        ClusterIdentity cluster, ChannelWriter<FanOutItem> channel, FanOutProgress progress, FanOutTurns? turns, TimeProvider time, CancellationToken stopped)
    {
        Cluster = cluster;
        _channel = channel;
        _progress = progress;
        _turns = turns;
        _time = time;
        Stopped = stopped;
        _started = time.GetTimestamp();
    }

    /// <summary>The cluster.</summary>
    public ClusterIdentity Cluster { get; }

    /// <summary>Cancelled when the whole call is stopped, and not when only the cluster is disconnected: for a last word about that.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Hands on objects. The list must not change afterwards.</summary>
    public async ValueTask WriteAsync<T>(IReadOnlyList<T> objects, CancellationToken cancellationToken)
    {
        if (objects.Count > 0)
            await WriteAsync(_channel, new FanOutObjects<T>(Cluster, objects), objects.Count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands on objects that happened at the same time. The list must not change afterwards.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="at">When they happened.</param>
    /// <param name="weight">How much of the cluster's queue they fill: one for each, and more for those that hold much memory.</param>
    /// <param name="cancellationToken">Ends waiting for room.</param>
    public async ValueTask WriteAsync<T>(IReadOnlyList<T> objects, DateTimeOffset at, int weight, CancellationToken cancellationToken)
    {
        if (objects.Count > 0)
            await WriteAsync(_channel, new FanOutObjects<T>(Cluster, objects) { At = at, Weight = weight }, objects.Count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a part of the cluster whose objects come in the order of their time; dispose it when it has ended.</summary>
    internal FanOutSource OpenSource() => _channel switch
    {
        SortedMergeQueue sorted => new FanOutSource(this, sorted.NewSource(), FanOutSourceKind.Own),
        TimeMergeQueue => new FanOutSource(this, _channel, FanOutSourceKind.Shared),
        _ => new FanOutSource(this, _channel, FanOutSourceKind.Unmerged),
    };

    /// <summary>In a stream, waits until the cluster may get ready (connect, list); disposing what it gives lets the next one.</summary>
    public ValueTask<IDisposable?> TurnAsync(CancellationToken cancellationToken) => _turns is null ? default : _turns.TakeAsync(cancellationToken);

    /// <summary>Reports that a part of what was asked failed; the cluster counts as failed, and its operation goes on.</summary>
    public ValueTask FaultAsync(Fault fault, object? target, CancellationToken cancellationToken)
    {
        fault = fault.Cluster is null ? fault with { Cluster = Cluster } : fault;
        Interlocked.CompareExchange(ref _fault, fault, null);
        return _channel.WriteAsync(new FanOutFault(Cluster, fault, target), cancellationToken);
    }

    /// <summary>Keeps for the report what became of a part of what was asked, whether anybody reads it or not.</summary>
    public void Keep(object result) => _results.Enqueue(result);

    /// <summary>Says something that is no failure.</summary>
    public ValueTask NoticeAsync(NoticeLevel level, string text, CancellationToken cancellationToken) =>
        NoticeAsync(level, text, null, cancellationToken);

    /// <summary>Says something that is no failure, and that a user may want as an object.</summary>
    public ValueTask NoticeAsync(NoticeLevel level, string text, object? data, CancellationToken cancellationToken) =>
        _channel.WriteAsync(new FanOutNotice(Cluster, level, text, data), cancellationToken);

    /// <summary>Warns of something that is likely to be so on other clusters, too, and is said of all of them together then.</summary>
    public ValueTask RemarkAsync(string text, CancellationToken cancellationToken) =>
        _channel.WriteAsync(new FanOutNotice(Cluster, NoticeLevel.Warning, text) { IsRemark = true }, cancellationToken);

    internal FanOutRow Row(bool ended) => new()
    {
        ClusterId = Cluster.ClusterId,
        ClusterName = Cluster.ClusterName,
        Identity = Cluster,
        Outcome = _fault is not null ? FanOutOutcome.Failed : ended ? FanOutOutcome.Answered : FanOutOutcome.Skipped,
        Objects = Interlocked.Read(ref _objects),
        Elapsed = _time.GetElapsedTime(_started),
        FirstObject = Interlocked.Read(ref _firstObject) is var ticks and >= 0 ? TimeSpan.FromTicks(ticks) : null,
        Fault = _fault,
        Results = [.. _results],
    };

    /// <summary>Writes objects, and counts them.</summary>
    internal async ValueTask WriteAsync(ChannelWriter<FanOutItem> queue, FanOutItem item, int objects, CancellationToken cancellationToken)
    {
        await queue.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        if (Interlocked.Read(ref _firstObject) < 0)
            Interlocked.CompareExchange(ref _firstObject, _time.GetElapsedTime(_started).Ticks, -1);
        Interlocked.Add(ref _objects, objects);
        _progress.Add(objects);
    }
}
