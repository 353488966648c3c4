using System.Collections.Immutable;
using System.Text.Json;

namespace MultiCluster.Clusters;

/// <summary>
/// Preferences from JSON. A field of the wrong type is ignored with a notice and kept as it is; so are fields nobody knows, for another
/// version's sake.
/// </summary>
internal sealed class PreferencesJson
{
    /// <summary>The version this program writes.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonDocumentOptions Lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    private readonly List<string> _notices = [];

    /// <summary>The fields that were ignored, a sentence each.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>The file's version; 1 when it names none.</summary>
    public int Version { get; private set; } = SchemaVersion;

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not an object.</exception>
    public Preferences Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, Lenient);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException();
        var preferences = new Preferences();
        var unknown = ImmutableDictionary.CreateBuilder<string, JsonElement>();
        foreach (var property in root.EnumerateObject())
        {
            var value = property.Value;
            switch (property.Name)
            {
                case "schemaVersion":
                    Version = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) ? version : throw new JsonException();
                    break;
                case "lastSelection" when IsList(value, property.Name, JsonValueKind.Object):
                    preferences = preferences with { LastSelection = [.. value.EnumerateArray().Select(ReadSelected).OfType<SelectedCluster>()] };
                    break;
                case "search" when IsList(value, property.Name, JsonValueKind.String):
                    preferences = preferences with { Search = Texts(value) };
                    break;
                case "clusters" when IsList(value, property.Name, JsonValueKind.Object):
                    preferences = preferences with { Clusters = [.. value.EnumerateArray().Select(ReadRule)] };
                    break;
                default:
                    unknown.Add(property.Name, value.Clone());
                    break;
            }
        }

        return preferences with { Unknown = unknown.ToImmutable() };
    }

    private SelectedCluster? ReadSelected(JsonElement element)
    {
        string? id = null;
        var path = "";
        var unknown = ImmutableDictionary.CreateBuilder<string, JsonElement>();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name == "clusterId" && property.Value.ValueKind == JsonValueKind.String) id = property.Value.GetString();
            else if (property.Name == "kubeconfigPath" && property.Value.ValueKind == JsonValueKind.String) path = property.Value.GetString()!;
            else unknown.Add(property.Name, property.Value.Clone());
        }

        if (id is not null) return new SelectedCluster(id, path) { Unknown = unknown.ToImmutable() };
        _notices.Add("An entry of lastSelection has no clusterId and is ignored.");
        return null;
    }

    private PreferenceRule ReadRule(JsonElement element, int index)
    {
        // A rule whose pattern is missing fits nothing, and is kept.
        var rule = new PreferenceRule { Pattern = "" };
        var unknown = ImmutableDictionary.CreateBuilder<string, JsonElement>();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            if (ReadField(rule, property) is { } read)
            {
                rule = read;
                continue;
            }

            if (PreferencesJsonWriter.RuleFields.Contains(property.Name))
                _notices.Add($"clusters[{index}].{property.Name} is not what it should be and is ignored.");
            unknown.Add(property.Name, property.Value.Clone());
        }

        return rule with { Unknown = unknown.ToImmutable() };
    }

    private static PreferenceRule? ReadField(PreferenceRule rule, JsonProperty property)
    {
        var value = property.Value;
        return property.Name switch
        {
            "pattern" when value.ValueKind == JsonValueKind.String => rule with { Pattern = value.GetString()! },
            "kubeconfigPath" when value.ValueKind == JsonValueKind.String => rule with { KubeconfigPath = value.GetString() },
            "alias" when value.ValueKind == JsonValueKind.String => rule with { Alias = value.GetString() },
            "aliasPattern" when value.ValueKind == JsonValueKind.String => rule with { AliasPattern = value.GetString() },
            "defaultNamespace" when value.ValueKind == JsonValueKind.String => rule with { DefaultNamespace = value.GetString() },
            "group" when value.ValueKind == JsonValueKind.String => rule with { Group = [value.GetString()!] },
            "group" when AreAll(value, JsonValueKind.String) => rule with { Group = Texts(value) },
            "tag" when AreAll(value, JsonValueKind.String) => rule with { Tag = Texts(value).Distinct().ToImmutableDictionary(tag => tag, _ => "") },
            "tag" when ReadTags(value) is { } tags => rule with { Tag = tags },
            "protected" when value.ValueKind is JsonValueKind.True or JsonValueKind.False => rule with { Protected = value.GetBoolean() },
            "allowPlaintextLogin" when value.ValueKind is JsonValueKind.True or JsonValueKind.False => rule with { AllowPlaintextLogin = value.GetBoolean() },
            "ignoreFinding" when AreAll(value, JsonValueKind.String) => rule with { IgnoreFinding = Texts(value) },
            "qps" when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var qps) && qps > 0 => rule with { Qps = qps },
            "throttleLimit" when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var limit) && limit > 0 =>
                rule with { ThrottleLimit = limit },
            _ => null,
        };
    }

    private static ImmutableDictionary<string, string>? ReadTags(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.String)
            ? value.EnumerateObject().ToImmutableDictionary(p => p.Name, p => p.Value.GetString()!)
            : null;

    private bool IsList(JsonElement value, string name, JsonValueKind of)
    {
        if (AreAll(value, of)) return true;
        _notices.Add($"{name} is not a list of {(of == JsonValueKind.String ? "texts" : "objects")} and is ignored.");
        return false;
    }

    private static bool AreAll(JsonElement value, JsonValueKind of) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == of);

    private static string[] Texts(JsonElement value) => [.. value.EnumerateArray().Select(item => item.GetString()!)];
}
