using System.Text;
using MultiCluster.Terminal;
using Spectre.Console.Rendering;

namespace MultiCluster.Picking;

/// <summary>Text measured in the terminal's cells and made safe for it. Kubeconfigs are written by others: a name may hold an escape sequence.</summary>
/// <param name="ellipsis">What stands for text left out, one cell wide.</param>
internal sealed class CellText(char ellipsis)
{
    /// <summary>How many cells a cleaned text takes.</summary>
    public static int Width(string text) => Ascii.IsValid(text) ? text.Length : new Segment(text).CellCount();

    /// <summary><paramref name="text"/> as one line that does nothing to the terminal.</summary>
    public static string Clean(string text) => TerminalText.VisibleLine(text);

    /// <summary>At most <paramref name="cells"/> cells of a cleaned text, its end left out.</summary>
    public string CutEnd(string text, int cells)
    {
        if (Width(text) <= cells)
            return text;
        return cells <= 0 ? "" : Take(text, cells - 1) + ellipsis;
    }

    /// <summary>At most <paramref name="cells"/> cells of a cleaned text, its beginning left out: paths differ at their end.</summary>
    public string CutStart(string text, int cells)
    {
        if (Width(text) <= cells)
            return text;
        return cells <= 0 ? "" : ellipsis + TakeLast(text, cells - 1);
    }

    /// <summary>At most <paramref name="cells"/> cells of a cleaned text, its middle left out: names differ at either end.</summary>
    public string CutMiddle(string text, int cells)
    {
        if (Width(text) <= cells)
            return text;
        if (cells <= 0)
            return "";
        var left = Take(text, (cells - 1) / 2);
        return left + ellipsis + TakeLast(text, cells - 1 - Width(left));
    }

    /// <summary>A cleaned text broken between words into <paramref name="lines"/> lines at most.</summary>
    public IReadOnlyList<string> Wrap(string text, int cells, int lines)
    {
        var wrapped = new List<string>();
        var rest = text;
        while (wrapped.Count < lines - 1 && Width(rest) > cells)
        {
            var head = Take(rest, cells);
            var space = head.LastIndexOf(' ');
            if (space > 0 && rest[head.Length] != ' ')
                head = head[..space];
            if (head.Length == 0)
                break;
            wrapped.Add(head);
            rest = rest[head.Length..].TrimStart();
        }

        wrapped.Add(CutEnd(rest, cells));
        return wrapped;
    }

    private static string Take(string text, int cells)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cells -= Width(rune.ToString());
            if (cells < 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    private static string TakeLast(string text, int cells)
    {
        var start = text.Length;
        while (start > 0)
        {
            var length = start > 1 && char.IsSurrogatePair(text, start - 2) ? 2 : 1;
            cells -= Width(text.Substring(start - length, length));
            if (cells < 0)
                break;
            start -= length;
        }

        return text[start..];
    }
}
