using System.Text.Json;
using MultiCluster.Objects.Json;

namespace MultiCluster.Helm;

/// <summary>
/// Finds what is wanted of a release in its JSON, of which the beginning may be all that there is yet: Helm writes <c>info</c> and the chart's
/// <c>metadata</c> before its templates, which are most of it.
/// </summary>
internal static class ReleaseScan
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>What a release's JSON says.</summary>
    /// <param name="json">The JSON, or its beginning.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="values">Whether the values are wanted.</param>
    /// <param name="manifest">Whether the manifest is wanted.</param>
    /// <returns>Null where more is needed.</returns>
    /// <exception cref="FormatException">It is no release.</exception>
    public static ReleaseContent? Read(ReadOnlySpan<byte> json, bool isWhole, bool values, bool manifest)
    {
        var reader = new Utf8JsonReader(json, isWhole, new JsonReaderState(Options));
        JsonSlice info = default, chart = default;
        JsonSlice? given = null;
        string? rendered = null;
        try
        {
            if (!reader.Read())
                return null;
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException("it is no object");
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject)
                    return new() { Info = info, Chart = chart, Values = given, Manifest = rendered };
                if (reader.ValueTextEquals("chart"u8))
                {
                    if (!ReadChart(ref reader, json, ref chart, values || manifest || !info.IsObject))
                        return null;
                }
                else if (reader.ValueTextEquals("info"u8))
                {
                    if (Value(ref reader, json) is not { } found)
                        return null;
                    info = found;
                }
                else if (values && reader.ValueTextEquals("config"u8))
                {
                    if (Value(ref reader, json) is not { } found)
                        return null;
                    given = found.IsObject ? found : null;
                }
                else if (manifest && reader.ValueTextEquals("manifest"u8))
                {
                    if (!reader.Read())
                        return null;
                    rendered = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    if (!reader.TrySkip())
                        return null;
                }
                else if (!reader.Read() || !reader.TrySkip())
                {
                    return null;
                }

                if (!values && !manifest && info.IsObject && chart.IsObject)
                    return new() { Info = info, Chart = chart };
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("it is no JSON"); // the reader's own words may quote what is in it
        }
    }

    /// <summary>Reads the chart's metadata, and the rest of the chart only where something behind it is wanted.</summary>
    private static bool ReadChart(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref JsonSlice metadata, bool toItsEnd)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.TrySkip();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
                return true;
            if (reader.ValueTextEquals("metadata"u8))
            {
                if (Value(ref reader, json) is not { } found)
                    return false;
                metadata = found;
                if (found.IsObject && !toItsEnd)
                    return true;
            }
            else if (!reader.Read() || !reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The value that comes next, as a copy; null where it has not arrived.</summary>
    private static JsonSlice? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (!reader.Read())
            return null;
        var start = (int)reader.TokenStartIndex;
        return reader.TrySkip() ? new JsonSlice(json[start..(int)reader.BytesConsumed].ToArray(), 0) : null;
    }
}
