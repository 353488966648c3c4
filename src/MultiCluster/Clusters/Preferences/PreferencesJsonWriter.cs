using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MultiCluster.Clusters;

/// <summary>Preferences to JSON, for people to read and edit.</summary>
internal static class PreferencesJsonWriter
{
    public static readonly ImmutableHashSet<string> RuleFields =
        ["pattern", "kubeconfigPath", "alias", "aliasPattern", "defaultNamespace", "group", "tag", "protected", "qps", "throttleLimit", "allowPlaintextLogin", "ignoreFinding"];

    // The file is never part of a page: names may stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Preferences preferences)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", PreferencesJson.SchemaVersion);
            var written = new HashSet<string> { "schemaVersion" };
            if (preferences.LastSelection.Count > 0) WriteList(json, written, "lastSelection", preferences.LastSelection, WriteSelected);
            if (preferences.Search.Count > 0) WriteList(json, written, "search", preferences.Search, (writer, path) => writer.WriteStringValue(path));
            if (preferences.Clusters.Count > 0) WriteList(json, written, "clusters", preferences.Clusters, WriteRule);
            WriteUnknown(json, preferences.Unknown, written);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteList<T>(Utf8JsonWriter json, HashSet<string> written, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        written.Add(name);
        json.WriteStartArray(name);
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }

    private static void WriteSelected(Utf8JsonWriter json, SelectedCluster selected)
    {
        json.WriteStartObject();
        json.WriteString("clusterId", selected.ClusterId);
        json.WriteString("kubeconfigPath", selected.KubeconfigPath);
        WriteUnknown(json, selected.Unknown, ["clusterId", "kubeconfigPath"]);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, PreferenceRule rule)
    {
        var written = new HashSet<string>();
        json.WriteStartObject();
        if (rule.Pattern.Length > 0) WriteText("pattern", rule.Pattern);
        WriteText("kubeconfigPath", rule.KubeconfigPath);
        WriteText("alias", rule.Alias);
        WriteText("aliasPattern", rule.AliasPattern);
        WriteText("defaultNamespace", rule.DefaultNamespace);
        if (rule.Group is not null) WriteList(json, written, "group", rule.Group, (writer, group) => writer.WriteStringValue(group));
        if (rule.Tag is not null)
        {
            written.Add("tag");
            json.WriteStartObject("tag");
            foreach (var (name, value) in rule.Tag.OrderBy(tag => tag.Key, StringComparer.Ordinal)) json.WriteString(name, value);
            json.WriteEndObject();
        }

        if (rule.Protected is { } isProtected && written.Add("protected")) json.WriteBoolean("protected", isProtected);
        if (rule.Qps is { } qps && written.Add("qps")) json.WriteNumber("qps", qps);
        if (rule.ThrottleLimit is { } limit && written.Add("throttleLimit")) json.WriteNumber("throttleLimit", limit);
        if (rule.AllowPlaintextLogin is { } plaintext && written.Add("allowPlaintextLogin")) json.WriteBoolean("allowPlaintextLogin", plaintext);
        if (rule.IgnoreFinding is not null) WriteList(json, written, "ignoreFinding", rule.IgnoreFinding, (writer, text) => writer.WriteStringValue(text));
        WriteUnknown(json, rule.Unknown, written);
        json.WriteEndObject();

        void WriteText(string name, string? text)
        {
            if (text is not null && written.Add(name)) json.WriteString(name, text);
        }
    }

    private static void WriteUnknown(Utf8JsonWriter json, ImmutableDictionary<string, JsonElement> unknown, HashSet<string> written)
    {
        foreach (var (name, value) in unknown.Where(field => !written.Contains(field.Key)).OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }
}
