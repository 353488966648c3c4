using System.Text;
using System.Xml;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The pages of <c>docs/en-US</c> against the help file that is made of them: <c>./build.ps1 Docs</c> brings it up to date.</summary>
public sealed class HelpFileTests
{
    public static TheoryData<string> Cmdlets => [.. HelpPage.Names];

    [Fact]
    public void The_help_file_has_every_page_and_no_other() => Assert.Equal(HelpPage.Names, ShippedHelp.Commands.Select(static command => command.Key));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_help_file_says_what_the_page_says(string cmdlet)
    {
        var file = MamlPage.File([HelpPage.Of(cmdlet)]);
        var drift = new Drift(cmdlet, "page", "help file");

        var shipped = ShippedHelp.Commands.SingleOrDefault(command => command.Key == cmdlet).Value;
        if (shipped is null)
            Assert.Fail($"{cmdlet} is not in the help file, which wants:\n{file}");
        drift.CompareElements("", file.Elements().Single(), shipped);

        drift.AssertNone();
    }

    /// <summary>Else <c>./build.ps1 Docs</c> would change lines that nobody has touched.</summary>
    [Fact]
    public void The_help_file_is_written_as_the_pages_make_it()
    {
        if (Environment.GetEnvironmentVariable("MULTICLUSTER_WRITE_HELP") is { Length: > 0 })
        {
            KindPages.Write();
            File.WriteAllText(Path.Combine(HelpPage.Folder, "../../module/en-US/MultiCluster.Module.dll-Help.xml"), Made());
        }
        else
        {
            Assert.Equal(Made(), ShippedHelp.Text);
        }
    }

    private static string Made()
    {
        using var text = new MemoryStream();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using (var writer = XmlWriter.Create(text, settings))
            MamlPage.File(HelpPage.Names.Select(HelpPage.Of)).Save(writer);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
