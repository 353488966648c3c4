using System.Text.Json;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>What stands where a Secret's value would.</summary>
internal static class MaskedSecret
{
    /// <summary><c>•••• (12 bytes)</c>.</summary>
    public static string Of(int bytes) => $"•••• ({bytes} bytes)";

    /// <summary>
    /// A Secret's metadata without the copy of its values that <c>kubectl apply</c> leaves in an annotation.
    /// </summary>
    public static JsonSlice Metadata(JsonSlice metadata)
    {
        var applied = metadata["annotations"u8]["kubectl.kubernetes.io/last-applied-configuration"u8];
        if (!applied.Exists)
            return metadata;
        var whole = metadata.Raw;
        var value = applied.Raw;
        if (!whole.Overlaps(value, out var start))
            return metadata;
        var mask = JsonSerializer.SerializeToUtf8Bytes(Of(value.Length - 2));
        return new JsonSlice([.. whole[..start], .. mask, .. whole[(start + value.Length)..]], 0);
    }
}
