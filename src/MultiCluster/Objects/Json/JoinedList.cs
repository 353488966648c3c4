using System.Collections;

namespace MultiCluster.Objects.Json;

/// <summary>
/// A list that cannot be changed. Where one text is wanted of it, as in a cell of Export-Csv, that of its items is joined with semicolons,
/// and is not the name of a type.
/// </summary>
public class JoinedList<T> : IReadOnlyList<T>, IList
{
    private readonly T[] _items;

    internal JoinedList(T[] items) => _items = items;

    /// <inheritdoc cref="ICollection.Count"/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public bool IsFixedSize => true;

    /// <inheritdoc/>
    public bool IsSynchronized => true;

    /// <inheritdoc/>
    public object SyncRoot => this;

    /// <summary>The item at <paramref name="index"/>.</summary>
    public T this[int index] => _items[index];

    object? IList.this[int index]
    {
        get => _items[index];
        set => throw ReadOnly();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    public bool Contains(object? value) => Array.IndexOf(_items, value) >= 0;

    /// <inheritdoc/>
    public int IndexOf(object? value) => Array.IndexOf(_items, value);

    /// <inheritdoc/>
    public void CopyTo(Array array, int index) => _items.CopyTo(array, index);

    /// <inheritdoc/>
    public int Add(object? value) => throw ReadOnly();

    /// <inheritdoc/>
    public void Clear() => throw ReadOnly();

    /// <inheritdoc/>
    public void Insert(int index, object? value) => throw ReadOnly();

    /// <inheritdoc/>
    public void Remove(object? value) => throw ReadOnly();

    /// <inheritdoc/>
    public void RemoveAt(int index) => throw ReadOnly();

    /// <summary>The items with semicolons between.</summary>
    public override string ToString() => string.Join(';', _items);

    private static NotSupportedException ReadOnly() =>
        new("What a cluster answered cannot be changed in place. Copy the values you want to change.");
}
