using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Loading;

/// <summary>Short names: for who sets them.</summary>
public sealed class AliasTests(SharedFleet shared)
{
    private const string Aliases = "Get-Alias | Where-Object { $_.ResolvedCommand.ModuleName -eq 'MultiCluster' }";

    [Fact]
    public void The_module_brings_none_by_itself()
    {
        using var shell = new Shell(shared.Fleet);

        Assert.Empty(shell.Run(Aliases).Output);
    }

    [Fact]
    public void Those_that_the_guide_sets_lead_to_commands_and_none_to_what_destroys()
    {
        using var shell = new Shell(shared.Fleet);
        string[] lines = [.. File.ReadLines(Path.Combine(TestBuild.Of("HelpPages"), "../profile.md")).Where(static line => line.StartsWith("Set-Alias ", StringComparison.Ordinal))];

        Assert.Empty(shell.Run(string.Join('\n', lines)).Errors);

        string[] set = [.. shell.Run($"{Aliases} | ForEach-Object ResolvedCommandName").Of<string>()];
        Assert.Equal(lines.Length, set.Length);
        Assert.Contains("Get-KubeResource", set);
        Assert.DoesNotContain(set, static command => command.StartsWith("Remove-", StringComparison.Ordinal) || command == "Invoke-KubeDrain");
    }
}
