namespace MultiCluster.Objects.Json;

/// <summary>Steps over JSON text without building anything. Positions past the end mean that the text ended early.</summary>
internal static class JsonWalk
{
    /// <summary>Position of the first byte at or after <paramref name="at"/> that is not white space.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        return at;
    }

    /// <summary>Position after the value that starts at <paramref name="at"/>, or -1 when its end is not there.</summary>
    public static int SkipValue(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length)
            return -1;
        switch (json[at])
        {
            case (byte)'"':
                return SkipString(json, at);
            case (byte)'{' or (byte)'[':
                var length = ContainerScan.LengthOf(json[at..]);
                return length < 0 ? -1 : at + length;
            default:
                // Numbers and literals are short: a plain loop is precompiled, a vectorised search for seven bytes is not.
                var end = at;
                while (end < json.Length && json[end] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                    end++;
                if (end == at)
                    throw new FormatException($"a value is missing at byte {at}");
                return end == json.Length ? -1 : end;
        }
    }

    /// <summary>Position after the string that starts at <paramref name="at"/> with its quote, or -1 when its end is not there.</summary>
    public static int SkipString(ReadOnlySpan<byte> json, int at)
    {
        at++;
        while (true)
        {
            var next = at > json.Length ? -1 : json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return -1;
            at += next;
            if (json[at] == (byte)'"')
                return at + 1;
            at += 2;
        }
    }

    /// <summary>
    /// Steps to an object's next member: <paramref name="at"/> stands after the opening brace or after the previous member's value,
    /// and then on the value. False at the closing brace, with <paramref name="at"/> after it.
    /// </summary>
    /// <exception cref="FormatException">What stands there is no member.</exception>
    /// <exception cref="EndOfStreamException">The text ends early.</exception>
    public static bool NextMember(ReadOnlySpan<byte> json, ref int at, out Range name)
    {
        name = default;
        at = SkipSpace(json, at);
        if (At(json, at) == (byte)',')
            at = SkipSpace(json, at + 1);
        if (At(json, at) == (byte)'}')
        {
            at++;
            return false;
        }

        if (json[at] != (byte)'"')
            throw new FormatException($"a member's name is missing at byte {at}");
        var end = SkipString(json, at);
        if (end < 0)
            throw new EndOfStreamException();
        name = (at + 1)..(end - 1);
        at = SkipSpace(json, end);
        if (At(json, at) != (byte)':')
            throw new FormatException($"a colon is missing at byte {at}");
        at = SkipSpace(json, at + 1);
        _ = At(json, at);
        return true;
    }

    /// <summary>Steps to an array's next element, in the way of <see cref="NextMember"/>. False at the closing bracket.</summary>
    public static bool NextElement(ReadOnlySpan<byte> json, ref int at)
    {
        at = SkipSpace(json, at);
        if (At(json, at) == (byte)',')
            at = SkipSpace(json, at + 1);
        if (At(json, at) != (byte)']')
            return true;
        at++;
        return false;
    }

    /// <summary>Position after the value at <paramref name="at"/>.</summary>
    /// <exception cref="EndOfStreamException">The text ends early.</exception>
    public static int After(ReadOnlySpan<byte> json, int at)
    {
        var end = SkipValue(json, at);
        return end < 0 ? throw new EndOfStreamException() : end;
    }

    private static byte At(ReadOnlySpan<byte> json, int at) => at < json.Length ? json[at] : throw new EndOfStreamException();
}
