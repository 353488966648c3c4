using System.Text;
using System.Text.Json;

namespace MultiCluster.Sandbox.Objects;

/// <summary>Finds the bytes of an object's <c>metadata</c> without building a tree.</summary>
internal static class MetadataSlice
{
    public static ReadOnlyMemory<byte> Of(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        if (!MoveTo(ref reader, "metadata"u8)) return "{}"u8.ToArray();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body.AsMemory(start, (int)reader.BytesConsumed - start);
    }

    /// <summary>A copy of the body with another resourceVersion.</summary>
    public static byte[] WithVersion(byte[] body, long version)
    {
        var reader = new Utf8JsonReader(body);
        if (!MoveTo(ref reader, "metadata"u8) || !MoveTo(ref reader, "resourceVersion"u8)) throw new ArgumentException("An object has a resourceVersion.", nameof(body));
        var start = (int)reader.TokenStartIndex;
        return [.. body.AsSpan(0, start), .. Encoding.UTF8.GetBytes($"\"{version}\""), .. body.AsSpan((int)reader.BytesConsumed)];
    }

    /// <summary>From before an object to the value of one of its fields.</summary>
    private static bool MoveTo(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found) return true;
            reader.Skip();
        }
        return false;
    }
}
