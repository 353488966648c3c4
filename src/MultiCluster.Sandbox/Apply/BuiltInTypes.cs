using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Apply;

/// <summary>
/// The types of the built-in kinds, of <c>Types.txt</c>: a name (after <c>!</c> when it is one field as a whole) and its fields with their
/// types. <c>s n b u</c> are scalars, <c>any</c> is whatever comes; <c>[]T</c> is an atomic list, <c>[*]T</c> a set, <c>[name]T</c> a list keyed by
/// name; <c>{}T</c> is a map, <c>{!}T</c> an atomic one; after <c>=</c> stands what a key is that was left out.
/// </summary>
internal static partial class BuiltInTypes
{
    private static readonly Lazy<Dictionary<string, MapType>> Types = new(Read);

    /// <summary>Null when nothing is known about a kind.</summary>
    public static FieldType? Of(ResourceKind kind) => Types.Value.GetValueOrDefault($"{(kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0])}.{kind.Kind}");

    /// <summary>The type of every object's metadata.</summary>
    public static FieldType Metadata => Types.Value["meta.ObjectMeta"];

    private static Dictionary<string, MapType> Read()
    {
        using var stream = typeof(BuiltInTypes).Assembly.GetManifestResourceStream("Types.txt")!;
        using var text = new StreamReader(stream);
        var lines = Continued().Replace(text.ReadToEnd(), " ").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
        // Types name each other, and some themselves: all are there before their fields are.
        var types = lines.ToDictionary(line => line[0].TrimStart('!'), line => new MapType { IsAtomic = line[0][0] == '!' });
        foreach (var line in lines)
        {
            var fields = new Dictionary<string, FieldType>(StringComparer.Ordinal);
            var defaults = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var field in line[1..])
            {
                var parts = Field().Match(field);
                fields[parts.Groups["name"].Value] = Parse(parts.Groups["type"].Value, types);
                if (parts.Groups["default"].Success)
                    defaults[parts.Groups["name"].Value] = parts.Groups["type"].Value == "n" ? JsonNode.Parse(parts.Groups["default"].Value)! : parts.Groups["default"].Value;
            }
            var type = types[line[0].TrimStart('!')];
            type.Fields = fields;
            type.Defaults = defaults;
        }
        return types;
    }

    private static FieldType Parse(string text, Dictionary<string, MapType> types) => text switch
    {
        "s" or "n" or "b" or "u" => new ScalarType(text[0]),
        "any" => AnyType.Instance,
        "atom" => new MapType { Element = AnyType.Instance, IsAtomic = true },
        ['{', '}', .. var element] => new MapType { Element = Parse(element, types) },
        ['{', '!', '}', .. var element] => new MapType { Element = Parse(element, types), IsAtomic = true },
        ['[', ..] when text.IndexOf(']', StringComparison.Ordinal) is var end => new ListType(
            Parse(text[(end + 1)..], types), text[1..end] switch { "" => null, "*" => [], var keys => keys.Split(',') }),
        _ => types[text],
    };

    [GeneratedRegex(@"\r?\n +")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^(?<name>[^:]+):(?<type>[^=]+)(=(?<default>.*))?$")]
    private static partial Regex Field();
}
