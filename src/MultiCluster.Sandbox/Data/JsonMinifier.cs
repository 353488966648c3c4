using System.Buffers;

namespace MultiCluster.Sandbox.Data;

/// <summary>Takes the white space out of the templates, as a server's JSON has none.</summary>
internal static class JsonMinifier
{
    public static byte[] Minify(string json)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            var length = 0;
            var quoted = false;
            for (var i = 0; i < json.Length; i++)
            {
                var c = json[i];
                if (c == '"' && (i == 0 || json[i - 1] != '\\')) quoted = !quoted;
                if (quoted || !char.IsWhiteSpace(c)) buffer[length++] = (byte)c; // The templates are ASCII.
            }
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
