using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Helm;

/// <summary>
/// Reads the payload of a release: JSON in gzip in base64, and in a Secret in base64 once more (helm <c>storage/driver/util.go</c>). It is
/// others' data: of what it expands to no more is held than a release may have, and no message says what stands in it.
/// </summary>
internal static class ReleasePayload
{
    /// <summary>What a release may expand to. A Secret holds 1 MiB, and charts shrink to a tenth at the most.</summary>
    public const int Most = 32 * 1024 * 1024;

    /// <summary>How far the chart's name is looked for, which stands near the beginning, behind the release's notes.</summary>
    public const int MostOfBeginning = 4 * 1024 * 1024;

    /// <summary>What is kept packed: more than an API server takes of one object.</summary>
    private const int MostPacked = 4 * 1024 * 1024;

    private const int FirstPiece = 32 * 1024;

    /// <summary>What <paramref name="item"/> holds.</summary>
    /// <param name="item">The Secret or ConfigMap, with its data.</param>
    /// <param name="values">Whether the values are wanted.</param>
    /// <param name="manifest">Whether the manifest is wanted.</param>
    /// <exception cref="FaultException">It holds no release, or one that is too large (Decode).</exception>
    public static ReleaseContent Read(KubeObject item, bool values, bool manifest)
    {
        try
        {
            using var json = Open(Packed(item));
            return Read(json, values, manifest);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw Unreadable(item, e is FormatException ? e.Message : "it is no gzip");
        }
    }

    private static byte[] Packed(KubeObject item)
    {
        var raw = item.Root["data"u8]["release"u8].Raw;
        if (raw.Length < 2 || raw[0] != (byte)'"')
            throw new FormatException("it has no entry 'release'");
        if (raw.Length > MostPacked)
            throw new FormatException($"its entry is larger than {MostPacked >> 20} MiB");
        var text = raw.Contains((byte)'\\') ? System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(raw[1..^1])) : raw[1..^1].ToArray();
        var packed = FromBase64(text);
        return item.Kind == "Secret" ? FromBase64(packed) : packed;
    }

    private static byte[] FromBase64(byte[] text)
    {
        var status = Base64.DecodeFromUtf8InPlace(text, out var length);
        return status == OperationStatus.Done ? text[..length] : throw new FormatException("it is no base64");
    }

    /// <summary>Helm before 2.7 did not pack what it kept, and Helm reads both.</summary>
    private static Stream Open(byte[] packed)
    {
        var bytes = new MemoryStream(packed, writable: false);
        return packed is [0x1f, 0x8b, 0x08, ..] ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
    }

    private static ReleaseContent Read(Stream json, bool values, bool manifest)
    {
        var most = values || manifest ? Most : MostOfBeginning;
        var buffer = ArrayPool<byte>.Shared.Rent(FirstPiece);
        var length = 0;
        try
        {
            while (true)
            {
                length += json.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
                var isWhole = length < buffer.Length;
                if (ReleaseScan.Read(buffer.AsSpan(0, length), isWhole, values, manifest) is { } content)
                    return content;
                if (isWhole)
                    throw new FormatException("it ends early");
                if (length >= most)
                    throw new FormatException($"it expands to more than {most >> 20} MiB");
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
                buffer = larger;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // values may be secret
        }
    }

    private static FaultException Unreadable(KubeObject item, string why) => new(
        FaultPhase.Decode,
        $"{item.Kind} {item.Name} in namespace {item.Namespace} holds no release of Helm 3 that can be read ({why})",
        "Its row shows what the labels say. Look at what else writes objects with the label owner=helm.");
}
