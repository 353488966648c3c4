using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MultiCluster.Objects.Json;

/// <summary>
/// Finds the end of a JSON object or array, 64 bytes at a time and without reading tokens. The bytes may still be arriving:
/// a scan that has not seen the end goes on where it stopped.
/// </summary>
/// <remarks>
/// Quotes, backslashes and brackets become bit masks; a prefix xor of the quotes gives the bytes inside strings
/// (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019). Brackets are counted, not paired.
/// </remarks>
internal struct ContainerScan
{
    private const int BlockSize = 64;
    private const ulong EvenBits = 0x5555_5555_5555_5555;

    private int _position;
    private int _depth;
    private ulong _inString;
    private ulong _escaped;

    /// <summary>The length of the container that starts at <paramref name="json"/>'s first byte, or -1 when its end is not there.</summary>
    public static int LengthOf(ReadOnlySpan<byte> json)
    {
        var scan = default(ContainerScan);
        return scan.Find(json);
    }

    /// <summary>
    /// The container's length, or -1 when its end has not arrived. <paramref name="json"/> starts at the opening bracket each time
    /// and holds at least what the previous call saw.
    /// </summary>
    public int Find(ReadOnlySpan<byte> json)
    {
        while (json.Length - _position >= BlockSize)
        {
            var end = ScanBlock(ref MemoryMarshal.GetReference(json[_position..]));
            if (end >= 0)
                return _position + end;
            _position += BlockSize;
        }

        if (_position == json.Length)
            return -1;
        Span<byte> padded = stackalloc byte[BlockSize];
        json[_position..].CopyTo(padded);
        padded[(json.Length - _position)..].Fill((byte)' ');
        var attempt = this; // the block is scanned again when the rest of it is there
        var tail = attempt.ScanBlock(ref MemoryMarshal.GetReference(padded));
        return tail >= 0 ? _position + tail : -1;
    }

    // Vector256 keeps it out of the precompiled image, and a method of a short-lived process stays in the JIT's first tier, which
    // neither inlines nor keeps anything in registers: 250 ms of a pwsh call over 15,000 pods.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanBlock(ref byte block)
    {
        var low = Vector256.LoadUnsafe(ref block);
        var high = Vector256.LoadUnsafe(ref block, 32);
        var quotes = Mask(low, high, (byte)'"') & ~Escaped(Mask(low, high, (byte)'\\'));
        var inString = PrefixXor(quotes) ^ _inString;
        _inString = (ulong)((long)inString >> 63);

        // '{' and '[' differ in one bit only, and so do '}' and ']'.
        var fold = Vector256.Create((byte)0x20);
        low |= fold;
        high |= fold;
        var opens = Mask(low, high, (byte)'{') & ~inString;
        var closes = Mask(low, high, (byte)'}') & ~inString;

        if (BitOperations.PopCount(closes) < _depth)
        {
            _depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
            return -1;
        }

        while (closes != 0)
        {
            var before = closes ^ (closes - 1);
            _depth += BitOperations.PopCount(opens & before) - 1;
            if (_depth == 0)
                return BitOperations.TrailingZeroCount(closes) + 1;
            opens &= ~before;
            closes &= closes - 1;
        }

        _depth += BitOperations.PopCount(opens);
        return -1;
    }

    private ulong Escaped(ulong backslashes)
    {
        if (backslashes == 0)
        {
            var first = _escaped;
            _escaped = 0;
            return first;
        }

        backslashes &= ~_escaped;
        var follows = (backslashes << 1) | _escaped;
        var oddStarts = backslashes & ~EvenBits & ~follows;
        var sequences = unchecked(oddStarts + backslashes);
        _escaped = sequences < oddStarts ? 1UL : 0UL;
        return (EvenBits ^ (sequences << 1)) & follows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte value)
    {
        var wanted = Vector256.Create(value);
        return Vector256.Equals(low, wanted).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
