using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using MultiCluster.Module.Loading;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The pages in <c>docs/en-US</c> against the cmdlet classes, without PowerShell.</summary>
public sealed partial class HelpPageTests
{
    private static readonly string Pages = typeof(HelpPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "HelpPages").Value!;

    public static TheoryData<string> Cmdlets => [.. Classes.Keys];

    private static SortedDictionary<string, Type> Classes { get; } = new(
        typeof(ModuleInitializer).Assembly.GetExportedTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
            .ToDictionary(type => string.Join('-', Of(type).ConstructorArguments.Select(argument => argument.Value))),
        StringComparer.Ordinal);

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet()
    {
        var pages = Directory.GetFiles(Pages, "*-*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

        Assert.Equal(Classes.Keys, pages);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_describes_every_parameter_and_no_other(string cmdlet)
    {
        var type = Classes[cmdlet];
        var parameters = type.GetProperties()
            .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true))
            .Select(property => property.Name)
            .Concat(Of(type).NamedArguments.Any(argument => argument is { MemberName: "SupportsShouldProcess", TypedValue.Value: true }) ? ["Confirm", "WhatIf"] : [])
            .Order(StringComparer.Ordinal);

        var described = ParameterHeading().Matches(Page(cmdlet)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.Equal(parameters, described);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_has_three_examples_and_nothing_left_to_fill_in(string cmdlet)
    {
        var page = Page(cmdlet);

        Assert.True(ExampleHeading().Count(page) >= 3);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    private static string Page(string cmdlet) => File.ReadAllText(Path.Combine(Pages, $"{cmdlet}.md"));

    /// <summary>As it is written in the source: the reference assembly's attributes keep nothing.</summary>
    private static CustomAttributeData Of(Type type) => type.GetCustomAttributesData().Single(data => data.AttributeType == typeof(CmdletAttribute));

    [GeneratedRegex(@"^### -(\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex ParameterHeading();

    [GeneratedRegex(@"^### Example \d+: ", RegexOptions.Multiline)]
    private static partial Regex ExampleHeading();
}
