using System.Globalization;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>A program's arguments: letters after a dash, some with a value, and the rest.</summary>
internal sealed class ProgramOptions
{
    private readonly Dictionary<char, string> _values = [];

    private ProgramOptions(List<string> rest) => Rest = rest;

    public IReadOnlyList<string> Rest { get; }

    public bool Has(char letter) => _values.ContainsKey(letter);

    public string? Value(char letter) => _values.GetValueOrDefault(letter);

    /// <summary>Reads them as getopt does.</summary>
    /// <param name="arguments">What the program was called with.</param>
    /// <param name="letters">The letters that there are; one with a colon after it has a value.</param>
    /// <exception cref="IOException">There is no such option.</exception>
    public static ProgramOptions Of(IReadOnlyList<string> arguments, string letters)
    {
        var rest = new List<string>();
        var options = new ProgramOptions(rest);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument == "--")
            {
                rest.AddRange(arguments.Skip(i + 1));
                break;
            }
            if (argument.Length < 2 || argument[0] != '-')
            {
                rest.Add(argument);
                continue;
            }
            for (var at = 1; at < argument.Length; at++)
            {
                var letter = argument[at];
                var known = letter == ':' ? -1 : letters.IndexOf(letter, StringComparison.Ordinal);
                if (known < 0) throw new IOException($"unrecognized option: {letter}");
                if (known + 1 == letters.Length || letters[known + 1] != ':')
                {
                    options._values[letter] = "";
                    continue;
                }
                if (at + 1 < argument.Length) options._values[letter] = argument[(at + 1)..];
                else if (++i < arguments.Count) options._values[letter] = arguments[i];
                else throw new IOException($"option requires an argument: {letter}");
                break;
            }
        }
        return options;
    }

    /// <summary>A number of bytes or lines, with k, M or G after it.</summary>
    /// <exception cref="IOException">It is no number.</exception>
    public static long Size(string text)
    {
        var digits = text.TrimEnd('B').TrimEnd('i');
        var unit = digits.Length == 0 ? 1 : char.ToLowerInvariant(digits[^1]) switch
        {
            'b' => 512,
            'k' => 1L << 10,
            'm' => 1L << 20,
            'g' => 1L << 30,
            _ => 1,
        };
        if (unit > 1) digits = digits[..^1];
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number * unit
            : throw new IOException($"invalid number '{text}'");
    }
}
