using System.Text.Json;

namespace MultiCluster.Sandbox.Objects;

/// <summary>Finds the bytes of an object's <c>metadata</c> without building a tree.</summary>
internal static class MetadataSlice
{
    public static ReadOnlyMemory<byte> Of(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found) return body.AsMemory(start, (int)reader.BytesConsumed - start);
        }
        return "{}"u8.ToArray();
    }
}
