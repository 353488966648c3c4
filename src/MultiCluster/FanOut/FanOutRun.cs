using System.Threading.Channels;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.FanOut;

/// <summary>
/// One operation running on many clusters: at most <see cref="FanOutOptions.ThrottleLimit"/> at once, each isolated from the others,
/// all writing into one bounded channel. Reading slowly slows the sockets; disposing cancels what is in flight and waits for it.
/// </summary>
internal sealed class FanOutRun : IAsyncDisposable
{
    /// <summary>Pieces in the channel; a piece is what one read of a socket brought, at most some tens of kilobytes.</summary>
    private const int Capacity = 64;

    private readonly Channel<FanOutItem> _channel = Channel.CreateBounded<FanOutItem>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _deadline;
    private readonly FanOutOptions _options;
    private readonly FanOutRow?[] _rows;
    private readonly IReadOnlyList<ClusterConnection> _clusters;
    private readonly FanOutMerge? _merge;
    private readonly FanOutTurns? _turns;
    private readonly Task _work;
    private readonly long _started;
    private readonly DateTime _startedAt;

    private FanOutRun(
        IReadOnlyList<ClusterConnection> clusters,
        FanOutOptions options,
        Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation)
    {
        _clusters = clusters;
        _options = options;
        _rows = new FanOutRow?[clusters.Count];
        _started = options.Time.GetTimestamp();
        _startedAt = options.Time.GetLocalNow().DateTime;
        _deadline = options.Deadline is { } limit ? new CancellationTokenSource(limit, options.Time) : new CancellationTokenSource();
        Progress = new FanOutProgress(clusters.Count);
        _merge = FanOutMerge.Of(options.Order, _channel.Writer, options.Time, _stop.Token);
        _turns = options.Order is ByTimeOrder or SortedOrder ? new FanOutTurns(options.ThrottleLimit) : null;
        _work = RunAllAsync(operation);
    }

    /// <summary>What the clusters bring, as it arrives. Ends after the last cluster's <see cref="FanOutDone"/>.</summary>
    public ChannelReader<FanOutItem> Items => _channel.Reader;

    /// <summary>Where the call stands.</summary>
    public FanOutProgress Progress { get; }

    /// <summary>Starts <paramref name="operation"/> on every one of <paramref name="clusters"/>.</summary>
    public static FanOutRun Start(
        IReadOnlyList<ClusterConnection> clusters,
        FanOutOptions options,
        Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation) => new(clusters, options, operation);

    /// <summary>Cancels what is still running; the clusters it stops count as skipped.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>The report, as of now; final when the items have ended or the run is disposed.</summary>
    /// <param name="id">The call's number.</param>
    public FanOutReport Report(int id) => new()
    {
        Id = id,
        Command = _options.Command,
        StartedAt = _startedAt,
        Elapsed = _options.Time.GetElapsedTime(_started),
        Clusters = [.. _clusters.Select((cluster, i) => _rows[i] ?? NotRun(cluster))],
    };

    /// <summary>Cancels what is in flight and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _deadline.Dispose();
        _turns?.Dispose();
    }

    private async Task RunAllAsync(Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation)
    {
        // The clusters of a stream do not end: all of them take part from the start.
        var atOnce = _turns is null ? _options.ThrottleLimit : _clusters.Count;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, atOnce), CancellationToken = _stop.Token };
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, _clusters.Count), parallel, (i, _) => RunOneAsync(i, operation)).ConfigureAwait(false);
            if (_merge is not null)
                await _merge.EndAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the rows say who was left out.
        }
        finally
        {
            if (_merge is not null)
                await _merge.DisposeAsync().ConfigureAwait(false);
            _channel.Writer.Complete();
        }
    }

    private async ValueTask RunOneAsync(int i, Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation)
    {
        var cluster = _clusters[i];
        var writer = _merge?.NewQueue() ?? _channel.Writer;
        var sink = new FanOutSink(cluster.Identity, writer, Progress, _turns, _options.Time, _stop.Token);
        var running = Progress.Start(cluster.Identity);
        var ended = false;
        try
        {
            var fault = await AttemptAsync(cluster, sink, operation).ConfigureAwait(false);
            ended = true;
            if (fault is not null)
                await sink.FaultAsync(fault, null, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ended = false;
        }

        var row = _rows[i] = sink.Row(ended);
        Progress.End(running, row.Outcome == FanOutOutcome.Failed);
        if (!_stop.IsCancellationRequested)
            await writer.WriteAsync(new FanOutDone(cluster.Identity, row), _stop.Token).ConfigureAwait(false);
    }

    /// <summary>Runs the operation and turns what goes wrong into a fault of that cluster. Throws only when the call was stopped.</summary>
    private async Task<Fault?> AttemptAsync(
        ClusterConnection cluster, FanOutSink sink, Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _deadline.Token, cluster.Disconnected);
        using var use = _turns is null ? cluster.Use() : null; // a stream takes the session anew for each request
        try
        {
            linked.Token.ThrowIfCancellationRequested();
            await operation(cluster, sink, linked.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(_stop.Token);
        }
        catch (Exception) when (linked.IsCancellationRequested)
        {
            return cluster.Disconnected.IsCancellationRequested ? ClusterConnection.DisconnectedFault() : DeadlineFault();
        }
        catch (Exception e)
        {
            return UnforeseenFault.Of(e);
        }
    }

    private Fault DeadlineFault() => new()
    {
        Phase = FaultPhase.Timeout,
        Detail = $"the call's deadline of {_options.Deadline?.TotalSeconds:0.###} s has passed",
        Advice = "Raise -DeadlineSec, or ask fewer clusters at a time. What had arrived is kept.",
    };

    private static FanOutRow NotRun(ClusterConnection cluster) => new()
    {
        ClusterId = cluster.Identity.ClusterId,
        ClusterName = cluster.Identity.ClusterName,
        Identity = cluster.Identity,
        Outcome = FanOutOutcome.Skipped,
    };
}
