using System.Collections;
using System.Text;

namespace MultiCluster.Objects.Json;

/// <summary>A JSON array as a read-only list, read from the bytes when it is asked.</summary>
public sealed class KubeList : IReadOnlyList<object?>, IList, IFormattable
{
    private readonly JsonSlice _json;
    private readonly FieldPlace? _place;
    private List<object?>? _elements;

    /// <param name="json">The array.</param>
    /// <param name="place">The place of its elements, where that leads to amounts of resources.</param>
    internal KubeList(JsonSlice json, FieldPlace? place = null) => (_json, _place) = (json, place);

    internal JsonSlice Json => _json;

    /// <inheritdoc cref="ICollection.Count"/>
    public int Count => _elements?.Count ?? _json.Elements.Count();

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public bool IsFixedSize => true;

    /// <inheritdoc/>
    public bool IsSynchronized => true;

    /// <inheritdoc/>
    public object SyncRoot => this;

    /// <summary>The element at <paramref name="index"/>.</summary>
    public object? this[int index] => Elements[index];

    object? IList.this[int index]
    {
        get => Elements[index];
        set => throw ReadOnly();
    }

    private List<object?> Elements
    {
        get
        {
            if (_elements is not null)
                return _elements;
            var elements = new List<object?>();
            foreach (var element in _json.Elements)
                elements.Add(element.AsObject(_place));
            return _elements = elements;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => Elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Elements.GetEnumerator();

    /// <inheritdoc/>
    public bool Contains(object? value) => Elements.Contains(value);

    /// <inheritdoc/>
    public int IndexOf(object? value) => Elements.IndexOf(value);

    /// <inheritdoc/>
    public void CopyTo(Array array, int index) => ((ICollection)Elements).CopyTo(array, index);

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

    /// <summary>The array as JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_json.Raw);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => InlineText.Of(this);

    private static NotSupportedException ReadOnly() =>
        new("What a cluster answered cannot be changed in place. Copy the values you want to change.");
}
