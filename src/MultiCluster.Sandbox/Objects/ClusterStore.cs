using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>
/// One cluster's objects. Each kind's objects are an array in etcd's order that a write replaces, so that a reader's array is a
/// consistent snapshot of its resourceVersion. Safe for concurrent use.
/// </summary>
public sealed class ClusterStore
{
    private const int KeptSnapshots = 256;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Func<Guid> _newUid;
    private readonly Dictionary<ResourceKind, StoredObject[]> _objects = [];
    private readonly Dictionary<(ResourceKind Kind, long Version), StoredObject[]> _snapshots = [];
    private readonly Queue<(ResourceKind Kind, long Version)> _snapshotOrder = [];
    private long _resourceVersion = 100;

    internal ClusterStore(TimeProvider time, Func<Guid> newUid)
    {
        _time = time;
        _newUid = newUid;
    }

    /// <summary>The kinds this cluster serves.</summary>
    public KindRegistry Kinds { get; } = new();

    /// <summary>The version of the last write.</summary>
    public long ResourceVersion => Interlocked.Read(ref _resourceVersion);

    /// <summary>Stores a new object; <c>uid</c>, <c>creationTimestamp</c> and <c>resourceVersion</c> are given to it where it has none.</summary>
    /// <exception cref="ArgumentException">The cluster does not serve its kind.</exception>
    /// <exception cref="InvalidOperationException">There is an object of that name.</exception>
    public StoredObject Add(JsonObject json) =>
        TryAdd(KindOf(json), json) ?? throw new InvalidOperationException($"{json["kind"]} {json["metadata"]?["name"]} already exists.");

    /// <inheritdoc cref="Add(JsonObject)"/>
    public StoredObject Add(string json) => Add(Parse(json));

    /// <summary>Stores an object in place of the one with its kind, namespace and name.</summary>
    /// <exception cref="InvalidOperationException">There is no object of that name.</exception>
    public StoredObject Replace(JsonObject json) =>
        TryReplace(KindOf(json), json) ?? throw new InvalidOperationException($"{json["kind"]} {json["metadata"]?["name"]} not found.");

    /// <inheritdoc cref="Replace(JsonObject)"/>
    public StoredObject Replace(string json) => Replace(Parse(json));

    /// <summary>Removes an object; false when there is none.</summary>
    /// <param name="plural">Its kind: <c>pods</c> or <c>deployments.apps</c>.</param>
    /// <param name="ns">Its namespace; null or empty for a cluster-scoped object.</param>
    /// <param name="name">Its name.</param>
    public bool Remove(string plural, string? ns, string name) => TryRemove(Kinds.Named(plural), ns ?? "", name) is not null;

    /// <summary>An object, or null.</summary>
    public StoredObject? Find(string plural, string? ns, string name) => Find(Kinds.Named(plural), ns ?? "", name);

    /// <summary>The objects of a kind, in the API's order.</summary>
    public IReadOnlyList<StoredObject> List(string plural, string? ns = null) => [.. Snapshot(Kinds.Named(plural)).Items.Where(o => ns is null || o.Namespace == ns)];

    /// <summary>How many objects of a kind there are.</summary>
    public int Count(string plural) => Snapshot(Kinds.Named(plural)).Items.Length;

    /// <summary>Forgets old versions, as etcd's compaction does: continue tokens given out so far answer 410.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _snapshots.Clear();
            _snapshotOrder.Clear();
        }
    }

    internal (long Version, StoredObject[] Items) Snapshot(ResourceKind kind)
    {
        lock (_lock) return (_resourceVersion, Items(kind));
    }

    /// <summary>Keeps a snapshot for the continue token that names its version.</summary>
    internal void Keep(ResourceKind kind, long version, StoredObject[] items)
    {
        lock (_lock)
        {
            if (!_snapshots.TryAdd((kind, version), items)) return;
            _snapshotOrder.Enqueue((kind, version));
            if (_snapshotOrder.Count > KeptSnapshots) _snapshots.Remove(_snapshotOrder.Dequeue());
        }
    }

    internal StoredObject[]? Kept(ResourceKind kind, long version)
    {
        lock (_lock) return _snapshots.GetValueOrDefault((kind, version));
    }

    internal StoredObject? Find(ResourceKind kind, string ns, string name)
    {
        var items = Snapshot(kind).Items;
        var at = IndexOf(items, StoredObject.KeyOf(ns, name));
        return at >= 0 ? items[at] : null;
    }

    internal StoredObject? TryAdd(ResourceKind kind, JsonObject json)
    {
        lock (_lock)
        {
            var (ns, name) = NameOf(kind, json);
            var items = Items(kind);
            var at = IndexOf(items, StoredObject.KeyOf(ns, name));
            if (at >= 0) return null;
            var metadata = json["metadata"]!.AsObject();
            metadata["uid"] ??= _newUid().ToString();
            metadata["creationTimestamp"] ??= Timestamp.Of(_time.GetUtcNow());
            var stored = Encode(kind, json, ns, name);
            _objects[kind] = [.. items.AsSpan(0, ~at), stored, .. items.AsSpan(~at)];
            if (IsDefinition(kind)) Kinds.Define(json);
            return stored;
        }
    }

    /// <summary>Null when there is no such object. Throws <see cref="StaleObjectException"/> when it does not have the version expected.</summary>
    internal StoredObject? TryReplace(ResourceKind kind, JsonObject json, string? expectedVersion = null)
    {
        lock (_lock)
        {
            var (ns, name) = NameOf(kind, json);
            var items = Items(kind);
            var at = IndexOf(items, StoredObject.KeyOf(ns, name));
            if (at < 0) return null;
            var old = items[at];
            if (expectedVersion is not null && expectedVersion != old.ResourceVersion.ToString(Timestamp.Culture)) throw new StaleObjectException();
            var metadata = json["metadata"]!.AsObject();
            metadata["uid"] = old.Uid;
            metadata["creationTimestamp"] ??= old.ToJson()["metadata"]!["creationTimestamp"]?.DeepClone();
            var stored = Encode(kind, json, ns, name);
            var copy = items.ToArray();
            copy[at] = stored;
            _objects[kind] = copy;
            if (IsDefinition(kind)) Kinds.Define(json);
            return stored;
        }
    }

    internal StoredObject? TryRemove(ResourceKind kind, string ns, string name)
    {
        lock (_lock)
        {
            var items = Items(kind);
            var at = IndexOf(items, StoredObject.KeyOf(ns, name));
            if (at < 0) return null;
            _objects[kind] = [.. items.AsSpan(0, at), .. items.AsSpan(at + 1)];
            Interlocked.Increment(ref _resourceVersion);
            if (IsDefinition(kind) && Kinds.Undefine(items[at].ToJson()) is { } custom) _objects.Remove(custom);
            return items[at];
        }
    }

    /// <summary>Stores generated objects at once.</summary>
    internal void Fill(IEnumerable<StoredObject> objects, long resourceVersion)
    {
        lock (_lock)
        {
            foreach (var group in objects.GroupBy(o => o.Kind))
            {
                StoredObject[] all = [.. Items(group.Key), .. group];
                Array.Sort(all, (a, b) => string.CompareOrdinal(a.Key, b.Key));
                _objects[group.Key] = all;
                if (IsDefinition(group.Key))
                    foreach (var definition in group) Kinds.Define(definition.ToJson());
            }
            Interlocked.Exchange(ref _resourceVersion, Math.Max(_resourceVersion, resourceVersion));
        }
    }

    private StoredObject Encode(ResourceKind kind, JsonObject json, string ns, string name)
    {
        var version = Interlocked.Increment(ref _resourceVersion);
        var metadata = json["metadata"]!.AsObject();
        metadata["resourceVersion"] = version.ToString(Timestamp.Culture);
        return new StoredObject(kind, ns, name, metadata["uid"]!.ToString(), version, ObjectEncoder.Encode(kind, json));
    }

    private StoredObject[] Items(ResourceKind kind) => _objects.GetValueOrDefault(kind) ?? [];

    private ResourceKind KindOf(JsonObject json) =>
        Kinds.FindByObject(json["apiVersion"]?.ToString() ?? "", json["kind"]?.ToString() ?? "")
        ?? throw new ArgumentException($"This cluster does not serve {json["apiVersion"]} {json["kind"]}.", nameof(json));

    private static (string Namespace, string Name) NameOf(ResourceKind kind, JsonObject json)
    {
        if (json["metadata"] is not JsonObject metadata || metadata["name"]?.ToString() is not { Length: > 0 } name)
            throw new ArgumentException("An object needs metadata.name.", nameof(json));
        if (!kind.Namespaced) return ("", name);
        metadata["namespace"] ??= "default";
        return (metadata["namespace"]!.ToString(), name);
    }

    private static bool IsDefinition(ResourceKind kind) => kind.Kind == "CustomResourceDefinition" && !kind.IsCustom;

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static int IndexOf(StoredObject[] items, string key)
    {
        int low = 0, high = items.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(items[middle].Key, key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
