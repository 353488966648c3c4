using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox.Commands;

namespace MultiCluster.Module.Tests.Package;

/// <summary>The packed module in a PowerShell process of its own: every file of <c>tests/Module.Tests</c>.</summary>
[Collection(nameof(PackageTests))]
public sealed class PesterTests(PackedModule module)
{
    // What Pester finds wrong, and what it has not run: on Linux no test of the package may be left out, elsewhere those that are Linux's alone.
    private const string Script = """
        $PSStyle.OutputRendering = 'PlainText'
        Import-Module $env:MULTICLUSTER_PESTER
        $result = Invoke-Pester -Path $env:MULTICLUSTER_TESTS -Output Detailed -PassThru
        $result.Skipped + $result.NotRun | ForEach-Object { "NOT RUN: $($_.ExpandedPath)" }
        exit [int]($result.Result -ne 'Passed' -or $result.NotRunCount -or ($IsLinux -and ($result.SkippedCount -or $result.PassedCount -eq 0)))
        """;

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(TestBuild.Of("ModuleTests"), "*.Tests.ps1").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_packed_module_passes(string file)
    {
        var powershell = await PowerShellProgram.FindAsync(TestContext.Current.CancellationToken);
        var start = powershell.StartInfo("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", Script);
        start.Environment["MULTICLUSTER_LAYOUT"] = module.Folder;
        start.Environment["MULTICLUSTER_TESTS"] = Path.Combine(TestBuild.Of("ModuleTests"), file);
        start.Environment["MULTICLUSTER_PROBE"] = typeof(PesterTests).Assembly.Location;
        start.Environment["MULTICLUSTER_PESTER"] = Path.Combine(TestBuild.Of("Pester"), "tools", "Pester.psd1");

        var run = await Processes.RunAsync(start, TimeSpan.FromMinutes(10));

        Assert.True(run.ExitCode == 0, run.Output);
    }
}
