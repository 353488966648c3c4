using System.Globalization;
using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Objects;

/// <summary>
/// One cluster's objects. Each kind's objects are an array that a write replaces, so that a reader's array is a consistent snapshot of its
/// resourceVersion. Safe for concurrent use.
/// </summary>
public sealed class ClusterStore
{
    private readonly Lock _lock = new();
    private readonly Func<Guid> _newUid;
    private readonly Dictionary<ResourceKind, KindObjects> _objects = [];
    private readonly KeptSnapshots _snapshots = new();
    private long _resourceVersion = 100;
    private long _oldest = 100;

    internal ClusterStore(TimeProvider time, Func<Guid> newUid, PolicyVersions policy)
    {
        Kinds = new KindRegistry(policy);
        Time = time;
        _newUid = newUid;
        Kinds.Removed += EndWatches;
    }

    /// <summary>The kinds this cluster serves.</summary>
    public KindRegistry Kinds { get; }

    /// <summary>How watches of this cluster are served.</summary>
    public WatchSettings Watches { get; } = new();

    /// <summary>The cluster's clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Who follows the writes; null for nobody.</summary>
    internal IWriteObserver? Observer { get; set; }

    /// <summary>Begins to follow the writes; what is there is looked at before the first of them.</summary>
    internal void Follow(IWriteObserver observer, Action look)
    {
        lock (_lock)
        {
            look();
            Observer = observer;
        }
    }

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
    public IReadOnlyList<StoredObject> List(string plural, string? ns = null)
    {
        var kind = Kinds.Named(plural);
        return [.. Snapshot(kind).Items.Where(o => ns is null || o.Namespace == ns).Select(o => o.As(kind))];
    }

    /// <summary>How many objects of a kind there are.</summary>
    public int Count(string plural) => Snapshot(Kinds.Named(plural)).Items.Length;

    /// <summary>Forgets old versions, as etcd's compaction does: continue tokens given out so far answer 410, and so do watches from before now.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _snapshots.Clear();
            ForgetWrites();
        }
    }

    internal (long Version, StoredObject[] Items) Snapshot(ResourceKind kind)
    {
        lock (_lock) return (_resourceVersion, Of(kind).Items);
    }

    /// <summary>Begins a watch: a cursor for what is written after a version, or (null) after the snapshot that comes with it.</summary>
    /// <returns>No cursor when the version is too old; then <c>Version</c> is the oldest there is.</returns>
    internal (long Version, StoredObject[] Items, WriteCursor? Writes) Watch(ResourceKind kind, long? after)
    {
        lock (_lock)
        {
            var objects = Of(kind);
            var writes = objects.Log.Open(after ?? _resourceVersion);
            return (writes is null ? objects.Log.Oldest : _resourceVersion, objects.Items, writes);
        }
    }

    /// <summary>The version up to which a watcher has read everything.</summary>
    internal long VersionSeen(WriteCursor writes)
    {
        lock (_lock) return writes.IsAtEnd ? _resourceVersion : writes.Version;
    }

    /// <summary>Keeps a snapshot for the continue token that names its version.</summary>
    internal void Keep(ResourceKind kind, long version, StoredObject[] items)
    {
        lock (_lock) _snapshots.Keep(kind, version, items);
    }

    internal StoredObject[]? Kept(ResourceKind kind, long version)
    {
        lock (_lock) return _snapshots.Find(kind, version);
    }

    internal StoredObject? Find(ResourceKind kind, string ns, string name)
    {
        lock (_lock)
        {
            var objects = Of(kind);
            var at = objects.IndexOf(StoredObject.KeyOf(ns, name));
            return at >= 0 ? objects.Items[at].As(kind) : null;
        }
    }

    /// <summary>Null when there is an object of that name. With a dry run nothing is stored.</summary>
    internal StoredObject? TryAdd(ResourceKind kind, JsonObject json, bool dryRun = false)
    {
        using var told = new Telling(this);
        json = Stored(kind, json);
        lock (_lock)
        {
            var (ns, name) = NameOf(kind, json);
            var objects = Of(kind);
            var at = objects.IndexOf(StoredObject.KeyOf(ns, name));
            if (at >= 0) return null;
            var metadata = json["metadata"]!.AsObject();
            metadata["uid"] ??= _newUid().ToString();
            metadata["creationTimestamp"] ??= Timestamp.Of(Time.GetUtcNow());
            if (dryRun) return Unversioned(kind, json);
            var stored = Encode(kind.Stored, json, ns, name, Interlocked.Increment(ref _resourceVersion));
            Tell(objects.Put(at, stored));
            if (IsDefinition(kind)) Kinds.Define(json);
            return stored.As(kind);
        }
    }

    /// <summary>Null when there is no such object. Throws <see cref="StaleObjectException"/> when it does not have the version expected.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="json">The object.</param>
    /// <param name="expectedVersion">The version that it must have; null for any.</param>
    internal StoredObject? TryReplace(ResourceKind kind, JsonObject json, long? expectedVersion = null)
    {
        using var told = new Telling(this);
        json = Stored(kind, json);
        lock (_lock)
        {
            var (ns, name) = NameOf(kind, json);
            var objects = Of(kind);
            var at = objects.IndexOf(StoredObject.KeyOf(ns, name));
            if (at < 0) return null;
            var old = objects.Items[at];
            if (expectedVersion is { } expected && expected != old.ResourceVersion) throw new StaleObjectException();
            var metadata = json["metadata"]!.AsObject();
            metadata["uid"] = old.Uid;
            metadata["creationTimestamp"] ??= old.ToJson()["metadata"]!["creationTimestamp"]?.DeepClone();
            var stored = Encode(kind.Stored, json, ns, name, Interlocked.Increment(ref _resourceVersion));
            Tell(objects.Put(at, stored));
            if (IsDefinition(kind)) Kinds.Define(json);
            return stored.As(kind);
        }
    }

    /// <summary>Stores an object, new or not, whose bytes are made for its version.</summary>
    internal StoredObject Put(ResourceKind kind, string ns, string name, string uid, Func<long, byte[]> encode)
    {
        using var told = new Telling(this);
        lock (_lock)
        {
            var version = Interlocked.Increment(ref _resourceVersion);
            var stored = new StoredObject(kind, ns, name, uid, version, encode(version));
            var objects = Of(kind);
            Tell(objects.Put(objects.IndexOf(stored.Key), stored));
            return stored;
        }
    }

    /// <summary>Null when there is no such object, or it is another one of the name.</summary>
    internal StoredObject? TryRemove(ResourceKind kind, string ns, string name, string? uid = null)
    {
        using var told = new Telling(this);
        lock (_lock)
        {
            var objects = Of(kind);
            var at = objects.IndexOf(StoredObject.KeyOf(ns, name));
            if (at < 0) return null;
            var removed = objects.Items[at];
            if (uid is not null && uid != removed.Uid) return null;
            if (IsDefinition(kind)) RemoveDefined(removed);
            Tell(objects.Remove(at, Interlocked.Increment(ref _resourceVersion)));
            return removed.As(kind);
        }
    }

    /// <summary>Stores generated objects at once, without events: a watch cannot begin before them.</summary>
    internal void Fill(IEnumerable<StoredObject> objects, long resourceVersion)
    {
        lock (_lock)
        {
            Interlocked.Exchange(ref _resourceVersion, Math.Max(_resourceVersion, resourceVersion));
            foreach (var group in objects.GroupBy(o => o.Kind))
            {
                Of(group.Key).Fill(group);
                if (IsDefinition(group.Key))
                    foreach (var definition in group) Kinds.Define(definition.ToJson());
            }
            ForgetWrites();
        }
    }

    /// <summary>An object as it would be stored.</summary>
    internal static StoredObject Preview(ResourceKind kind, JsonObject json, long version)
    {
        json = Stored(kind, json.DeepClone().AsObject());
        var (ns, name) = NameOf(kind, json);
        return Encode(kind.Stored, json, ns, name, version).As(kind);
    }

    private void ForgetWrites()
    {
        _oldest = _resourceVersion;
        foreach (var objects in _objects.Values) objects.Log.Compact(_oldest);
    }

    // A server deletes a definition's objects first, then ends their watches.
    private void RemoveDefined(StoredObject definition)
    {
        var kind = CustomKind.Read(definition.ToJson());
        var objects = Of(kind);
        while (objects.Items.Length > 0) Tell(objects.Remove(objects.Items.Length - 1, Interlocked.Increment(ref _resourceVersion)));
        Kinds.Undefine(kind);
    }

    private void EndWatches(ResourceKind kind)
    {
        lock (_lock)
        {
            if (!_objects.TryGetValue(kind.Stored, out var objects)) return;
            objects.Log.Close();
            var kept = new KindObjects(new WriteLog(_resourceVersion, Watches));
            kept.Fill(objects.Items);
            _objects[kind.Stored] = kept;
        }
    }

    private KindObjects Of(ResourceKind kind)
    {
        if (!_objects.TryGetValue(kind.Stored, out var objects))
            _objects[kind.Stored] = objects = new KindObjects(new WriteLog(_oldest, Watches));
        return objects;
    }

    private static StoredObject Encode(ResourceKind kind, JsonObject json, string ns, string name, long version)
    {
        var metadata = json["metadata"]!.AsObject();
        metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        return new StoredObject(kind, ns, name, metadata["uid"]!.ToString(), version, ObjectEncoder.Encode(kind, json));
    }

    // What is not stored has no version.
    private static StoredObject Unversioned(ResourceKind kind, JsonObject json)
    {
        json["metadata"]!.AsObject().Remove("resourceVersion");
        var (ns, name) = NameOf(kind, json);
        return new StoredObject(kind.Stored, ns, name, json["metadata"]!["uid"]!.ToString(), 0, ObjectEncoder.Encode(kind.Stored, json)).As(kind);
    }

    private static JsonObject Stored(ResourceKind kind, JsonObject json) => kind.StoredAs is null ? json : EventView.ToCore(json);

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

    private void Tell(StoredWrite written) => Observer?.OnWrite(written);

    /// <summary>Lets the observer act once the lock is left, on every way out.</summary>
    private readonly ref struct Telling(ClusterStore store)
    {
        public void Dispose() => store.Observer?.AfterWrite();
    }
}

/// <summary>The object has another resourceVersion than the writer read.</summary>
internal sealed class StaleObjectException : Exception;
