using System.Management.Automation;
using System.Text.RegularExpressions;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Tests.Help;

/// <summary>
/// The pages of the commands that read one kind: what they say of their parameters is said once, on the page of Get-KubeResource, and copied
/// by <c>./build.ps1 Docs</c>, so that each page is whole where it is read.
/// </summary>
internal static partial class KindPages
{
    private const string General = "Get-KubeResource";

    /// <summary>The commands, by name.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = typeof(ReadingCmdlet).Assembly.GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(ReadingCmdlet)) && type != typeof(GetKubeResourceCommand))
        .ToDictionary(static type => type.GetCustomAttributes(false).OfType<CmdletAttribute>().Select(static name => $"{name.VerbName}-{name.NounName}").Single());

    /// <summary>What a page says of its parameters.</summary>
    public static string ParametersOf(string cmdlet) => Parameters().Match(File.ReadAllText(PathOf(cmdlet))).Groups["all"].Value;

    /// <summary>What it should say: the texts of those that the command has; a name stands where the kind does on the general page.</summary>
    public static string Wanted(string cmdlet)
    {
        var own = All[cmdlet].GetProperties().Where(static property => property.IsDefined(typeof(ParameterAttribute), inherit: false)).Select(static property => property.Name).ToHashSet();
        return string.Concat(Parameter().Matches(ParametersOf(General)).Where(parameter => own.Contains(parameter.Groups["name"].Value)).Select(static parameter => parameter.Value))
            .Replace("  Position: 1\n", "  Position: 0\n", StringComparison.Ordinal);
    }

    /// <summary>Writes it into the pages.</summary>
    public static void Write()
    {
        foreach (var cmdlet in All.Keys)
        {
            var text = File.ReadAllText(PathOf(cmdlet));
            File.WriteAllText(PathOf(cmdlet), text.Replace(ParametersOf(cmdlet), Wanted(cmdlet), StringComparison.Ordinal));
        }
    }

    private static string PathOf(string cmdlet) => Path.Combine(HelpPage.Folder, $"{cmdlet}.md");

    [GeneratedRegex(@"\n## PARAMETERS\n\n(?<all>.*?)(?=### CommonParameters\n)", RegexOptions.Singleline)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"### -(?<name>\w+)\n.*?(?=### -|\z)", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
