using YamlDotNet.Core;

namespace MultiCluster.Objects.Yaml;

/// <summary>What the parser says of a text that is no YAML: in words that hold nothing of the text, and where.</summary>
internal static class YamlSyntax
{
    private static readonly string[] Sentences = ["While scanning", "While parsing", "Did not find", "Found", "Reached the end"];

    /// <summary>The parser's own sentences hold no text of the file; any other message might.</summary>
    public static string Sentence(string message) =>
        Array.Exists(Sentences, start => message.StartsWith(start, StringComparison.Ordinal))
            ? $"This is not valid YAML. {message.TrimEnd('.')}."
            : "This is not valid YAML.";

    /// <summary>
    /// Where the text is wrong. Of a tab the parser says where what it stands in begins, or nothing at all; and the end of a text is a line
    /// below its last to it.
    /// </summary>
    public static TextPlace PlaceOf(YamlException e, string text, int lastLine)
    {
        var isTab = e.Message.Contains(" tab ", StringComparison.Ordinal);
        var (line, column) = (0, 1);
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            column = content.Length + 1;
            if (!isTab || line < lastLine) continue;
            var tab = content.IndexOf('\t');
            if (tab >= 0 && content[..tab].TrimStart(" -?").IsEmpty) return new(line, tab + 1);
        }

        var mark = isTab ? e.End : e.Start;
        return mark.Line > line ? new(line, column) : new((int)mark.Line, (int)mark.Column);
    }
}
