using System.Text;

namespace MultiCluster.Platform;

/// <summary>
/// The command line by which <c>cmd.exe</c> runs a batch file with arguments that are what they are, whatever is in them. cmd reads such a line
/// by rules of its own, which those of other programs do not fit: an argument that is quoted for these can run a command there (BatBadBut,
/// CVE-2024-24576). What is done is Rust's std::process.
/// </summary>
internal static class BatchCommandLine
{
    /// <summary>Extensions on for <c>%cd:~,%</c>, delayed expansion off for <c>!</c>, no AutoRun of the registry.</summary>
    private const string Start = "/e:ON /v:OFF /d /c \"";

    /// <summary>A percent sign, and an empty part of the current folder's name between it and what could be the name of a variable.</summary>
    private const string Percent = "%%cd:~,%";

    private const string Unquoted = "#$*+-./:?@\\_";

    /// <summary>What comes after the name of <c>cmd.exe</c>.</summary>
    /// <exception cref="ArgumentException">An argument has a line break or a NUL, which no batch file can be given.</exception>
    public static string Of(string script, IEnumerable<string> arguments)
    {
        if (script.Contains('"', StringComparison.Ordinal) || script is [.., '\\'])
            throw new ArgumentException("no batch file has such a name");
        var line = new StringBuilder(Start);
        line.Append('"').Append(script.Replace("%", Percent, StringComparison.Ordinal)).Append('"');
        foreach (var argument in arguments)
            Append(line.Append(' '), argument);
        return line.Append('"').ToString();
    }

    private static void Append(StringBuilder line, string argument)
    {
        if (argument.AsSpan().ContainsAny('\0', '\r', '\n'))
            throw new ArgumentException("an argument has a line break or a NUL, which a batch file cannot be given");
        var isQuoted = argument.Length == 0 || argument[^1] == '\\' || argument.Any(static letter => char.IsControl(letter) || (char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) && !Unquoted.Contains(letter, StringComparison.Ordinal)));
        if (isQuoted)
            line.Append('"');
        var backslashes = 0;
        foreach (var letter in argument)
        {
            if (letter == '"')
                line.Append('\\', backslashes).Append('"');
            backslashes = letter == '\\' ? backslashes + 1 : 0;
            line.Append(letter == '%' ? Percent : $"{letter}");
        }

        if (isQuoted)
            line.Append('\\', backslashes).Append('"');
    }
}
