using System.Globalization;
using System.Text.Json;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// A snapshot as a file: an APIGroupDiscoveryList as servers send it, with the schema, the time and the notices beside it.
/// </summary>
internal static class DiscoveryCacheFormat
{
    /// <summary>Raised whenever the form changes; files of another schema are ignored and replaced.</summary>
    public const int Schema = 1;

    /// <summary>The snapshot, or null when the text is none of this schema.</summary>
    /// <exception cref="JsonException">The text is damaged or ends early.</exception>
    public static DiscoverySnapshot? Read(byte[] json)
    {
        if (json.Length == 0)
            return null;
        var root = new JsonSlice(json, 0);
        if (root["schema"u8].AsInt64() != Schema || !AggregatedDocument.Is(root) || root["fetchedAt"u8].AsTime() is not { } fetchedAt)
            return null;
        var part = AggregatedDocument.Read(json);
        foreach (var notice in root["notices"u8].Elements) // before the items in the text
            part.Notices.Add(new(notice["groupVersion"u8].AsString() ?? "", notice["detail"u8].AsString() ?? ""));
        return part.Kinds.Count == 0 ? null : new() { Kinds = part.Kinds, Notices = part.Notices, FetchedAt = fetchedAt };
    }

    public static void Write(Stream output, DiscoverySnapshot snapshot)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("schema"u8, Schema);
        json.WriteString("fetchedAt"u8, snapshot.FetchedAt.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("kind"u8, "APIGroupDiscoveryList"u8);
        json.WriteStartArray("notices"u8);
        foreach (var notice in snapshot.Notices)
        {
            json.WriteStartObject();
            json.WriteString("groupVersion"u8, notice.GroupVersion);
            json.WriteString("detail"u8, notice.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteKinds(json, snapshot.Kinds);
        json.WriteEndObject();
    }

    private static void WriteKinds(Utf8JsonWriter json, IReadOnlyList<ResourceKind> kinds)
    {
        json.WriteStartArray("items"u8);
        for (var first = 0; first < kinds.Count;)
        {
            // One item per run of the same group version keeps the server's order whatever it is.
            var last = first;
            while (last < kinds.Count && kinds[last].Group == kinds[first].Group && kinds[last].Version == kinds[first].Version)
                last++;
            json.WriteStartObject();
            json.WriteStartObject("metadata"u8);
            json.WriteString("name"u8, kinds[first].Group);
            json.WriteEndObject();
            json.WriteStartArray("versions"u8);
            json.WriteStartObject();
            json.WriteString("version"u8, kinds[first].Version);
            json.WriteStartArray("resources"u8);
            for (; first < last; first++)
                WriteKind(json, kinds[first]);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteKind(Utf8JsonWriter json, ResourceKind kind)
    {
        json.WriteStartObject();
        json.WriteString("resource"u8, kind.Plural);
        json.WriteStartObject("responseKind"u8);
        json.WriteString("kind"u8, kind.Kind);
        json.WriteEndObject();
        if (kind.Namespaced)
            json.WriteString("scope"u8, "Namespaced"u8);
        json.WriteString("singularResource"u8, kind.Singular);
        WriteStrings(json, "verbs"u8, kind.Verbs);
        WriteStrings(json, "shortNames"u8, kind.ShortNames);
        WriteStrings(json, "categories"u8, kind.Categories);
        if (kind.Subresources.Count > 0)
        {
            json.WriteStartArray("subresources"u8);
            foreach (var subresource in kind.Subresources)
            {
                json.WriteStartObject();
                json.WriteString("subresource"u8, subresource);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
