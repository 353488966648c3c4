namespace MultiCluster.Module.Tests.Help;

/// <summary>The pages against what <c>Get-Help</c> shows.</summary>
public sealed class ShownHelpTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    public static TheoryData<string> Cmdlets => [.. HelpPage.Names];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_Help_shows_what_the_page_says_in_its_order(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        var shown = commands.Shell.Screen($"Get-Help {cmdlet} -Full", 200);
        IEnumerable<string> parts =
        [
            page.Synopsis,
            .. page.Syntax.Select(static syntax => syntax.Line),
            page.Description,
            .. page.Parameters.SelectMany(static parameter => new[] { $"-{parameter.Name}", parameter.Description, "Default value", parameter.DefaultValue }),
            .. page.Inputs.Concat(page.Outputs).SelectMany(static type => new[] { type.Name, type.Description }),
            page.Notes,
            .. page.Examples.SelectMany(static example => new[] { example.Title, example.Code, example.Remarks }),
            $"Online Version: {page.Online}",
            .. page.Links.Select(static link => link.Text),
        ];

        // Where lines end is the terminal's matter.
        var (text, from) = (Bare(shown), 0);
        foreach (var part in parts)
        {
            var at = text.IndexOf(Bare(part), from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{cmdlet}: Get-Help does not show, or not where the page has it:\n{part}\n\nIt shows:\n{shown}");
            from = at + Bare(part).Length;
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_Help_shows_words_and_no_Markdown(string cmdlet)
    {
        // A backtick in an example is PowerShell's own.
        var code = HelpPage.Of(cmdlet).Examples.SelectMany(static example => example.Code.Split('\n')).Select(static line => line.Trim()).ToHashSet();
        var words = commands.Shell.Screen($"Get-Help {cmdlet} -Full", 200).Split('\n').Where(line => !code.Contains(line.Trim()));

        Assert.All(words, static line => Assert.DoesNotMatch(@"`|\]\(|\*\*|^\s*(#|- |\* |\|)", line));
    }

    private static string Bare(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c) && c != '`'));
}
