using MultiCluster.Clusters;

namespace MultiCluster.Picking;

/// <summary>Which items are ticked. Every name has one tick at most, and while an item holds it, the others of that name cannot have it.</summary>
internal sealed class PickTicks
{
    private readonly IReadOnlyList<PickItem> _items;
    private readonly Dictionary<string, int> _holders = new(StringComparer.Ordinal);

    public PickTicks(IReadOnlyList<PickItem> items)
    {
        _items = items;
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index].Ticked)
                TryTick(index);
        }
    }

    public int Count => _holders.Count;

    /// <summary>The ticked items, in the order of the list.</summary>
    public IReadOnlyList<PickItem> Items => [.. _holders.Values.Order().Select(index => _items[index])];

    public bool IsTicked(int index) => _holders.TryGetValue(_items[index].Name, out var holder) && holder == index;

    /// <summary>Why an item cannot be ticked now; <see langword="null"/> when it can, or is.</summary>
    public string? ReasonAgainst(int index)
    {
        var item = _items[index];
        if (item.Refusal is not null)
            return item.Refusal;
        return _holders.TryGetValue(item.Name, out var holder) && holder != index
            ? SelectionRules.AlreadyActive(item.Name)
            : null;
    }

    /// <summary>Ticks an item that may be ticked.</summary>
    /// <returns>True when it was not ticked before and is now.</returns>
    public bool TryTick(int index) => _items[index].Refusal is null && _holders.TryAdd(_items[index].Name, index);

    /// <summary>Takes an item's tick, which frees its name.</summary>
    /// <returns>True when it was ticked.</returns>
    public bool Untick(int index) => IsTicked(index) && _holders.Remove(_items[index].Name);
}
