using System.Collections;
using System.Runtime.CompilerServices;

namespace MultiCluster.Objects.Json;

/// <summary>Texts of an object, in their order. Where one text is wanted of them, as in a cell of Export-Csv, they are joined with semicolons.</summary>
[CollectionBuilder(typeof(TextList), nameof(Of))]
public sealed class TextList : IReadOnlyList<string>, IList
{
    private readonly string[] _texts;

    private TextList(string[] texts) => _texts = texts;

    /// <inheritdoc cref="ICollection.Count"/>
    public int Count => _texts.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public bool IsFixedSize => true;

    /// <inheritdoc/>
    public bool IsSynchronized => true;

    /// <inheritdoc/>
    public object SyncRoot => this;

    /// <summary>The text at <paramref name="index"/>.</summary>
    public string this[int index] => _texts[index];

    object? IList.this[int index]
    {
        get => _texts[index];
        set => throw ReadOnly();
    }

    /// <summary>The list of those texts.</summary>
    public static TextList Of(ReadOnlySpan<string> texts) => new(texts.ToArray());

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_texts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _texts.GetEnumerator();

    /// <inheritdoc/>
    public bool Contains(object? value) => Array.IndexOf(_texts, value) >= 0;

    /// <inheritdoc/>
    public int IndexOf(object? value) => Array.IndexOf(_texts, value);

    /// <inheritdoc/>
    public void CopyTo(Array array, int index) => _texts.CopyTo(array, index);

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

    /// <summary>The texts with semicolons between.</summary>
    public override string ToString() => string.Join(';', _texts);

    private static NotSupportedException ReadOnly() =>
        new("What a cluster answered cannot be changed in place. Copy the values you want to change.");
}
