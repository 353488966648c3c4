using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Dynamic;
using System.Linq.Expressions;
using System.Text;
using MultiCluster.Objects.Paths;

namespace MultiCluster.Objects.Json;

/// <summary>
/// A JSON object as a read-only dictionary, read from the bytes when it is asked. Names are found whatever their case
/// (an exact match wins), so that <c>$pod.spec.nodeName</c> and <c>$pod.Spec.NodeName</c> are the same in PowerShell. An amount of a
/// resource is a <see cref="Quantity"/>; whoever writes a dictionary's entries down, as JSON or CliXml, gets its text.
/// </summary>
public sealed class KubeMap : IDictionary<string, object?>, IReadOnlyDictionary<string, object?>, IDictionary, IFormattable, IDynamicMetaObjectProvider, IPathRoot
{
    private readonly JsonSlice _json;
    private readonly FieldPlace? _place;

    /// <param name="json">The object.</param>
    /// <param name="place">Its place, where that leads to amounts of resources.</param>
    internal KubeMap(JsonSlice json, FieldPlace? place = null) => (_json, _place) = (json, place);

    internal JsonSlice Json => _json;

    /// <inheritdoc cref="ICollection.Count"/>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in _json.Members)
                count++;
            return count;
        }
    }

    /// <summary>The names, in the server's order.</summary>
    public ICollection<string> Keys
    {
        get
        {
            var names = new List<string>();
            foreach (var member in _json.Members)
                names.Add(member.Name);
            return names;
        }
    }

    /// <summary>The values, in the server's order.</summary>
    public ICollection<object?> Values
    {
        get
        {
            var values = new List<object?>();
            foreach (var member in _json.Members)
                values.Add(Value(member));
            return values;
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public bool IsFixedSize => true;

    /// <inheritdoc/>
    public bool IsSynchronized => true;

    /// <inheritdoc/>
    public object SyncRoot => this;

    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => Keys;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => Values;

    ICollection IDictionary.Keys => (ICollection)Keys;

    ICollection IDictionary.Values => (ICollection)Values;

    /// <summary>The value of that name, or null when there is none.</summary>
    public object? this[string key]
    {
        get => _json.TryGetMember(key, out var value) ? value.AsObject(_place?[key]) : null;
        set => throw ReadOnly();
    }

    /// <inheritdoc/>
    public object? this[object key]
    {
        get => key is string name ? this[name] : null;
        set => throw ReadOnly();
    }

    /// <inheritdoc cref="IDictionary{TKey, TValue}.ContainsKey"/>
    public bool ContainsKey(string key) => _json.TryGetMember(key, out _);

    /// <inheritdoc/>
    public bool Contains(object key) => key is string name && ContainsKey(name);

    /// <inheritdoc cref="IDictionary{TKey, TValue}.TryGetValue"/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = _json.TryGetMember(key, out var slice);
        value = slice.AsObject(_place?[key]);
        return found;
    }

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, object?> item) => TryGetValue(item.Key, out var value) && Equals(value, item.Value);

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) => Pairs().CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public void CopyTo(Array array, int index) => ((ICollection)Pairs()).CopyTo(array, index);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Pairs().GetEnumerator();

    /// <summary>What PowerShell shows. Whoever asks for a dictionary's entries gets those.</summary>
    IEnumerator IEnumerable.GetEnumerator() => Pairs().Select(static pair => new KubeMapEntry(pair.Key, pair.Value)).GetEnumerator();

    IDictionaryEnumerator IDictionary.GetEnumerator()
    {
        var ordered = new System.Collections.Specialized.OrderedDictionary(StringComparer.Ordinal);
        foreach (var member in _json.Members)
            ordered[member.Name] = Value(member) is var value and not Quantity ? value : member.Value.AsObject();
        return ordered.GetEnumerator();
    }

    /// <inheritdoc/>
    public void Add(string key, object? value) => throw ReadOnly();

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, object?> item) => throw ReadOnly();

    /// <inheritdoc/>
    public void Add(object key, object? value) => throw ReadOnly();

    /// <inheritdoc cref="IDictionary.Clear"/>
    public void Clear() => throw ReadOnly();

    /// <inheritdoc/>
    public bool Remove(string key) => throw ReadOnly();

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, object?> item) => throw ReadOnly();

    /// <inheritdoc/>
    public void Remove(object key) => throw ReadOnly();

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new PathMetaObject(parameter, this);

    bool IPathRoot.TryGetField(string name, out object? value) => TryGetValue(name, out value);

    /// <summary>The object as JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_json.Raw);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => InlineText.Of(this);

    private object? Value(JsonSlice.Member member) => member.Value.AsObject(_place?[member.Name]);

    private List<KeyValuePair<string, object?>> Pairs()
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        foreach (var member in _json.Members)
            pairs.Add(new(member.Name, Value(member)));
        return pairs;
    }

    private static NotSupportedException ReadOnly() =>
        new("What a cluster answered cannot be changed in place. Copy the values you want to change.");
}
