using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Commands;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>A runbook's PowerShell: nobody is there, and nothing says so but that its input has ended.</summary>
public sealed class EndOfInputTests(SharedFleet shared)
{
    [Theory]
    [InlineData("Set-KubeCluster prod-eu -Protected; New-KubeResource configmap a -Data @{ b = 'c' }", "Kube.Protected")]
    [InlineData("New-KubeResource configmap a -Data @{ b = 'c' } -Confirm", "Kube.Invalid")]
    public async Task A_question_that_nobody_hears_is_an_error_that_says_so(string script, string id)
    {
        var home = Directory.CreateTempSubdirectory("multicluster-input-");
        var kubeconfig = Path.Combine(home.FullName, "kubeconfig");
        shared.Fleet.WriteKubeconfig(kubeconfig, UserKind.AdminToken);
        var start = (await PowerShellProgram.FindAsync(TestContext.Current.CancellationToken)).StartInfo(
            "-NoLogo", "-NoProfile", "-Command",
            $"Import-Module '{TestBuild.Of("ModuleLayout")}/MultiCluster.psd1'; $null = Select-KubeCluster prod-eu; try {{ {script} -ErrorAction Stop }} catch {{ \"ID $($_.FullyQualifiedErrorId)\" }}");
        (start.Environment["HOME"], start.Environment["KUBECONFIG"]) = (home.FullName, kubeconfig);

        var run = await Processes.RunAsync(start, TimeSpan.FromMinutes(2));

        Assert.Contains($"ID {id},", run.Output, StringComparison.Ordinal);
        home.Delete(recursive: true);
    }
}
