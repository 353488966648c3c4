using MultiCluster.Objects;

namespace MultiCluster.Api.Watches;

/// <summary>
/// The objects that a watch has seen and that are still there, each in its last version, and what an object that comes in means by
/// comparison: new, changed, recreated under its name, or nothing at all.
/// </summary>
/// <param name="keepsObjects">False to keep versions only: then what is missing from a list is forgotten without a Deleted, and changes name no previous object.</param>
internal sealed class KnownObjects(bool keepsObjects)
{
    /// <summary>How many deleted objects are remembered, so that what comes late of them does not bring them back.</summary>
    private const int RememberedDeletions = 1000;

    private readonly Dictionary<(string Namespace, string Name), Entry> _entries = [];
    private readonly Dictionary<string, string?> _deleted = new(StringComparer.Ordinal);
    private readonly Queue<string> _deletions = new();
    private int _pass;

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>A list begins: what it does not bring is gone at its end.</summary>
    public void BeginPass()
    {
        _pass++;
        _deleted.Clear(); // a list is the truth, be it older than what was known, as after an etcd was restored
        _deletions.Clear();
    }

    /// <summary>An object of a list.</summary>
    public void Listed(KubeObject now, bool initial, List<WatchOutput> outputs) => Put(now, isTruth: true, initial, outputs);

    /// <summary>An object that an event calls added or modified.</summary>
    public void Changed(KubeObject now, List<WatchOutput> outputs)
    {
        // An object may come back under its uid: it fits the selectors again, in a later version.
        if (now.Uid is { } uid && _deleted.TryGetValue(uid, out var last) && (now.ResourceVersion == last || WatchVersion.IsOlder(now.ResourceVersion, last)))
            return;
        Put(now, isTruth: false, initial: false, outputs);
    }

    /// <summary>An object that an event calls deleted.</summary>
    public void Deleted(KubeObject last, List<WatchOutput> outputs)
    {
        var key = KeyOf(last);
        if (!_entries.TryGetValue(key, out var known) || known.Uid != last.Uid || WatchVersion.IsOlder(last.ResourceVersion, known.Version))
            return;
        _entries.Remove(key);
        Remember(known.Uid, last.ResourceVersion);
        outputs.Add(new WatchChange(WatchEventType.Deleted, last, known.Object, Initial: false));
    }

    /// <summary>The list is complete: what it did not bring is gone.</summary>
    public void EndPass(bool initial, List<WatchOutput> outputs)
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Pass != _pass)
                Lose(key, entry, initial, outputs);
        }
    }

    /// <summary>Everything is gone.</summary>
    public void Clear(List<WatchOutput> outputs)
    {
        foreach (var (key, entry) in _entries)
            Lose(key, entry, initial: false, outputs);
    }

    private void Put(KubeObject now, bool isTruth, bool initial, List<WatchOutput> outputs)
    {
        var key = KeyOf(now);
        if (!_entries.TryGetValue(key, out var known))
        {
            outputs.Add(new WatchChange(WatchEventType.Added, now, null, initial));
        }
        else if ((known.Uid == now.Uid && known.Version == now.ResourceVersion) || (!isTruth && WatchVersion.IsOlder(now.ResourceVersion, known.Version)))
        {
            known.Pass = _pass;
            return;
        }
        else if (known.Uid == now.Uid)
        {
            outputs.Add(new WatchChange(WatchEventType.Modified, now, known.Object, initial));
        }
        else
        {
            Lose(key, known, initial, outputs);
            outputs.Add(new WatchChange(WatchEventType.Added, now, null, initial));
        }

        _entries[key] = new Entry(now.Uid, now.ResourceVersion, keepsObjects ? now : null) { Pass = _pass };
    }

    private void Lose((string, string) key, Entry entry, bool initial, List<WatchOutput> outputs)
    {
        _entries.Remove(key);
        Remember(entry.Uid, entry.Version);
        if (entry.Object is { } last)
            outputs.Add(new WatchChange(WatchEventType.Deleted, last, last, initial));
    }

    private void Remember(string? uid, string? version)
    {
        if (uid is null)
            return;
        if (_deleted.TryAdd(uid, version))
            _deletions.Enqueue(uid);
        else
            _deleted[uid] = version;
        if (_deletions.Count > RememberedDeletions)
            _deleted.Remove(_deletions.Dequeue());
    }

    private static (string Namespace, string Name) KeyOf(KubeObject item) => (item.Namespace ?? "", item.Name);

    private sealed class Entry(string? uid, string? version, KubeObject? item)
    {
        public string? Uid => uid;

        public string? Version => version;

        public KubeObject? Object => item;

        /// <summary>The last list that brought it, or in which it was changed.</summary>
        public int Pass { get; set; }
    }
}
