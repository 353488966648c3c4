using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Logs.Streams;
using MultiCluster.Resources;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>A stream of all clusters as the cmdlets make it, until it is disposed: its objects go to one consumer, one piece at a time; the rest is counted.</summary>
internal sealed class EngineStream : IAsyncDisposable
{
    private readonly Dictionary<string, int> _notices = [];
    private readonly List<Fault> _faults = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _operation;
    private readonly FanOutRun _run;
    private readonly Task _work;

    private EngineStream(IDisposable operation, FanOutRun run, Func<FanOutItem, CancellationToken, ValueTask> take)
    {
        _operation = operation;
        _run = run;
        _work = ConsumeAsync(take);
    }

    /// <summary>What failed, so far.</summary>
    public IReadOnlyList<Fault> Faults
    {
        get
        {
            lock (_faults)
                return [.. _faults];
        }
    }

    /// <summary>Watches the pods of all namespaces.</summary>
    public static EngineStream OfPods(EngineSession session, TimeSpan window, Func<IReadOnlyList<KubeWatchEvent>, CancellationToken, ValueTask> take)
    {
        var watcher = new ResourceWatcher(new WatchQuery { Kinds = ["pods"], AllNamespaces = true }, session.Connections.Count, TimeProvider.System);
        return Start(session, watcher, FanOutOrder.ByTime(window), watcher.WatchAsync, take);
    }

    /// <summary>Follows logs.</summary>
    public static EngineStream OfLogs(EngineSession session, LogQuery query, Func<IReadOnlyList<KubeLogLine>, CancellationToken, ValueTask> take)
    {
        var reader = new LogReader(query, session.Connections.Count, TimeProvider.System);
        return Start(session, reader, reader.Order, reader.ReadAsync, take);
    }

    /// <summary>How many notices of a type there have been.</summary>
    public int Count(Enum type)
    {
        lock (_notices)
            return _notices.GetValueOrDefault(type.ToString());
    }

    /// <summary>Waits until there have been so many notices of a type.</summary>
    /// <exception cref="InvalidOperationException">They do not come within a minute, or the stream has ended.</exception>
    public async Task UntilAsync(Enum type, int count)
    {
        if (!await Condition.IsMetAsync(() => Count(type) >= count || _work.IsCompleted, TimeSpan.FromMinutes(1)) || Count(type) < count)
            throw new InvalidOperationException($"{Count(type)} of {count} are {type}; faults: {string.Join("; ", Faults.Select(static fault => fault.Detail))}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.DisposeAsync();
        await _work;
        _operation.Dispose();
        _stop.Dispose();
    }

    private static EngineStream Start<T>(
        EngineSession session, IDisposable operation, FanOutOrder order, Func<ClusterConnection, string, CallContext, FanOutSink, CancellationToken, Task> read,
        Func<IReadOnlyList<T>, CancellationToken, ValueTask> take)
    {
        var run = FanOutRun.Start(session.Connections, new FanOutOptions { Order = order }, (cluster, sink, stop) => read(cluster, "default", CallContext.Default, sink, stop));
        return new EngineStream(operation, run, (item, stop) => item is FanOutObjects<T> some ? take(some.Objects, stop) : default);
    }

    private async Task ConsumeAsync(Func<FanOutItem, CancellationToken, ValueTask> take)
    {
        try
        {
            await foreach (var item in _run.Items.ReadAllAsync(_stop.Token))
            {
                if (item is FanOutFault fault)
                    Add(fault.Fault);
                else if (item is FanOutNotice { Data: { } data })
                    Add(data);
                else
                    await take(item, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough has come.
        }
    }

    private void Add(Fault fault)
    {
        lock (_faults)
            _faults.Add(fault);
    }

    private void Add(object notice)
    {
        var type = notice is KubeWatchNotice watch ? watch.Type.ToString() : ((KubeLogNotice)notice).Type.ToString();
        lock (_notices)
            _notices[type] = _notices.GetValueOrDefault(type) + 1;
    }
}
