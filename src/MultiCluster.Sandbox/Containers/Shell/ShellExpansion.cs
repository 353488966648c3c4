using System.Globalization;
using System.IO.Enumeration;
using System.Text;

namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>Makes arguments of words: variables, what commands write, splitting, and names of files for patterns.</summary>
internal sealed class ShellExpansion(ShellState state, ContainerFiles files, Func<ShellNode, Task<string>> run)
{
    /// <summary>The arguments that words become.</summary>
    public async Task<List<string>> ArgumentsAsync(IReadOnlyList<ShellWord> words)
    {
        var arguments = new List<string>();
        foreach (var word in words) await ExpandAsync(word, arguments);
        return arguments;
    }

    /// <summary>The one text that a word becomes where it is not split.</summary>
    public async Task<string> TextAsync(ShellWord word)
    {
        var text = new StringBuilder();
        foreach (var part in word.Parts) text.Append(await ValueAsync(part));
        return text.ToString();
    }

    private async Task ExpandAsync(ShellWord word, List<string> arguments)
    {
        if (word.Parts is [{ Variable: "@", Quoted: true }])
        {
            arguments.AddRange(state.Parameters.Skip(1));
            return;
        }
        var fields = new List<(StringBuilder Text, bool HasPattern)>();
        var open = false;
        foreach (var part in word.Parts)
        {
            var value = await ValueAsync(part);
            if (part.Quoted || (part.Variable is null && part.Command is null))
            {
                Append(value, !part.Quoted && value.AsSpan().IndexOfAny('*', '?') >= 0);
                continue;
            }
            if (value.Length > 0 && char.IsWhiteSpace(value[0])) open = false;
            foreach (var piece in value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                Append(piece, piece.AsSpan().IndexOfAny('*', '?') >= 0);
                open = false;
            }
            open = value.Length > 0 && !char.IsWhiteSpace(value[^1]) && fields.Count > 0;
        }
        foreach (var (text, hasPattern) in fields)
        {
            var matches = hasPattern ? Matches(text.ToString()) : [];
            if (matches.Count > 0) arguments.AddRange(matches);
            else arguments.Add(text.ToString());
        }

        void Append(string text, bool hasPattern)
        {
            if (!open) fields.Add((new StringBuilder(), false));
            fields[^1] = (fields[^1].Text.Append(text), fields[^1].HasPattern || hasPattern);
            open = true;
        }
    }

    private async Task<string> ValueAsync(ShellWordPart part)
    {
        if (part.Command is not null) return (await run(part.Command)).TrimEnd('\n');
        if (part.Variable is not { } name) return part.Text == "~" && !part.Quoted ? state.Variables.GetValueOrDefault("HOME", "/") : part.Text;
        var value = name switch
        {
            "?" => state.ExitCode.ToString(CultureInfo.InvariantCulture),
            "$" => "1",
            "!" => "",
            "#" => (state.Parameters.Count - 1).ToString(CultureInfo.InvariantCulture),
            "@" or "*" => string.Join(' ', state.Parameters.Skip(1)),
            _ when char.IsAsciiDigit(name[0]) => state.Parameters.ElementAtOrDefault(int.Parse(name, CultureInfo.InvariantCulture)) ?? "",
            _ => state.Variables.GetValueOrDefault(name, ""),
        };
        return value.Length == 0 && part.Default is { } other ? other : value;
    }

    // Patterns in the last name of a path.
    private List<string> Matches(string pattern)
    {
        var slash = pattern.LastIndexOf('/');
        var (folder, name) = (pattern[..(slash + 1)], pattern[(slash + 1)..]);
        var place = folder.StartsWith('/') ? folder : $"{state.Directory.TrimEnd('/')}/{folder}";
        if (!files.IsFolder(place)) return [];
        return [.. files.NamesIn(place).Where(n => (n[0] != '.' || name[0] == '.') && FileSystemName.MatchesSimpleExpression(name, n, ignoreCase: false)).Select(n => folder + n)];
    }
}
