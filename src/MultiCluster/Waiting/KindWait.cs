using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Waiting;

/// <summary>
/// The objects of one kind that a cluster's wait is about: one list-watch brings them all. Of one namespace it is that one's, of several the
/// whole cluster's; where that is forbidden, each namespace is watched.
/// </summary>
/// <param name="kind">The kind as it was asked for.</param>
/// <param name="targets">Its objects.</param>
/// <param name="rule">What is waited for.</param>
/// <param name="take">Told of each object that is waited for no longer, and why; a null fault says that it is as it should be.</param>
internal sealed class KindWait(string kind, IEnumerable<WaitTarget> targets, WaitRule rule, Func<KindWait, AwaitedObject, Fault?, ValueTask> take) : IWatchConsumer, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _done = new();
    private readonly WaitTarget[] _targets = [.. targets];
    private Dictionary<(string Namespace, string Name), AwaitedObject>? _open;
    private int _unlisted;

    public string Kind => kind;

    /// <summary>The kind as the cluster serves it; null until that is known.</summary>
    public ResourceKind? Served { get; private set; }

    /// <summary>Cancelled when nothing of the kind is waited for any longer.</summary>
    public CancellationToken Done => _done.Token;

    /// <summary>What is still waited for.</summary>
    public IReadOnlyCollection<AwaitedObject> Open => _open is { } open ? open.Values : [.. _targets.Select(static one => new AwaitedObject(one, one.Namespace))];

    /// <summary>How many are still waited for.</summary>
    public int Left => _open?.Count ?? _targets.Length;

    /// <summary>What the first of them lacks; null when there is nothing to tell.</summary>
    public string? Lacking { get; private set; }

    /// <summary>Gives the EndpointSlices of a Service; null when nobody needs them.</summary>
    public Func<KubeObject, IReadOnlyCollection<KubeEndpointSlice>?>? Endpoints { get; init; }

    // What a list after a gap does not bring any more is told of only when it was kept.
    public bool WantsPrevious => true;

    /// <summary>What is watched.</summary>
    public WatchScope Scope() => new(Places, NamesOf(_targets).Contains, WatchQuery.DefaultMaxEventBytes)
    {
        ChecksNamespaces = !rule.IsDeletion,
        Narrower = served => [.. PlacesOf(served)],
    };

    public void Begins(int places) => Interlocked.Exchange(ref _unlisted, places);

    public async ValueTask TakeAsync(IReadOnlyList<WatchChange> changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var change in changes)
            {
                if (_open!.TryGetValue((change.Object.Namespace ?? "", change.Object.Name), out var awaited))
                    await TakeAsync(awaited, change, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Told();
            _gate.Release();
        }
    }

    /// <summary>All that there is has come: what has not is not there.</summary>
    public async ValueTask ListedAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _unlisted) != 0)
            return;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var awaited in _open!.Values.Where(static one => one.Last is null).ToArray())
            {
                if (rule.IsDeletion)
                    await EndAsync(awaited, null).ConfigureAwait(false);
                else if (awaited.Target.Uid is not null)
                    await EndAsync(awaited, WaitFaults.Missing(Served!, awaited)).ConfigureAwait(false);
                else
                    awaited.Lacks = "it is not there";
            }
        }
        finally
        {
            Told();
            _gate.Release();
        }
    }

    /// <summary>Looks again at what has been seen: the endpoints of Services have changed.</summary>
    /// <param name="which">Which; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask LookAgainAsync(IReadOnlySet<(string Namespace, string Name)>? which, CancellationToken cancellationToken)
    {
        if (_open is null)
            return; // they are judged when they come
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var (key, awaited) in _open.ToArray())
            {
                if (which?.Contains(key) != false && awaited.Last is { } item)
                    await JudgeAsync(awaited, item, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Told();
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _done.Dispose();
    }

    private static HashSet<string> NamesOf(IEnumerable<WaitTarget> targets) => targets.Select(static one => one.Name).ToHashSet(StringComparer.Ordinal);

    private async ValueTask TakeAsync(AwaitedObject awaited, WatchChange change, CancellationToken cancellationToken)
    {
        var item = change.Object;
        if (awaited.Target.Uid is { } uid && item.Uid != uid)
        {
            if (change.Type != WatchEventType.Deleted)
                await EndAsync(awaited, rule.IsDeletion ? null : WaitFaults.Replaced(Served!, awaited)).ConfigureAwait(false);
            return;
        }

        awaited.Last = item;
        if (change.Type == WatchEventType.Deleted)
            await EndAsync(awaited, rule.IsDeletion ? null : WaitFaults.Deleted(Served!, awaited)).ConfigureAwait(false);
        else
            await JudgeAsync(awaited, item, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask JudgeAsync(AwaitedObject awaited, KubeObject item, CancellationToken cancellationToken)
    {
        var verdict = await rule.JudgeAsync(item, Endpoints?.Invoke(item), cancellationToken).ConfigureAwait(false);
        awaited.Lacks = verdict.Message;
        if (verdict.Met)
            await EndAsync(awaited, null).ConfigureAwait(false);
        else if (verdict.IsFinal)
            await EndAsync(awaited, WaitFaults.Failed(Served!, awaited, rule, verdict.Message ?? "")).ConfigureAwait(false);
    }

    private async ValueTask EndAsync(AwaitedObject awaited, Fault? fault)
    {
        _open!.Remove((awaited.Namespace ?? "", awaited.Target.Name));
        await take(this, awaited, fault).ConfigureAwait(false);
        if (_open.Count == 0)
            _ = _done.CancelAsync(); // not on this thread: what is cancelled may be its own caller
    }

    private void Told()
    {
        var first = _open!.Values.FirstOrDefault(static one => one.Lacks is not null);
        Lacking = first is null ? null : $"{first}: {first.Lacks}";
    }

    private List<ListQuery> Places(ResourceKind served, string defaultNamespace)
    {
        Served = served;
        if (_open is null)
        {
            var open = new Dictionary<(string, string), AwaitedObject>();
            foreach (var target in _targets)
            {
                var ns = served.Namespaced ? target.Namespace ?? defaultNamespace : null;
                open.TryAdd((ns ?? "", target.Name), new AwaitedObject(target, ns));
            }

            _open = open;
        }

        var places = PlacesOf(served).ToList();
        return places.Count == 1 ? places : [new ListQuery()];
    }

    private IEnumerable<ListQuery> PlacesOf(ResourceKind served) => _open!.Values.GroupBy(static one => one.Namespace).Select(group => new ListQuery
    {
        Namespace = served.Namespaced ? group.Key : null,
        FieldSelector = group.Count() == 1 ? FieldSelector.WithName(null, group.First().Target.Name) : null,
    });
}
