using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;
using MultiCluster.Module.Tests.Help;

namespace MultiCluster.Module.Tests;

/// <summary>Tools, tests and debugger take one PowerShell: the one that <c>.config/dotnet-tools.json</c> pins.</summary>
public sealed partial class PowerShellVersionTests
{
    private static readonly string Pinned = JsonDocument.Parse(Read(".config/dotnet-tools.json")).RootElement
        .GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;

    [Fact]
    public void The_tests_host_the_PowerShell_that_is_pinned() =>
        Assert.StartsWith($"{Pinned} ", FileVersionInfo.GetVersionInfo(typeof(PSObject).Assembly.Location).ProductVersion, StringComparison.Ordinal);

    [Fact]
    public void The_debugger_starts_the_PowerShell_that_is_pinned()
    {
        var started = Program().Matches(Read(".vscode/launch.json")).Select(static match => match.Groups[1].Value).ToList();

        Assert.Equal([Pinned, Pinned], started); // on Windows, and elsewhere
    }

    private static string Read(string path) => File.ReadAllText(HelpPage.FullPath($"../../{path}"));

    [GeneratedRegex("/packages/powershell/([^/]+)/")]
    private static partial Regex Program();
}
