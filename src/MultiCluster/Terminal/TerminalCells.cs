namespace MultiCluster.Terminal;

/// <summary>Texts on one line, measured in a terminal's cells as PowerShell measures its tables: it is PowerShell that lays them out.</summary>
internal static class TerminalCells
{
    /// <summary>What stands for text that is left out.</summary>
    public const char Ellipsis = '…';

    /// <summary>How many cells a text takes.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var cells = 0;
        foreach (var letter in text)
            cells += Width(letter);
        return cells;
    }

    /// <summary>At most so many cells of a text, its end left out: of sentences.</summary>
    public static string CutEnd(string text, int cells) => Width(text) <= cells ? text : cells <= 0 ? "" : $"{Head(text, cells - 1)}{Ellipsis}";

    /// <summary>At most so many cells of a text, its beginning left out.</summary>
    public static string CutStart(string text, int cells) => Width(text) <= cells ? text : cells <= 0 ? "" : $"{Ellipsis}{Tail(text, cells - 1)}";

    /// <summary>At most so many cells of a text, its middle left out: names differ at either end.</summary>
    public static string CutMiddle(string text, int cells)
    {
        if (Width(text) <= cells)
            return text;
        if (cells <= 0)
            return "";
        var head = Head(text, (cells - 1) / 2);
        return $"{head}{Ellipsis}{Tail(text, cells - 1 - Width(head))}";
    }

    private static ReadOnlySpan<char> Head(string text, int cells)
    {
        var length = 0;
        while (length < text.Length && (cells -= Width(text[length])) >= 0)
            length++;
        return text.AsSpan(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }

    private static ReadOnlySpan<char> Tail(string text, int cells)
    {
        var start = text.Length;
        while (start > 0 && (cells -= Width(text[start - 1])) >= 0)
            start--;
        return text.AsSpan(start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start);
    }

    /// <summary>PowerShell's own ranges (<c>LengthInBufferCells</c>); of what lies beyond U+FFFF each half takes one.</summary>
    private static int Width(char letter) => letter switch
    {
        < '\u1100' => 1,
        <= '\u115f' or '\u2329' or '\u232a' => 2,
        '\u303f' => 1,
        >= '\u2e80' and <= '\ua4cf' => 2,
        (>= '\uac00' and <= '\ud7a3') or (>= '\uf900' and <= '\ufaff') or (>= '\ufe10' and <= '\ufe19') or (>= '\ufe30' and <= '\ufe6f')
            or (>= '\uff00' and <= '\uff60') or (>= '\uffe0' and <= '\uffe6') => 2,
        _ => 1,
    };
}
