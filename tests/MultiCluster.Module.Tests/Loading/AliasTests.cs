using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Loading;

/// <summary>Short names: there for who asks for them.</summary>
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
    public void The_file_beside_the_manifest_sets_some_and_none_for_what_destroys()
    {
        using var shell = new Shell(shared.Fleet);

        shell.Run(". \"$((Get-Module MultiCluster).ModuleBase)/Aliases.ps1\"");

        string[] set = [.. shell.Run($"{Aliases} | ForEach-Object ResolvedCommandName").Of<string>()];
        Assert.Equal(shell.Run("Get-Content \"$((Get-Module MultiCluster).ModuleBase)/Aliases.ps1\" | Where-Object { $_ -like 'Set-Alias *' }").Output.Count, set.Length);
        Assert.Contains("Get-KubeResource", set);
        Assert.DoesNotContain(set, static command => command.StartsWith("Remove-", StringComparison.Ordinal) || command == "Invoke-KubeDrain");
    }
}
