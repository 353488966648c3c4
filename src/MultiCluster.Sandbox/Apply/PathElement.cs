using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Apply;

/// <summary>One step into an object, as <c>fieldsV1</c> writes it: a field (<c>f:</c>), an item by its keys (<c>k:</c>) or a value of a set (<c>v:</c>).</summary>
internal sealed class PathElement : IComparable<PathElement>, IEquatable<PathElement>
{
    private readonly JsonNode? _content;

    private PathElement(string text, JsonNode? content) => (Text, _content) = (text, content);

    public string Text { get; }

    public bool IsField => Text[0] == 'f';

    /// <summary>The field's name, when it is one.</summary>
    public string Name => Text[2..];

    public static PathElement Field(string name) => new("f:" + name, null);

    /// <summary>An item by its keys, in the order of their names.</summary>
    public static PathElement Key(JsonObject keys) => new("k:" + Json(keys), keys);

    public static PathElement Value(JsonNode value) => new("v:" + Json(value), value);

    /// <summary>Null for what is of no kind that is known here.</summary>
    public static PathElement? Parse(string text)
    {
        if (text.Length < 2 || text[1] != ':') return null;
        try
        {
            return text[0] switch
            {
                'f' => new PathElement(text, null),
                'k' => Key(JsonNode.Parse(text[2..])!.AsObject()),
                'v' => JsonNode.Parse(text[2..]) is { } value ? Value(value) : null,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Fields before keys before values; within each by name and value, so that port 443 comes after 80.
    public int CompareTo(PathElement? other)
    {
        if (other is null) return 1;
        if (Text[0] != other.Text[0]) return "fkv".IndexOf(Text[0], StringComparison.Ordinal) - "fkv".IndexOf(other.Text[0], StringComparison.Ordinal);
        return Text[0] switch
        {
            'k' => Compare(_content!.AsObject(), other._content!.AsObject()),
            'v' => Compare(_content, other._content),
            _ => string.CompareOrdinal(Text, other.Text),
        };
    }

    public bool Equals(PathElement? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as PathElement);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>As conflicts name it: <c>.spec</c>, <c>[name="web"]</c>, <c>[="finalizer"]</c>.</summary>
    public override string ToString() => Text[0] switch
    {
        'k' => $"[{string.Join(',', _content!.AsObject().Select(p => $"{p.Key}={Json(p.Value)}"))}]",
        'v' => $"[={Json(_content)}]",
        _ => "." + Name,
    };

    private static int Compare(JsonObject one, JsonObject other)
    {
        foreach (var (mine, its) in one.Zip(other))
        {
            var order = string.CompareOrdinal(mine.Key, its.Key);
            if (order == 0) order = Compare(mine.Value, its.Value);
            if (order != 0) return order;
        }
        return one.Count - other.Count;
    }

    private static int Compare(JsonNode? one, JsonNode? other)
    {
        if (Number(one) is { } mine && Number(other) is { } its) return mine.CompareTo(its);
        return (Number(one) is null).CompareTo(Number(other) is null) is var order and not 0 ? order : string.CompareOrdinal(Json(one), Json(other));
    }

    private static double? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number ? double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static string Json(JsonNode? node) => node is null ? "null" : System.Text.Encoding.UTF8.GetString(ObjectEncoder.Encode(node));
}
