using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Relations.Rules;
using MultiCluster.Resources;

namespace MultiCluster.Relations.Following;

/// <summary>
/// The objects of one cluster that a call looks at: each list and each object is asked for once, and only by its metadata where no rule reads
/// more of its kind. What may not be read is remembered, and the rest goes on.
/// </summary>
internal sealed class RelationObjects(ClusterConnection connection, CallContext call, CancellationToken cancellationToken)
{
    /// <summary>Objects of one list that are looked at.</summary>
    private const int MostOfList = 5000;

    private readonly ConcurrentDictionary<(KindKey Kind, string? Namespace, Narrowing Narrowing), Lazy<Task<IReadOnlyList<KubeObject>?>>> _lists = new();
    private readonly ConcurrentDictionary<(KindKey Kind, string? Namespace, string Name), Lazy<Task<Found>>> _objects = new();
    private readonly ConcurrentDictionary<string, bool> _forbidden = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _cut = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly Lazy<Task<Dictionary<KindKey, ResourceKind>>> _kinds = new(() => KindsAsync(connection, cancellationToken));

    /// <summary>Kinds that may not be listed.</summary>
    public IReadOnlyList<string> Forbidden => [.. _forbidden.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Lists of which only a part was looked at.</summary>
    public IReadOnlyList<string> Cut => [.. _cut.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What else went wrong.</summary>
    public IEnumerable<Fault> Faults => _faults;

    /// <summary>The objects of a kind in a namespace, or with null in the whole cluster; null where they cannot be read.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="narrowing">What is enough: where all have been read already, they are all.</param>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public Task<IReadOnlyList<KubeObject>?> ListAsync(KindKey kind, string? ns, Narrowing narrowing = default)
    {
        if (narrowing != default && _lists.TryGetValue((kind, ns, default), out var all) && all is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { Count: < MostOfList } } whole })
            return whole;
        return _lists.GetOrAdd((kind, ns, narrowing), key => new(() => ReadListAsync(key.Kind, key.Namespace, key.Narrowing))).Value;
    }

    /// <summary>The object that something names.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public Task<Found> FindAsync(KindKey kind, string? ns, string name) =>
        _objects.GetOrAdd((kind, ns, name), key => new(() => ReadAsync(key.Kind, key.Namespace, key.Name))).Value;

    private async Task<IReadOnlyList<KubeObject>?> ReadListAsync(KindKey key, string? ns, Narrowing narrowing)
    {
        if (!(await _kinds.Value.ConfigureAwait(false)).TryGetValue(key, out var kind))
            return null; // nobody has any where the kind is not served
        try
        {
            var all = new List<KubeObject>();
            var list = new ListQuery { Namespace = kind.Namespaced ? ns : null, LabelSelector = narrowing.Labels, FieldSelector = narrowing.Fields, MetadataOnly = !RelationRules.Read(key), First = MostOfList };
            await foreach (var piece in connection.Session.Objects.ListAsync(kind, list, call, cancellationToken).ConfigureAwait(false))
                all.AddRange(piece);
            if (all.Count >= MostOfList)
                _cut[$"{kind.Resource}{(ns is null ? "" : $" of namespace {ns}")}"] = true;
            return all;
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            if (e.Fault.Phase == FaultPhase.Forbidden)
                _forbidden[kind.Resource] = true;
            else
                _faults.Enqueue(e.Fault);
            return null;
        }
    }

    private async Task<Found> ReadAsync(KindKey key, string? ns, string name)
    {
        var kinds = await _kinds.Value.ConfigureAwait(false);

        // Names of others go into an address here: none may lead out of its place.
        if (!kinds.TryGetValue(key, out var kind) || !ResourceName.IsValid(name) || (kind.Namespaced && (ns is null || !ResourceName.IsValidNamespace(ns))))
            return new(null, RelationState.Missing);
        if (_lists.TryGetValue((key, ns, default), out var list) && list is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } read } && await read.ConfigureAwait(false) is { } all
            && all.FirstOrDefault(one => one.Name == name) is { } listed)
        {
            return new(listed, RelationState.Found);
        }

        try
        {
            return new(
                await connection.Session.Objects.GetAsync(kind, kind.Namespaced ? ns : null, name, !RelationRules.Read(key), call, cancellationToken).ConfigureAwait(false),
                RelationState.Found);
        }
        catch (FaultException e) when (e.Fault.Phase is FaultPhase.NotFound or FaultPhase.KindNotFound)
        {
            return new(null, RelationState.Missing);
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            if (e.Fault.Phase != FaultPhase.Forbidden)
                _faults.Enqueue(e.Fault);
            return new(null, RelationState.Unread);
        }
    }

    /// <summary>What the cluster serves, each kind in the version that it prefers.</summary>
    private static async Task<Dictionary<KindKey, ResourceKind>> KindsAsync(ClusterConnection connection, CancellationToken cancellationToken)
    {
        var served = await connection.Session.Kinds.GetAllAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        var kinds = new Dictionary<KindKey, ResourceKind>();
        foreach (var kind in served.Kinds)
            kinds.TryAdd(new(kind.Group, kind.Kind), kind);
        return kinds;
    }

    /// <summary>What the server is to select by, so that of a large cluster all are seen that matter.</summary>
    /// <param name="Labels">A label selector, or null.</param>
    /// <param name="Fields">A field selector, or null.</param>
    internal readonly record struct Narrowing(string? Labels = null, string? Fields = null);

    /// <summary>An object, and what is known of it.</summary>
    internal readonly record struct Found(KubeObject? Item, RelationState State);
}
