using System.Text.RegularExpressions;

namespace MultiCluster.Module.Tests.Help;

/// <summary>Reads a page that is laid out as PlatyPS 1.0 does it, and no other: what it does not know is an error.</summary>
internal static partial class HelpPageReader
{
    private static readonly string[] Sections =
        ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    public static HelpPage Read(string text)
    {
        var page = Match(Page(), text, "The page");
        var sections = Parts(page["rest"].Value, "## ");
        Assert.Equal(Sections, sections.Select(static section => section.Title));
        var parameters = Parts(Body("PARAMETERS"), "### ");
        Assert.Equal("CommonParameters", parameters[^1].Title);
        return new()
        {
            Name = page["name"].Value,
            Metadata = page["metadata"].Value,
            Synopsis = Body("SYNOPSIS"),
            Syntax = [.. Parts(Body("SYNTAX"), "### ").Select(static part => new HelpSyntax(part.Title, Code(part).ReplaceLineEndings("")))],
            Description = Body("DESCRIPTION"),
            Examples = [.. Parts(Body("EXAMPLES"), "### ").Select(ReadExample)],
            Parameters = [.. parameters.SkipLast(1).Select(ReadParameter)],
            CommonParameters = parameters[^1].Body,
            Inputs = Types("INPUTS"),
            Outputs = Types("OUTPUTS"),
            Notes = Body("NOTES"),
            Links = [.. Body("RELATED LINKS").Split("\n\n").Select(ReadLink)],
        };

        string Body(string section) => sections.Single(candidate => candidate.Title == section).Body;

        IReadOnlyList<HelpType> Types(string section) => [.. Parts(Body(section), "### ").Select(static part => new HelpType(part.Title, part.Body))];
    }

    /// <summary>What stands below each heading of a level; headings in blocks of code are none.</summary>
    private static List<Part> Parts(string text, string heading)
    {
        var parts = new List<Part>();
        var fenced = false;
        foreach (var line in text.Split('\n'))
        {
            fenced ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!fenced && line.StartsWith(heading, StringComparison.Ordinal))
                parts.Add(new(line[heading.Length..], ""));
            else if (parts.Count > 0)
                parts[^1] = parts[^1] with { Body = parts[^1].Body + line + "\n" };
            else
                Assert.Equal("", line);
        }

        return [.. parts.Select(static part => part with { Body = part.Body.Trim('\n') })];
    }

    private static string Code(Part part) => Match(CodeBlock(), part.Body, part.Title)["code"].Value;

    private static HelpExample ReadExample(Part part)
    {
        var example = Match(Example(), part.Body, part.Title);
        return new(part.Title, example["code"].Value, example["remarks"].Value);
    }

    private static HelpLink ReadLink(string text)
    {
        var link = Match(Link(), text, "RELATED LINKS");
        return new(link["text"].Value, link["target"].Value);
    }

    private static HelpParameter ReadParameter(Part part)
    {
        var parameter = Match(Parameter(), part.Body, part.Title);
        return new()
        {
            Name = part.Title.TrimStart('-'),
            Description = parameter["description"].Value,
            Type = parameter["type"].Value,
            DefaultValue = Scalar(parameter["default"].Value),
            Wildcards = bool.Parse(parameter["wildcards"].Value),
            Aliases = [.. parameter["alias"].Captures.Select(static capture => capture.Value)],
            Hidden = bool.Parse(parameter["hidden"].Value),
            Sets = [.. parameter["set"].Captures.Select((set, i) => new HelpParameterSet(
                set.Value,
                parameter["position"].Captures[i].Value,
                bool.Parse(parameter["required"].Captures[i].Value),
                bool.Parse(parameter["value"].Captures[i].Value),
                bool.Parse(parameter["property"].Captures[i].Value),
                bool.Parse(parameter["remaining"].Captures[i].Value)))],
        };
    }

    /// <summary>A YAML scalar without its quotes.</summary>
    private static string Scalar(string text) => text switch
    {
        ['\'', .. var inner, '\''] => inner.Replace("''", "'", StringComparison.Ordinal),
        ['"', .. var inner, '"'] => inner,
        _ => text,
    };

    private static GroupCollection Match(Regex pattern, string text, string title)
    {
        var match = pattern.Match(text);
        Assert.True(match.Success, $"{title} is not laid out as the reader of help pages knows it:\n{text}");
        return match.Groups;
    }

    [GeneratedRegex(@"\A---\n(?<metadata>.*?)\n---\n\n# (?<name>[^\n]+)\n(?<rest>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Page();

    [GeneratedRegex(@"\A```\n(?<code>.*)\n```\z", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\A```powershell\n(?<code>.*?)\n```\n\n(?<remarks>(?:(?!```).)+)\z", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\A\[(?<text>[^\]]+)\]\((?<target>[^)]+)\)\z")]
    private static partial Regex Link();

    // PlatyPS' YAML, line by line. Accepted values and help messages are what no page has.
    [GeneratedRegex(
        @"\A(?<description>.*?)\n\n```yaml\nType: (?<type>.+?)\nDefaultValue: (?<default>.+?)\nSupportsWildcards: (?<wildcards>\w+)\n"
        + @"Aliases:(?: \[\]|(?:\n- (?<alias>\w+))+)\nParameterSets:\n"
        + @"(?:- Name: (?<set>.+?)\n  Position: (?<position>\w+)\n  IsRequired: (?<required>\w+)\n  ValueFromPipeline: (?<value>\w+)\n"
        + @"  ValueFromPipelineByPropertyName: (?<property>\w+)\n  ValueFromRemainingArguments: (?<remaining>\w+)\n)+"
        + @"DontShow: (?<hidden>\w+)\nAcceptedValues: \[\]\nHelpMessage: ''\n```\z", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    private sealed record Part(string Title, string Body);
}
