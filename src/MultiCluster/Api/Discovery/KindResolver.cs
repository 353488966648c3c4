using System.Collections.Concurrent;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// Turns what people call a kind into the kind that one cluster serves. Asks in this order, and the cluster only when nothing else
/// knows: memory, the kinds that all servers have, the disk cache, the server. Safe for any number of callers.
/// </summary>
internal sealed class KindResolver
{
    private const int MaxUnknown = 256;

    /// <summary>How long a kind that the cluster lacks is not asked for again.</summary>
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly DiscoveryDiskCache? _disk;
    private readonly string _diskKey;
    private readonly SharedFetch<DiscoverySnapshot> _server;
    private readonly ConcurrentDictionary<string, Unknown> _unknown = new(StringComparer.OrdinalIgnoreCase);
    private KindIndex? _memory;

    /// <summary>A resolver that knows nothing yet.</summary>
    /// <param name="client">The cluster's discovery.</param>
    /// <param name="time">The clock.</param>
    /// <param name="disk">The disk cache, if there is to be one.</param>
    /// <param name="diskKey">The cluster's <see cref="DiscoveryDiskCache.KeyOf"/>.</param>
    public KindResolver(DiscoveryClient client, TimeProvider time, DiscoveryDiskCache? disk = null, string diskKey = "")
    {
        _time = time;
        _disk = disk;
        _diskKey = diskKey;
        _server = new(cancellationToken => FetchAsync(client, cancellationToken));
    }

    /// <summary>What can be known without network, for completion: from memory or disk, else the kinds that all servers have.</summary>
    public IReadOnlyList<ResourceKind> Known =>
        (Remembered() ?? Volatile.Read(ref _memory))?.Snapshot.Kinds ?? BuiltInKinds.All; // old knowledge completes better than none

    /// <summary>
    /// The kind that <paramref name="text"/> means: a plural, singular, kind or short name whatever its case; <c>plural.group</c>,
    /// <c>kind.version.group</c>, <c>apps/v1/Deployment</c>; the beginning of a group where it is the only one. On a clash the core group
    /// wins, then the server's preferred order; <see cref="Rivals"/> says of it.
    /// </summary>
    /// <exception cref="FaultException">The cluster serves no such kind (KindNotFound), or could not be asked.</exception>
    public ValueTask<ResourceKind> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (Fresh(Volatile.Read(ref _memory)) is { } memory && memory.Find(text) is { } known)
            return new(known);
        if (KindName.Find(text, BuiltInKinds.All) is { } builtIn)
            return new(builtIn);
        return new(ResolveSlowlyAsync(text, cancellationToken));
    }

    /// <summary>
    /// What <paramref name="text"/> could mean as well on this cluster, as far as is known without network. Kinds that all servers have
    /// have none: whoever says pods means pods, whatever else is called so.
    /// </summary>
    public IReadOnlyList<ResourceKind> Rivals(string text, ResourceKind taken) =>
        KindName.Find(text, BuiltInKinds.All) is null && (Remembered() ?? Volatile.Read(ref _memory)) is { } known ? KindName.Rivals(text, taken, known.Snapshot.Kinds) : [];

    /// <summary>All kinds of the cluster; asked for anew when <paramref name="refresh"/> is set or nothing recent is known.</summary>
    public async Task<DiscoverySnapshot> GetAllAsync(bool refresh, CancellationToken cancellationToken) =>
        (refresh ? null : Remembered()?.Snapshot) ?? await _server.RunAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Looks for a kind in what the server serves now, or served within <paramref name="age"/>; null when it is not there.</summary>
    /// <exception cref="FaultException">The server could not be asked.</exception>
    public async Task<ResourceKind?> FindAnewAsync(string text, TimeSpan age, CancellationToken cancellationToken)
    {
        var memory = Volatile.Read(ref _memory)?.Snapshot;
        var snapshot = memory is not null && _time.GetUtcNow() - memory.FetchedAt < age ? memory : await _server.RunAsync(cancellationToken).ConfigureAwait(false);
        if (KindName.FindServed(text, snapshot.Kinds) is not { } kind)
            return snapshot.Failure is { } failure ? throw new FaultException(failure) : null;
        _unknown.TryRemove(text, out _);
        return kind;
    }

    private async Task<ResourceKind> ResolveSlowlyAsync(string text, CancellationToken cancellationToken)
    {
        if (Remembered() is { } remembered && remembered.Find(text) is { } known)
            return known;
        if (_unknown.TryGetValue(text, out var unknown) && _time.GetUtcNow() < unknown.Until)
            throw new FaultException(unknown.Fault);

        var snapshot = await _server.RunAsync(cancellationToken).ConfigureAwait(false);
        if (KindName.FindServed(text, snapshot.Kinds) is { } served)
            return served;
        if (snapshot.Failure is { } failure)
            throw new FaultException(failure); // the kind may well be in the half that did not answer
        var fault = NotServed(text, snapshot);
        if (_unknown.Count >= MaxUnknown)
            _unknown.Clear();
        _unknown[text] = new(fault, _time.GetUtcNow() + UnknownLifetime);
        throw new FaultException(fault);
    }

    private async Task<DiscoverySnapshot> FetchAsync(DiscoveryClient client, CancellationToken cancellationToken)
    {
        var snapshot = await client.FetchAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot.Failure is null)
        {
            Volatile.Write(ref _memory, new(snapshot));
            _disk?.Write(_diskKey, snapshot);
        }

        return snapshot;
    }

    private KindIndex? Remembered()
    {
        var memory = Volatile.Read(ref _memory);
        if (Fresh(memory) is not null)
            return memory;
        if (_disk?.Read(_diskKey) is not { } kept)
            return null;
        var index = new KindIndex(kept);
        Interlocked.CompareExchange(ref _memory, index, memory); // what the server answered meanwhile is newer
        return index;
    }

    private KindIndex? Fresh(KindIndex? index) =>
        index is not null && _time.GetUtcNow() - index.Snapshot.FetchedAt < DiscoveryDiskCache.Lifetime ? index : null;

    /// <summary>The fault of a kind that is not served, with those that may have been meant.</summary>
    public static Fault NotServed(string text, DiscoverySnapshot snapshot)
    {
        IReadOnlyList<string> near = KindName.Abbreviated(text, snapshot.Kinds) is { Count: > 0 } groups ? [.. groups.Select(static kind => kind.Resource)] : NearKinds.Of(text, snapshot.Kinds);
        var advice = near.Count == 0 ? "" : $"Did you mean {string.Join(" or ", near)}? ";
        advice += "Get-KubeApiResource lists the kinds that the cluster serves.";
        if (snapshot.Notices.Count > 0)
            advice += $" Not all of its API groups answered: {string.Join("; ", snapshot.Notices)}.";
        return new() { Phase = FaultPhase.KindNotFound, Detail = $"the cluster serves no kind \"{text}\"", Advice = advice };
    }

    private sealed record Unknown(Fault Fault, DateTimeOffset Until);
}

/// <summary>A snapshot and the names that have been looked up in it: a pipeline asks for the same few kinds again and again.</summary>
internal sealed class KindIndex(DiscoverySnapshot snapshot)
{
    private readonly ConcurrentDictionary<string, ResourceKind> _found = new(StringComparer.OrdinalIgnoreCase);

    public DiscoverySnapshot Snapshot => snapshot;

    /// <summary>The kind that <paramref name="text"/> means, or null.</summary>
    public ResourceKind? Find(string text)
    {
        if (_found.TryGetValue(text, out var known))
            return known;
        var kind = KindName.FindServed(text, snapshot.Kinds);
        return kind is null ? null : _found.GetOrAdd(text, kind);
    }
}
