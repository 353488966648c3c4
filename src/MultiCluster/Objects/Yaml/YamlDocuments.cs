using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace MultiCluster.Objects.Yaml;

/// <summary>
/// The documents of a text, YAML or JSON. One that cannot be read says so, and those after it are read all the same, since <c>---</c>
/// at the beginning of a line begins a document whatever stands before it. Empty ones are left out.
/// </summary>
internal static partial class YamlDocuments
{
    public static List<YamlDocument> Read(string text, CancellationToken cancellationToken = default)
    {
        text = text.TrimStart('\uFEFF');
        var documents = new List<YamlDocument>();
        var (start, line) = text.AsSpan().TrimStart().StartsWith('{') ? ReadJson(text, documents, cancellationToken) : (0, 1);
        while (start < text.Length)
            (start, line) = ReadYaml(text, start, line, documents, cancellationToken);
        for (var at = 0; at < documents.Count; at++)
            documents[at] = documents[at] with { Number = at + 1 };
        return documents;
    }

    /// <summary>Reads values as far as there are some, and returns where something else begins: YAML's <c>{a: 1}</c> begins as JSON does.</summary>
    private static (int Start, int Line) ReadJson(string text, List<YamlDocument> documents, CancellationToken cancellationToken)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new JsonTreeReader(utf8, cancellationToken);
        try
        {
            while (reader.Next() is { } document)
                documents.Add(document);
            return (text.Length, 0);
        }
        catch (JsonException)
        {
            var read = utf8.AsSpan(0, reader.Consumed);
            return (Encoding.UTF8.GetCharCount(read), read.Count((byte)'\n') + 1);
        }
    }

    /// <summary>Reads to the end, or to the document after one that is no YAML; returns where to go on.</summary>
    private static (int Start, int Line) ReadYaml(string text, int start, int line, List<YamlDocument> documents, CancellationToken cancellationToken)
    {
        var rest = start == 0 ? text : text[start..];
        var reader = new YamlTreeReader(rest, line, cancellationToken);
        try
        {
            while (reader.Next() is { } document)
            {
                if (document.Root is not { Kind: YamlNodeKind.Scalar, Writing: YamlWriting.Plain, Text: "", Tag: null })
                    documents.Add(document);
            }

            return (text.Length, 0);
        }
        catch (YamlException e)
        {
            var place = YamlSyntax.PlaceOf(e, rest, reader.Start.Line - line + 1);
            return Lost(YamlSyntax.Sentence(e.Message), place with { Line = place.Line + line - 1 });
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or InvalidCastException)
        {
            // The parser lost its way without saying where.
            return Lost("This is not valid YAML.", reader.Start);
        }

        (int, int) Lost(string sentence, TextPlace place)
        {
            var (from, to, next) = BoundsOf(text, start, line, reader.Start.Line);
            var begin = reader.Start;
            documents.Add(new YamlDocument(0, begin, null, Problem(sentence, place, begin.Line, text.AsSpan(from..to))));
            return (to, next);
        }
    }

    /// <summary>Where the document that begins on a line begins and ends, and the line of its end.</summary>
    private static (int From, int To, int Line) BoundsOf(string text, int start, int line, int begin)
    {
        for (; line < begin && start < text.Length; line++)
            start = AfterLine(text, start);
        for (var at = start; ;)
        {
            at = AfterLine(text, at);
            line++;
            if (at >= text.Length)
                return (start, text.Length, line);
            if (IsSeparator(text.AsSpan(at)))
                return (start, at, line);
        }
    }

    private static int AfterLine(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : text.Length;

    private static bool IsSeparator(ReadOnlySpan<char> text) => text.StartsWith("---") && (text.Length == 3 || char.IsWhiteSpace(text[3]));

    private static YamlProblemException Problem(string sentence, TextPlace place, int firstLine, ReadOnlySpan<char> document)
    {
        var advice = "Correct the file at or before this place: indentation, quotes and brackets are what is mostly wrong.";
        var line = firstLine;
        foreach (var content in document.EnumerateLines())
        {
            foreach (var mark in Template().EnumerateMatches(content))
            {
                // The parser stops where braces do not fit; further away they may well be the text of a block.
                if (Math.Abs(line - place.Line) <= 1)
                    return Templates.Problem(new TextPlace(line, mark.Index + mark.Length - 1));
                advice = $"Correct the file at or before this place. Line {line} has what templates have; if this is one, render it first, as with helm template.";
            }

            line++;
        }

        return new YamlProblemException(place, $"{char.ToLowerInvariant(sentence[0])}{sentence[1..].TrimEnd('.')}", advice);
    }

    // Where YAML would take it for a mapping: not in quotes, not in a block of text, not in a comment.
    [GeneratedRegex(@"^\s*(- +)*([\w./-]+: +)?[^\s""'#]*(\{\{|\{%)")]
    private static partial Regex Template();
}
