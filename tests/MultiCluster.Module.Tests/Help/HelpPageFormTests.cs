using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MultiCluster.Module.Tests.Help;

/// <summary>What every page of <c>docs/en-US</c> has in common.</summary>
public sealed partial class HelpPageFormTests
{
    public static TheoryData<string> Cmdlets => [.. HelpPage.Names];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_is_headed_as_PlatyPS_wants_it(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        Assert.Equal(cmdlet, page.Name);
        Assert.Equal(
            $"""
            document type: cmdlet
            external help file: MultiCluster.Module.dll-Help.xml
            HelpUri: ''
            Locale: en-US
            Module Name: MultiCluster
            PlatyPS schema version: 2024-05-01
            title: {cmdlet}
            """.ReplaceLineEndings("\n"),
            DateLine().Replace(page.Metadata, ""));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_leaves_nothing_to_fill_in(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        IEnumerable<(string Part, string Text)> parts =
        [
            ("synopsis", page.Synopsis),
            ("description", page.Description),
            ("notes", page.Notes),
            .. page.Parameters.Select(static parameter => ($"-{parameter.Name}", parameter.Description)),
            .. page.Inputs.Concat(page.Outputs).Select(static type => (type.Name, type.Description)),
        ];

        Assert.Matches(@"^[A-Z][^\n]*\.$", page.Synopsis);
        Assert.All(parts, part => Assert.True(part.Text.Length > 0 && !part.Text.Contains("{{", StringComparison.Ordinal), $"{cmdlet}, {part.Part}: '{part.Text}'"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_names_the_common_parameters(string cmdlet)
    {
        var named = ParameterName().Matches(HelpPage.Of(cmdlet).CommonParameters).Select(static match => match.Groups[1].Value);

        Assert.Equal(Cmdlet.CommonParameters.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_leads_to_pages_and_topics_that_exist(string cmdlet)
    {
        foreach (var link in HelpPage.Of(cmdlet).Links)
        {
            Assert.True(File.Exists(HelpPage.FullPath(link.Target)), $"{cmdlet}: {link.Target} is not there");
            Assert.Equal(Path.GetFileName(link.Target).Split('.')[0], link.Text);
        }
    }

    [GeneratedRegex(@"ms\.date: \d\d/\d\d/\d{4}\n")]
    private static partial Regex DateLine();

    [GeneratedRegex(@"-([A-Z]\w+)")]
    private static partial Regex ParameterName();
}
