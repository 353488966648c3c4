using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The shell, with its commands from a pipe.</summary>
public sealed class ShellTests
{
    [Fact]
    public async Task It_has_the_module_and_the_clusters_and_leaves_nothing_behind()
    {
        await using var sandbox = new SandboxProcess { Input = "Select-KubeCluster prod-*\n\"at home in $HOME\"\nexit 7\n" };
        sandbox.Set("NO_COLOR", "1");
        sandbox.Start([.. SandboxProcess.Program, "shell", "--pods", "3"]);
        var result = await sandbox.EndAsync();
        Assert.Equal((7, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("3 simulated clusters are here until you exit.", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^prod-us +Ready ", result.Output);
        Assert.Contains($"at home in {sandbox.Temporary}", result.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Home));
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Temporary));
    }
}
