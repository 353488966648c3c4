using System.Management.Automation.Language;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The examples of the pages; <c>tests/Module.Tests/Help.Tests.ps1</c> runs those that can run unattended.</summary>
public sealed class HelpExampleTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    public static TheoryData<string> Cmdlets => [.. HelpPage.Names];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_has_three_examples_or_more_numbered_through(string cmdlet)
    {
        var examples = HelpPage.Of(cmdlet).Examples;

        Assert.True(examples.Count >= 3, $"{cmdlet} has {examples.Count} examples");
        Assert.All(examples, static (example, i) => Assert.Matches($"^Example {i + 1}: [^ ]", example.Title));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void An_example_calls_the_cmdlet_and_only_what_exists(string cmdlet)
    {
        foreach (var example in HelpPage.Of(cmdlet).Examples)
        {
            var script = Parser.ParseInput(example.Code, out _, out var errors);
            Assert.Empty(errors);
            var calls = script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
                .Where(static call => call.GetCommandName()?.Contains("-Kube", StringComparison.Ordinal) == true)
                .ToList();

            Assert.True(calls.Exists(call => call.GetCommandName() == cmdlet), $"{cmdlet}, {example.Title}: does not call the cmdlet:\n{example.Code}");
            Assert.All(calls, call => AssertExists($"{cmdlet}, {example.Title}", call));
        }
    }

    /// <summary>Names are written out; an alias is fine, a beginning of a name is not.</summary>
    private void AssertExists(string example, CommandAst call)
    {
        Assert.True(commands.All.TryGetValue(call.GetCommandName(), out var command), $"{example}: there is no {call.GetCommandName()}");
        var names = command.Parameters.Values.SelectMany(static parameter => parameter.Aliases.Append(parameter.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var given in call.CommandElements.OfType<CommandParameterAst>().TakeWhile(static given => given.ParameterName != "-")) // after -- stands a command
            Assert.True(names.Contains(given.ParameterName), $"{example}: {command.Name} has no parameter -{given.ParameterName}: {call}");
    }
}
