namespace MultiCluster.Sandbox.Objects;

/// <summary>Old versions of kinds, for the continue tokens that name them.</summary>
internal sealed class KeptSnapshots
{
    private const int Most = 256;

    private readonly Dictionary<(ResourceKind Kind, long Version), StoredObject[]> _items = [];
    private readonly Queue<(ResourceKind Kind, long Version)> _order = [];

    public void Keep(ResourceKind kind, long version, StoredObject[] items)
    {
        if (!_items.TryAdd((kind, version), items)) return;
        _order.Enqueue((kind, version));
        if (_order.Count > Most) _items.Remove(_order.Dequeue());
    }

    public StoredObject[]? Find(ResourceKind kind, long version) => _items.GetValueOrDefault((kind, version));

    public void Clear()
    {
        _items.Clear();
        _order.Clear();
    }
}
