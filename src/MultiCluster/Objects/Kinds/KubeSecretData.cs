using System.Collections;
using System.Collections.Specialized;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>
/// The entries of a Secret. An entry asked for by its name is the value as the server sent it (<c>$secret.data.password</c>);
/// whatever shows them all (a table, a list, JSON, a loop) gets masks with the value's size.
/// </summary>
public sealed class KubeSecretData : IReadOnlyDictionary<string, string?>, IDictionary
{
    private readonly JsonSlice _json;
    private readonly bool _isBase64;

    internal KubeSecretData(JsonSlice json, bool isBase64)
    {
        _json = json;
        _isBase64 = isBase64;
    }

    /// <inheritdoc cref="ICollection.Count"/>
    public int Count => _json.Count();

    /// <summary>The names, in the server's order.</summary>
    public IEnumerable<string> Keys => Masked().Keys.Cast<string>();

    /// <summary>Masks, one per entry.</summary>
    public IEnumerable<string?> Values => Masked().Values.Cast<string?>();

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public bool IsFixedSize => true;

    /// <inheritdoc/>
    public bool IsSynchronized => true;

    /// <inheritdoc/>
    public object SyncRoot => this;

    ICollection IDictionary.Keys => Masked().Keys;

    ICollection IDictionary.Values => Masked().Values;

    /// <summary>The entry's value as the server sent it, in base64; null when there is none of that name.</summary>
    public string? this[string key] => TryGetValue(key, out var value) ? value : null;

    object? IDictionary.this[object key]
    {
        get => key is string name ? this[name] : null;
        set => throw ReadOnly();
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _json.TryGetMember(key, out _);

    /// <inheritdoc/>
    public bool Contains(object key) => key is string name && ContainsKey(name);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string? value)
    {
        var found = _json.TryGetMember(key, out var slice);
        value = slice.AsString();
        return found;
    }

    /// <summary>The names with masks.</summary>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator()
    {
        foreach (DictionaryEntry entry in Masked())
            yield return new((string)entry.Key, (string?)entry.Value);
    }

    IEnumerator IEnumerable.GetEnumerator() => Masked().GetEnumerator();

    IDictionaryEnumerator IDictionary.GetEnumerator() => Masked().GetEnumerator();

    /// <inheritdoc/>
    public void CopyTo(Array array, int index) => Masked().CopyTo(array, index);

    /// <inheritdoc/>
    public void Add(object key, object? value) => throw ReadOnly();

    /// <inheritdoc/>
    public void Clear() => throw ReadOnly();

    /// <inheritdoc/>
    public void Remove(object key) => throw ReadOnly();

    /// <summary>The names with masks.</summary>
    public override string ToString() => string.Join(", ", this.Select(entry => $"{entry.Key}: {entry.Value}"));

    private static NotSupportedException ReadOnly() =>
        new("What a cluster answered cannot be changed in place. Copy the values you want to change.");

    private OrderedDictionary Masked()
    {
        var masked = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var member in _json.Members)
            masked[member.Name] = MaskedSecret.Of(SizeOf(member.Value.AsString() ?? ""));
        return masked;
    }

    private int SizeOf(string value)
    {
        if (!_isBase64)
            return Encoding.UTF8.GetByteCount(value);
        return value.AsSpan().TrimEnd('=').Length * 3 / 4;
    }
}
