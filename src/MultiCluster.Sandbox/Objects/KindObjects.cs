namespace MultiCluster.Sandbox.Objects;

/// <summary>
/// The objects of one kind and the latest writes to it. The objects are an array in etcd's order that a write replaces. Writers hold the
/// store's lock.
/// </summary>
internal sealed class KindObjects(WriteLog log)
{
    public StoredObject[] Items { get; private set; } = [];

    public WriteLog Log { get; } = log;

    /// <summary>Where an object is, or the complement of where it would be.</summary>
    public int IndexOf(string key)
    {
        int low = 0, high = Items.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Items[middle].Key, key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    /// <summary>Stores a new object (at the complement of an index) or another version of one.</summary>
    public StoredWrite Put(int at, StoredObject stored)
    {
        var previous = at < 0 ? null : Items[at];
        if (previous is null)
        {
            Items = [.. Items.AsSpan(0, ~at), stored, .. Items.AsSpan(~at)];
        }
        else
        {
            var items = Items.ToArray();
            items[at] = stored;
            Items = items;
        }
        var written = new StoredWrite(stored.ResourceVersion, stored, previous);
        Log.Append(written);
        return written;
    }

    public StoredWrite Remove(int at, long version)
    {
        var previous = Items[at];
        Items = [.. Items.AsSpan(0, at), .. Items.AsSpan(at + 1)];
        var written = new StoredWrite(version, null, previous);
        Log.Append(written);
        return written;
    }

    /// <summary>Adds generated objects, without events.</summary>
    public void Fill(IEnumerable<StoredObject> objects)
    {
        StoredObject[] items = [.. Items, .. objects];
        Array.Sort(items, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        Items = items;
    }
}
