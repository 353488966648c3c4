using System.Globalization;
using System.Text;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary><c>printf</c>: a format with <c>%s %d %x %c %%</c> and escapes, used again while there are arguments.</summary>
internal static class PrintfProgram
{
    public static async Task<int> RunAsync(ProgramContext context)
    {
        if (context.Arguments.Count == 0) return await context.FailAsync("usage: printf FORMAT [ARGUMENT...]", 2);
        var values = new Queue<string>(context.Arguments.Skip(1));
        var written = new List<byte>();
        do
        {
            var before = values.Count;
            Format(context.Arguments[0], values, written);
            if (values.Count == before) break;
        }
        while (values.Count > 0);
        await context.Output.WriteAsync(written.ToArray(), context.Ended);
        return 0;
    }

    /// <summary>A text with its escapes as the characters that they stand for.</summary>
    public static string Unescape(string text)
    {
        var plain = new List<byte>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\\') at = AddEscape(text, at, plain);
            else at = AddCharacter(text, at, plain);
        }
        return Encoding.UTF8.GetString([.. plain]);
    }

    private static void Format(string format, Queue<string> values, List<byte> written)
    {
        for (var at = 0; at < format.Length;)
        {
            if (format[at] == '\\')
            {
                at = AddEscape(format, at, written);
                continue;
            }
            if (format[at] != '%' || at + 1 == format.Length)
            {
                at = AddCharacter(format, at, written);
                continue;
            }
            var end = at + 1;
            while (end < format.Length - 1 && (char.IsAsciiDigit(format[end]) || format[end] is '-' or '.')) end++;
            var text = format[end] switch
            {
                '%' => "%",
                'c' => values.TryDequeue(out var value) && value.Length > 0 ? value[..1] : "",
                'd' or 'i' or 'u' => Number(values).ToString(CultureInfo.InvariantCulture),
                'x' => Number(values).ToString("x", CultureInfo.InvariantCulture),
                'b' => values.TryDequeue(out var value) ? Unescape(value) : "",
                _ => values.TryDequeue(out var value) ? value : "",
            };
            written.AddRange(Encoding.UTF8.GetBytes(Padded(text, format[(at + 1)..end])));
            at = end + 1;
        }
    }

    private static string Padded(string text, string flags)
    {
        if (!int.TryParse(flags.TrimStart('-', '0').Split('.')[0], CultureInfo.InvariantCulture, out var width)) return text;
        return flags.StartsWith('-') ? text.PadRight(width) : text.PadLeft(width, flags.StartsWith('0') ? '0' : ' ');
    }

    private static long Number(Queue<string> values) =>
        values.TryDequeue(out var value) && long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int AddCharacter(string text, int at, List<byte> bytes)
    {
        var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, length)));
        return at + length;
    }

    private static int AddEscape(string text, int at, List<byte> bytes)
    {
        if (at + 1 == text.Length)
        {
            bytes.Add((byte)'\\');
            return at + 1;
        }
        var letter = text[at + 1];
        if (letter == 'x') return AddNumber(text, at + 2, 16, 2, bytes);
        if (letter is >= '0' and <= '7') return AddNumber(text, at + 1, 8, letter == '0' ? 4 : 3, bytes);
        var mark = "abefnrtv\\".IndexOf(letter, StringComparison.Ordinal);
        if (mark >= 0) bytes.Add("\a\b\u001b\f\n\r\t\v\\"u8[mark]);
        else bytes.AddRange(Encoding.UTF8.GetBytes($"\\{letter}"));
        return at + 2;
    }

    private static int AddNumber(string text, int from, int radix, int most, List<byte> bytes)
    {
        var (value, end) = (0, from);
        for (; end < text.Length && end - from < most && Digit(text[end]) < radix; end++) value = (value * radix) + Digit(text[end]);
        bytes.Add((byte)value);
        return end;
    }

    private static int Digit(char c) => char.IsAsciiHexDigit(c) ? Convert.ToInt32($"{c}", 16) : int.MaxValue;
}
