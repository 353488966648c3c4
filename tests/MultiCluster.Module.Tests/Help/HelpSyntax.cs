using System.Text.RegularExpressions;

namespace MultiCluster.Module.Tests.Help;

/// <summary>How a cmdlet is called with one of its parameter sets.</summary>
/// <param name="Set">The set's name, with <c>(Default)</c> where it is that.</param>
/// <param name="Line">The call, in one line.</param>
internal sealed partial record HelpSyntax(string Set, string Line)
{
    public IReadOnlyList<HelpSyntaxParameter> Parameters { get; } =
        [.. Pattern().Matches(Line).Select(static match => new HelpSyntaxParameter(
            match.Groups["name"].Value,
            match.Groups["type"] is { Success: true, Value: var type } ? type : null,
            Required: !match.Groups["optional"].Success,
            Positional: match.Groups["positional"].Success))];

    // [[-Name] <type>]  [-Name] <type>  [-Name <type>]  [-Name]  -Name <type>  -Name
    [GeneratedRegex(
        @"(?<= )(?:(?<optional>(?<positional>\[\[))-(?<name>\w+)\] <(?<type>[^>]+)>\]"
        + @"|(?<positional>\[)-(?<name>\w+)\] <(?<type>[^>]+)>"
        + @"|(?<optional>\[)-(?<name>\w+)(?: <(?<type>[^>]+)>)?\]"
        + @"|-(?<name>\w+)(?: <(?<type>[^>]+)>)?)(?= |$)")]
    private static partial Regex Pattern();
}

/// <summary>A parameter in a call; a switch has no type.</summary>
internal sealed record HelpSyntaxParameter(string Name, string? Type, bool Required, bool Positional);
