using System.Xml.Linq;

namespace MultiCluster.Module.Tests.Help;

/// <summary>A page in MAML, which Get-Help reads: as PlatyPS makes it, with the default values and example code that it leaves out, and without Markdown.</summary>
internal static class MamlPage
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    /// <summary>The whole help file.</summary>
    public static XElement File(IEnumerable<HelpPage> pages) => new(
        XNamespace.Get("http://msh") + "helpItems",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XAttribute("schema", "maml"),
        pages.Select(Of));

    public static XElement Of(HelpPage page) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", page.Name),
            Description(page.Synopsis),
            new XElement(Command + "verb", page.Name.Split('-')[0]),
            new XElement(Command + "noun", page.Name.Split('-')[1])),
        Description(page.Description),
        new XElement(Command + "syntax", page.Syntax.Select(syntax => Of(page, syntax))),
        new XElement(Command + "parameters", page.Parameters.Select(Of)),
        new XElement(Command + "inputTypes", page.Inputs.Select(static type => Of("inputType", type))),
        new XElement(Command + "returnValues", page.Outputs.Select(static type => Of("returnValue", type))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraph(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Of)),
        new XElement(Command + "relatedLinks", Link("Online Version:", page.Online), page.Links.Select(static link => Link(link.Text, "")))); // the pages' links lead nowhere in a console

    private static XElement Of(HelpPage page, HelpSyntax syntax)
    {
        var position = 0;
        return new(
            Command + "syntaxItem",
            new XElement(Maml + "name", page.Name),
            syntax.Parameters.Select(given =>
            {
                var parameter = page.Parameters.Single(candidate => candidate.Name == given.Name);
                return new XElement(
                    Command + "parameter",
                    new XAttribute("required", given.Required),
                    new XAttribute("variableLength", false),
                    new XAttribute("globbing", false),
                    new XAttribute("pipelineInput", false),
                    new XAttribute("position", given.Positional ? position++ : "named"),
                    new XAttribute("aliases", given.Type is null ? "none" : Aliases(parameter)),
                    new XElement(Maml + "name", given.Name),
                    new XElement(Maml + "description"),
                    given.Type is null ? null : Value(given.Type, variableLength: false),
                    Type(parameter.Type));
            }));
    }

    private static XElement Of(HelpParameter parameter) => new(
        Command + "parameter",
        new XAttribute("required", parameter.Sets.Any(static set => set.Required)),
        new XAttribute("variableLength", false),
        new XAttribute("globbing", parameter.Wildcards),
        new XAttribute("pipelineInput", PipelineInput(parameter.Sets)),
        new XAttribute("position", parameter.Sets[0].Position),
        new XAttribute("aliases", Aliases(parameter)),
        new XElement(Maml + "name", parameter.Name),
        Description(parameter.Description),
        parameter.Switch ? null : Value(Bare(parameter.Type), variableLength: true),
        Type(parameter.Type),
        parameter.DefaultValue.Length == 0 ? null : new XElement(Dev + "defaultValue", parameter.DefaultValue));

    private static XElement Of(string name, HelpType type) => new(Command + name, Type(type.Name), Description(type.Description));

    private static XElement Of(HelpExample example) => new(
        Command + "example",
        new XElement(Maml + "title", $"--------- {example.Title} ---------"),
        new XElement(Maml + "introduction", ""),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraph(example.Remarks), new XElement(Maml + "para"))); // which sets the next one apart

    private static XElement Link(string text, string address) => new(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", address));

    private static XElement Description(string markdown) => new(Maml + "description", Paragraph(markdown));

    private static XElement Paragraph(string markdown) => new(Maml + "para", markdown.Replace("`", "", StringComparison.Ordinal));

    private static XElement Type(string type) => new(Dev + "type", new XElement(Maml + "name", Bare(type)));

    private static XElement Value(string type, bool variableLength) => new(
        Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", variableLength), type);

    private static string Aliases(HelpParameter parameter) => parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases);

    private static string Bare(string type) =>
        type.StartsWith("System.Nullable`1[", StringComparison.Ordinal) ? type["System.Nullable`1[".Length..^1] : type;

    private static string PipelineInput(IReadOnlyList<HelpParameterSet> sets) =>
        (sets.Any(static set => set.ByValue), sets.Any(static set => set.ByPropertyName)) switch
        {
            (false, false) => "false",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            (true, true) => "true (ByValue, ByPropertyName)",
        };
}
