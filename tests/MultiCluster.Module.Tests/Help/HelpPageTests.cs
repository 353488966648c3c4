using System.Text.RegularExpressions;
using MultiCluster.Http;
using MultiCluster.Module.Jobs;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The pages of <c>docs/en-US</c> against the cmdlets, as PowerShell sees them.</summary>
public sealed partial class HelpPageTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    public static TheoryData<string> Cmdlets => [.. HelpPage.Names];

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() => Assert.Equal(commands.All.Keys, HelpPage.Names);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_describes_the_parameters_that_there_are(string cmdlet)
    {
        List<HelpParameter> described = [.. HelpPage.Of(cmdlet).Parameters], real = [.. ModuleCommands.Parameters(commands.All[cmdlet])];
        var drift = new Drift(cmdlet, "page", "cmdlet");

        if (drift.CompareNames("parameters", described.Select(static parameter => parameter.Name), real.Select(static parameter => parameter.Name)))
        {
            foreach (var (one, other) in described.Zip(real))
                Compare(drift, one, other);
        }

        drift.AssertNone();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_names_the_defaults_and_the_values_that_there_are(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        var described = page.Parameters.ToDictionary(static parameter => parameter.Name);
        var drift = new Drift(cmdlet, "page", "cmdlet");

        foreach (var real in ModuleCommands.Parameters(commands.All[cmdlet]).Where(parameter => described.ContainsKey(parameter.Name)))
        {
            var parameter = described[real.Name];
            if (!MayStand(parameter.DefaultValue, real))
                drift.Compare($"-{real.Name}, default value", parameter.DefaultValue, real.DefaultValue);
            if (DefaultInWords().Match(parameter.Description) is { Success: true } words)
                drift.Compare($"-{real.Name}, default value in the description", words.Groups[1].Value, real.DefaultValue);
            var text = $"{parameter.Description} {page.Description}";
            var missing = real.Values.Where(value => !text.Contains(value, StringComparison.Ordinal)).ToList();
            if (missing.Count > 0)
                drift.Compare($"-{real.Name}, values in the descriptions", text, Joined(missing));
        }

        drift.AssertNone();
    }

    [Fact]
    public void The_limits_of_a_cluster_without_settings_are_the_engines()
    {
        var parameters = HelpPage.Of("Set-KubeCluster").Parameters;

        Assert.Equal($"{RequestLimits.Default.RequestsPerSecond}", parameters.Single(static parameter => parameter.Name == "Qps").DefaultValue);
        Assert.Equal($"{RequestLimits.Default.Concurrent}", parameters.Single(static parameter => parameter.Name == "ThrottleLimit").DefaultValue);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_shows_the_calls_that_Get_Command_shows(string cmdlet)
    {
        var shown = HelpPage.Of(cmdlet).Syntax;
        var real = commands.All[cmdlet].ParameterSets.ToDictionary(static set => set.IsDefault ? $"{set.Name} (Default)" : set.Name, set => $"{cmdlet} {set}");
        var drift = new Drift(cmdlet, "page", "cmdlet");

        if (drift.CompareNames("parameter sets", shown.Select(static syntax => syntax.Set), real.Keys))
        {
            foreach (var syntax in shown)
                drift.Compare($"syntax of {syntax.Set}", syntax.Line, real[syntax.Set].Replace(" [<CommonParameters>]", "", StringComparison.Ordinal));
        }

        drift.AssertNone();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_names_the_types_that_go_in_and_come_out(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        var command = commands.All[cmdlet];
        var drift = new Drift(cmdlet, "page", "cmdlet");

        var parameters = ModuleCommands.Parameters(command);
        IEnumerable<string> inputs = Types(parameters, static set => set.ByValue).Union(Types(parameters, static set => set.ByPropertyName));
        drift.Compare("inputs", Joined(page.Inputs.Select(static type => type.Name)), Joined(inputs.DefaultIfEmpty("None")));

        // A job is not in the attribute: Tab behind the pipe should offer what the objects have.
        IEnumerable<string> jobs = command.Parameters.ContainsKey("AsJob") ? [typeof(KubeJob).FullName!] : [];
        var outputs = command.OutputType.Select(static type => type.Name).Concat(jobs);
        drift.Compare("outputs", Joined(page.Outputs.Select(static type => type.Name)), Joined(outputs.DefaultIfEmpty("None")));

        drift.AssertNone();
    }

    private static void Compare(Drift drift, HelpParameter page, HelpParameter real)
    {
        var part = $"-{real.Name}";
        drift.Compare($"{part}, type", page.Type, real.Type);
        drift.Compare($"{part}, wildcards", page.Wildcards, real.Wildcards);
        drift.Compare($"{part}, aliases", Joined(page.Aliases), Joined(real.Aliases));
        drift.Compare($"{part}, hidden", page.Hidden, real.Hidden);
        if (!drift.CompareNames($"{part}, parameter sets", page.Sets.Select(static set => set.Name), real.Sets.Select(static set => set.Name)))
            return;
        foreach (var (one, other) in page.Sets.Zip(real.Sets))
        {
            drift.Compare($"{part} in {other.Name}, position", one.Position, other.Position);
            drift.Compare($"{part} in {other.Name}, required", one.Required, other.Required);
            drift.Compare($"{part} in {other.Name}, from the pipeline", one.ByValue, other.ByValue);
            drift.Compare($"{part} in {other.Name}, from the pipeline by property name", one.ByPropertyName, other.ByPropertyName);
            drift.Compare($"{part} in {other.Name}, from remaining arguments", one.Remaining, other.Remaining);
        }
    }

    /// <summary>Whether a page may give this default: the cmdlet's own, or words for what follows from elsewhere.</summary>
    private static bool MayStand(string stated, HelpParameter real) => real switch
    {
        { DefaultValue.Length: > 0 } => stated == real.DefaultValue,
        { Switch: true } => stated is "False" or "",
        { Type: var type } when type.StartsWith("System.Nullable", StringComparison.Ordinal) => true, // a setting of the cluster's
        _ => !double.TryParse(stated, out _) && !bool.TryParse(stated, out _),
    };

    private static IEnumerable<string> Types(IEnumerable<HelpParameter> parameters, Func<HelpParameterSet, bool> way) =>
        parameters.Where(parameter => parameter.Sets.Any(way)).Select(static parameter => parameter.Type);

    private static string Joined(IEnumerable<string> texts) => string.Join(", ", texts);

    [GeneratedRegex(@"The default is (\d+)")]
    private static partial Regex DefaultInWords();
}
