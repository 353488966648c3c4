using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace MultiCluster.Module.Tests;

/// <summary>The laid out module in a real PowerShell: every test in <c>tests/Module.Tests</c>.</summary>
public sealed class PesterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task The_module_passes_its_tests_in_PowerShell()
    {
        var wanted = "7.6";
        var found = await PowerShellAsync(
            $"if ($PSVersionTable.PSVersion -lt '{wanted}') {{ \"PowerShell $($PSVersionTable.PSVersion) is older than {wanted}\"; exit 1 }}; "
            + "if (-not (Get-Module -ListAvailable Pester | Where-Object Version -ge '5.5')) { 'Pester 5.5 or newer is not installed'; exit 1 }");
        Assert.SkipWhen(found.ExitCode != 0, $"The module's tests in PowerShell did not run: {found.Output.Trim()}.");

        var run = await PowerShellAsync(
            "$PSStyle.OutputRendering = 'PlainText'; $result = Invoke-Pester -Path $env:MULTICLUSTER_TESTS -Output Detailed -PassThru; "
            + "exit $(if ($result.Result -eq 'Passed') { 0 } else { 1 })");

        Assert.True(run.ExitCode == 0, run.Output);
    }

    private static async Task<(int ExitCode, string Output)> PowerShellAsync(string command)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["MULTICLUSTER_LAYOUT"] = Metadata("ModuleLayout"),
                ["MULTICLUSTER_TESTS"] = Metadata("ModuleTests"),
                ["MULTICLUSTER_PROBE"] = typeof(PesterTests).Assembly.Location,
            },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            return (-1, "there is no pwsh on the PATH");
        }

        using (process)
        {
            process!.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            try
            {
                await process.WaitForExitAsync(limit.Token);
                return (process.ExitCode, await output + await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    private static string Metadata(string key) =>
        typeof(PesterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
