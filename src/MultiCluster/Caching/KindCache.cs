using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Caching;

/// <summary>
/// The objects of one kind of one cluster, in one namespace or all, kept in memory: listed once, then watched, until it is stopped or the
/// cluster is deselected. Safe for concurrent use.
/// </summary>
internal sealed class KindCache
{
    /// <summary>Objects that go on together.</summary>
    private const int Piece = 500;

    private readonly ClusterConnection _connection;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly SortedObjects _objects = new();
    private readonly DateTimeOffset _started;
    private DateTimeOffset _currentAt;
    private CacheState _state;
    private long _changes;
    private Fault? _fault;

    private KindCache(ClusterConnection connection, ResourceKind kind, string? ns)
    {
        (_connection, Kind, Namespace) = (connection, kind, ns);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(connection.Disconnected);
        _started = _currentAt = connection.Time.GetUtcNow();
        _ = _listed.Task.ContinueWith(static failed => failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
    }

    /// <summary>The kind.</summary>
    public ResourceKind Kind { get; }

    /// <summary>The namespace, or null for all, and for kinds that live outside them.</summary>
    public string? Namespace { get; }

    /// <summary>The cluster.</summary>
    public ClusterConnection Connection => _connection;

    /// <summary>Completes when the objects there are have been listed; fails when they cannot be.</summary>
    public Task Listed => _listed.Task;

    /// <summary>Ends when nothing of it runs any more.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Whether it answers: it has been listed, and has not ended.</summary>
    public bool Answers
    {
        get
        {
            lock (_gate)
                return _state is CacheState.Live or CacheState.Stale;
        }
    }

    /// <summary>How it stands.</summary>
    public CacheStatus Status
    {
        get
        {
            lock (_gate)
                return new(_state, _objects.Count, _objects.Bytes, _changes, _started, _state == CacheState.Live ? _connection.Time.GetUtcNow() : _currentAt, _fault);
        }
    }

    /// <summary>Begins.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace, or null for all.</param>
    /// <param name="call">What each request brings along.</param>
    public static KindCache Start(ClusterConnection connection, ResourceKind kind, string? ns, CallContext call)
    {
        var cache = new KindCache(connection, kind, ns);
        cache.Ended = Task.Run(() => cache.RunToItsEndAsync(call));
        return cache;
    }

    /// <summary>The objects of a namespace, or with null of all of its own, in the API's order; each is the reader's own, and made when he comes to it.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="fits">Which of them are wanted; all when null.</param>
    public IEnumerable<KubeObject> Read(string? ns, Func<KubeObject, bool>? fits = null)
    {
        KubeObject[] found;
        lock (_gate)
            found = _objects.In(ns);
        return (fits is null ? found : found.Where(fits)).Select(new OwnedCopies(_connection.Identity).Of);
    }

    /// <summary>The objects that a query wants, in pieces: who reads them sees the first soon.</summary>
    public IEnumerable<KubeObject[]> List(ListQuery query)
    {
        var filter = new CacheFilter(query.LabelSelector, query.FieldSelector);
        return Read(query.Namespace, item => (query.Name is null || item.Name == query.Name) && filter.Matches(item)).Chunk(Piece);
    }

    /// <summary>The object of that name; null when there is none.</summary>
    public KubeObject? Find(string? ns, string name)
    {
        KubeObject? found;
        lock (_gate)
            found = _objects.Find(ns ?? "", name);
        return found is null ? null : new OwnedCopies(_connection.Identity).Of(found);
    }

    /// <summary>Keeps nothing any more.</summary>
    public void Stop() => _ = StopAsync();

    private async Task StopAsync()
    {
        try
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async Task RunToItsEndAsync(CallContext call)
    {
        // Its connection outlives it, and would hold what is linked to it.
        using (_stop)
            await RunAsync(call).ConfigureAwait(false);
    }

    private async Task RunAsync(CallContext call)
    {
        var target = new WatchTarget { Cluster = _connection.Identity, Kind = Kind, Query = new ListQuery { Namespace = Namespace }, Call = call };
        try
        {
            var (fault, _) = await new ClusterWatch(_connection, target) { KeepsObjects = true }.RunAsync(TakeAsync, _stop.Token).ConfigureAwait(false);
            End(fault);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            End(_connection.Disconnected.IsCancellationRequested ? ClusterConnection.DisconnectedFault() : null);
        }
        catch (FaultException e)
        {
            End(e.Fault);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            End(UnforeseenFault.Of(e));
        }
    }

    private ValueTask TakeAsync(WatchBatch batch)
    {
        CacheStatus status;
        lock (_gate)
        {
            foreach (var output in batch.Outputs)
                Take(output, batch.At);
            status = Status;
            if (status.State != CacheState.Listing)
                _listed.TrySetResult(); // what waits goes on elsewhere
        }

        if (status is { State: CacheState.Listing, Fault: { } fault })
            Fail(fault); // it goes on trying, until who waits has heard of it
        return default;
    }

    private void Take(WatchOutput output, DateTimeOffset at)
    {
        switch (output)
        {
            case WatchChange { Type: WatchEventType.Deleted } change:
                _changes++;
                _objects.Remove(change.Object);
                break;
            case WatchChange change:
                _changes += change.Initial ? 0 : 1;
                _objects.Put(change.Object);
                break;
            case WatchSignal { Type: WatchNoticeType.Connected or WatchNoticeType.Resumed }:
                (_state, _fault) = (CacheState.Live, null);
                break;
            case WatchSignal { Type: WatchNoticeType.Interrupted } signal:
                (_state, _fault, _currentAt) = (CacheState.Stale, signal.Fault, at);
                break;
            case WatchTrouble trouble:
                _fault = trouble.Fault;
                break;
        }
    }

    private void End(Fault? why)
    {
        lock (_gate)
        {
            if (_state == CacheState.Live)
                _currentAt = _connection.Time.GetUtcNow();
            (_state, _fault) = (CacheState.Ended, why ?? _fault);
            _objects.Clear();
        }

        ClusterCaches.Of(_connection).Remove(this, keepsRow: why is not null && !_connection.Disconnected.IsCancellationRequested);
        Fail(why ?? new Fault { Phase = FaultPhase.Invalid, Detail = "the cache was ended before its objects had been listed", Advice = "Begin it again with Enable-KubeCache." });
    }

    private void Fail(Fault why) => _listed.TrySetException(new FaultException(why with { Cluster = why.Cluster ?? _connection.Identity }));
}

/// <summary>How a cache stands at one moment.</summary>
/// <param name="State">How current it is.</param>
/// <param name="Objects">How many objects it holds.</param>
/// <param name="Bytes">Their JSON.</param>
/// <param name="Changes">Changes since it was listed.</param>
/// <param name="Started">When it began.</param>
/// <param name="CurrentAt">Up to when it knows everything.</param>
/// <param name="Fault">What is wrong, or null.</param>
internal readonly record struct CacheStatus(CacheState State, int Objects, long Bytes, long Changes, DateTimeOffset Started, DateTimeOffset CurrentAt, Fault? Fault);
