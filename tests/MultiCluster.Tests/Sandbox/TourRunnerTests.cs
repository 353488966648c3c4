using System.Text.RegularExpressions;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>Tours that do not go as they say, that are stopped, or that cannot begin.</summary>
public sealed class TourRunnerTests
{
    [Fact]
    public async Task A_check_that_fails_ends_the_tour_with_1_and_names_the_step_and_what_came()
    {
        var result = await RunAsync("""
            # They are five
            Get-KubeCluster
            #=> $output.Count -eq 5

            # They are said to be three
            Get-KubeCluster
            #=> $output.Count -eq 3

            # And this is not reached
            Get-KubeFanOut
            """);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "\nThe tour failed at \"They are said to be three\", PS> Get-KubeCluster\n  not true: $output.Count -eq 3\n  What came: 5 objects, 0 errors.\n",
            result.Error);
        Assert.DoesNotContain("Get-KubeFanOut", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_the_tour_does_not_speak_of_is_a_failure()
    {
        var result = await RunAsync("""
            # Nothing is selected
            Get-KubeResource pod
            #=> -not $output
            """);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("it wrote errors, of which the tour says nothing\n  What came: 0 objects, 1 errors.\n    No active clusters.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_everything_with_130_and_leaves_nothing_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix has the programs that this needs.");
        await using var sandbox = new SandboxProcess();
        var script = sandbox.Write("tour.ps1", """
            # Until somebody stops it
            Start-Sleep 1000
            """);
        // Whoever runs the tests may have had them ignore SIGINT.
        sandbox.Start(["env", "--default-signal=INT", .. SandboxProcess.Program, "tour", "--script", script]);
        await sandbox.ReadToAsync("PS> Start-Sleep");
        await sandbox.SignalAsync("INT");
        var result = await sandbox.EndAsync();
        Assert.Equal((130, "\nStopped. The clusters are gone.\n"), (result.ExitCode, result.Error));
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Temporary));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task A_terminal_has_colours_unless_NO_COLOR_is_set(string? noColour, bool coloured)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix has the programs that this needs.");
        await using var sandbox = new SandboxProcess();
        sandbox.Set("TERM", "xterm-256color");
        if (noColour is not null) sandbox.Set("NO_COLOR", noColour);
        var script = sandbox.Write("tour.ps1", """
            # A table
            Get-KubeCluster
            """);
        // script(1) makes a terminal.
        sandbox.Start(["script", "--quiet", "--return", "--command", string.Join(' ', [.. SandboxProcess.Program, "tour", "--script", script]), "/dev/null"]);
        var result = await sandbox.EndAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("NotSelected", result.Output, StringComparison.Ordinal);
        if (coloured) Assert.Contains("\e[32;1mClusterName", result.Output, StringComparison.Ordinal);
        else Assert.DoesNotMatch(@"\e\[[0-9;]*m", result.Output);
    }

    [Theory]
    [InlineData("", "which is not there")]
    [InlineData("#!/bin/sh\necho PowerShell 7.4.6", "which is PowerShell 7.4.6. MultiCluster needs 7.6 or newer")]
    [InlineData("#!/bin/sh\necho $1: no such option >&2", "which is no PowerShell: it answers --version with \"--version: no such option\"")]
    public async Task A_PowerShell_that_will_not_do_is_refused_with_3(string program, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix has the programs that this needs.");
        await using var sandbox = new SandboxProcess();
        var result = await RunWithAsync(sandbox, program);
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Matches($@"^MULTICLUSTER_PWSH names \S+/my-pwsh, {Regex.Escape(why)}\.\n$", result.Error);
    }

    [Fact]
    public async Task The_PowerShell_that_MULTICLUSTER_PWSH_names_is_the_one_that_is_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix has the programs that this needs.");
        await using var sandbox = new SandboxProcess();
        var result = await RunWithAsync(sandbox, "#!/bin/sh\necho PowerShell 7.6.1 \"$@\"");
        Assert.StartsWith("PowerShell 7.6.1 -NoLogo -NoProfile ", result.Output, StringComparison.Ordinal);
    }

    private static async Task<SandboxResult> RunAsync(string tour)
    {
        await using var sandbox = new SandboxProcess();
        sandbox.Start([.. SandboxProcess.Program, "tour", "--script", sandbox.Write("tour.ps1", tour)]);
        return await sandbox.EndAsync();
    }

    /// <summary>Runs the tour with a PowerShell of such a text; of none, with one that is not there.</summary>
    private static async Task<SandboxResult> RunWithAsync(SandboxProcess sandbox, string program)
    {
        var path = sandbox.Write("my-pwsh", program);
        if (program.Length == 0) File.Delete(path);
        else if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        sandbox.Set("MULTICLUSTER_PWSH", path);
        sandbox.Start([.. SandboxProcess.Program, "tour"]);
        return await sandbox.EndAsync();
    }
}
