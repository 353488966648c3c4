using System.Text.RegularExpressions;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The topics that <c>Get-Help about_*</c> finds.</summary>
public sealed partial class AboutTopicTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    public static TheoryData<string> Topics =>
        [.. Directory.GetFiles(ShippedHelp.Folder, "about_*.help.txt").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_has_the_parts_that_PowerShell_looks_for(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(ShippedHelp.Folder, file));

        Assert.Equal(["TOPIC", $"    {file.Split('.')[0]}"], lines[..2]);
        Assert.Contains("SHORT DESCRIPTION", lines);
        Assert.Contains("LONG DESCRIPTION", lines);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_fits_80_columns(string file) =>
        Assert.All(File.ReadLines(Path.Combine(ShippedHelp.Folder, file)), static line => Assert.InRange(line.Length, 0, 80));

    [Fact]
    public void The_topic_of_the_module_lists_every_cmdlet()
    {
        var listed = File.ReadAllText(Path.Combine(ShippedHelp.Folder, "about_MultiCluster.help.txt")).Split("\n  Commands\n")[1];

        Assert.Equal(commands.All.Keys, CmdletName().Matches(listed).Select(static match => match.Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_names_only_cmdlets_that_exist(string file)
    {
        var named = CmdletName().Matches(File.ReadAllText(Path.Combine(ShippedHelp.Folder, file))).Select(static match => match.Value).Distinct();

        Assert.Empty(named.Except(commands.All.Keys));
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+-Kube[A-Z]\w+")]
    private static partial Regex CmdletName();
}
