using System.Buffers.Binary;
using System.Numerics;

namespace MultiCluster.Logs.Lines;

/// <summary>A line's content as 64 bits, to recognise it among lines of the same nanosecond.</summary>
internal static class LineHash
{
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15; // 2^64 divided by the golden ratio (Knuth's multiplicative hashing)

    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * Factor;
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text));
        ulong rest = 0;
        foreach (var letter in text)
            rest = (rest << 8) | letter;
        return Mix(hash, rest) ^ (hash >> 32);
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Factor;
        return BitOperations.RotateLeft(hash, 31) ^ (hash >> 29);
    }
}
