using System.Text;
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

    /// <summary><c>./build.ps1 Docs</c> brings it up to date.</summary>
    [Fact]
    public void The_list_of_commands_is_written_as_the_module_has_them()
    {
        const string topic = "about_MultiCluster.help.txt";
        var source = Path.Combine(HelpPage.Folder, "../../module/en-US", topic);
        if (Environment.GetEnvironmentVariable("MULTICLUSTER_WRITE_HELP") is { Length: > 0 })
            File.WriteAllText(source, List().Replace(File.ReadAllText(source), $"$1{Commands()}$2"));
        else
            Assert.Equal(Commands(), List().Match(File.ReadAllText(Path.Combine(ShippedHelp.Folder, topic))).Groups["list"].Value);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_names_only_cmdlets_that_exist(string file)
    {
        var named = CmdletName().Matches(File.ReadAllText(Path.Combine(ShippedHelp.Folder, file))).Select(static match => match.Value).Distinct();

        Assert.Empty(named.Except(commands.All.Keys));
    }

    /// <summary>The cmdlets by the folders of their classes, in lines of less than 80 columns.</summary>
    private string Commands()
    {
        var text = new StringBuilder();
        foreach (var room in commands.All.Values.GroupBy(static command => command.ImplementingType.Namespace!.Split('.')[^1]).OrderBy(static room => room.Key, StringComparer.Ordinal))
        {
            var line = $"    {room.Key,-13}";
            foreach (var command in room)
            {
                if (line.Length + command.Name.Length > 78)
                {
                    text.Append(line.TrimEnd()).Append('\n');
                    line = new string(' ', 17);
                }

                line += $"{command.Name}  ";
            }

            text.Append(line.TrimEnd()).Append('\n');
        }

        return $"{text}";
    }

    [GeneratedRegex(@"(\n  Commands\n)(?<list>.*?)(\nSEE ALSO\n)", RegexOptions.Singleline)]
    private static partial Regex List();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+-Kube[A-Z]\w+")]
    private static partial Regex CmdletName();
}
