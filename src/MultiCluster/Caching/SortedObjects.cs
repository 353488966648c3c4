using MultiCluster.Objects;

namespace MultiCluster.Caching;

/// <summary>Objects of one kind in the API's order: by namespace, then by name, byte for byte. Not safe for concurrent use.</summary>
internal sealed class SortedObjects
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, string> _namespaces = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The bytes of their JSON.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds an object, or takes it in the place of the one that bore its name.</summary>
    public void Put(KubeObject item)
    {
        var (ns, name) = (item.Namespace ?? "", item.Name);
        var at = At(ns, name);
        Bytes += item.Size;
        if (at >= 0)
        {
            Bytes -= _entries[at].Object.Size;
            _entries[at] = _entries[at] with { Object = item };
            return;
        }

        if (!_namespaces.TryGetValue(ns, out var kept)) // one text for all objects of a namespace
            _namespaces[ns] = kept = ns;
        _entries.Insert(~at, new Entry(kept, name, item));
    }

    /// <summary>Removes what bears its name.</summary>
    public void Remove(KubeObject item)
    {
        var at = At(item.Namespace ?? "", item.Name);
        if (at < 0)
            return;
        Bytes -= _entries[at].Object.Size;
        _entries.RemoveAt(at);
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _entries.TrimExcess();
        _namespaces.Clear();
        Bytes = 0;
    }

    /// <summary>The object of that name, or null.</summary>
    public KubeObject? Find(string ns, string name) => At(ns, name) is var at and >= 0 ? _entries[at].Object : null;

    /// <summary>Those of a namespace, or with null all.</summary>
    public KubeObject[] In(string? ns)
    {
        var start = ns is null ? 0 : ~At(ns, "");
        var end = start;
        if (ns is null)
            end = _entries.Count;
        else
            while (end < _entries.Count && _entries[end].Namespace == ns)
                end++;
        var found = new KubeObject[end - start];
        for (var i = 0; i < found.Length; i++)
            found[i] = _entries[start + i].Object;
        return found;
    }

    /// <summary>Where it is; the complement of where it would be when it is not there.</summary>
    private int At(string ns, string name)
    {
        if (_entries.Count > 0 && Compare(_entries[^1], ns, name) < 0)
            return ~_entries.Count; // a list comes in order
        int low = 0, high = _entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Compare(_entries[middle], ns, name);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    private static int Compare(in Entry entry, string ns, string name)
    {
        var order = string.CompareOrdinal(entry.Namespace, ns);
        return order != 0 ? order : string.CompareOrdinal(entry.Name, name);
    }

    private readonly record struct Entry(string Namespace, string Name, KubeObject Object);
}
