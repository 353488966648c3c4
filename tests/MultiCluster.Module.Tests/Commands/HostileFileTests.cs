using System.Diagnostics;
using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands;

/// <summary>Files in <c>~/.kube</c> that are no kubeconfigs, or are meant to do harm: nobody who did not ask hears of them, and none keeps anybody waiting.</summary>
public sealed class HostileFileTests(SharedFleet shared)
{
    [Fact]
    public void Files_that_are_no_kubeconfigs_are_told_in_verbose_alone()
    {
        using var shell = new Shell(shared.Fleet);
        Write(shell, "README.md", "# Clusters\n\tcall: Jane: she knows\n");
        Write(shell, "skaffold.yaml", "apiVersion: skaffold/v4\nkind: Config\n");
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(shell.File(".kube/circle"), shell.File(".kube/circle"));

        foreach (var script in (string[])["Get-KubeCluster", "Select-KubeCluster * -NoConnect", "Set-KubeCluster staging -Qps 9"])
        {
            var run = shell.Run($"{script} -Verbose");

            Assert.Empty(run.Errors);
            Assert.Empty(run.Warnings);
            Assert.Contains(run.Verbose, line => line.StartsWith($"Passed over {shell.File(".kube/README.md")}", StringComparison.Ordinal));
            Assert.Contains(run.Verbose, line => line.StartsWith($"Passed over {shell.File(".kube/skaffold.yaml")}: This is no kubeconfig", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_kubeconfig_that_is_damaged_is_an_error_with_its_place()
    {
        using var shell = new Shell(shared.Fleet);
        Write(shell, "damaged", "apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster:\n    server: https://c\n\tusers: []\n");

        Guidance.Check(shell.Run("Get-KubeCluster").Error, "Kube.Kubeconfig", $"{shell.File(".kube/damaged")}(7,1): ");
    }

    [Fact]
    public void Texts_that_are_made_to_take_for_ever_take_no_time()
    {
        using var shell = new Shell(shared.Fleet);
        Write(shell, "brackets", new string('[', 200_000));
        Write(shell, "anchors", "kind: Config\nx: " + string.Concat(Enumerable.Range(0, 12_000).Select(static i => $"&a{i} [")));
        Write(shell, "laughs", string.Concat(Enumerable.Range(0, 30).Select(static i => $"l{i}: &l{i} [{string.Join(",", Enumerable.Repeat(i == 0 ? "x" : $"*l{i - 1}", 9))}]\n")));

        var run = shell.Run("Get-KubeCluster");

        Assert.Equal(3, run.Of<KubeCluster>().Count);
        Guidance.Check(run.Error, "Kube.Kubeconfig", $"{shell.File(".kube/anchors")}(2,", "nested deeper");
        shell.Offer("Select-KubeCluster stag", "staging");
    }

    [Fact]
    public void A_file_that_cannot_be_opened_can_be_left_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No pipes are among the files, as on Windows and wine.");
        using var shell = new Shell(shared.Fleet);
        Process.Start("mkfifo", shell.File("pipe")).WaitForExit();
        foreach (var script in (string[])["Get-KubeCluster -Kubeconfig ./pipe", "Select-KubeCluster -All -Kubeconfig ./pipe", "Set-KubeCluster x -Kubeconfig ./pipe -Qps 1"])
        {
            using var running = shell.Start(script);
            using var writer = new Writer(shell.File("pipe"));
            Assert.True(running.Stop().Stopped);
        }
    }

    [Fact]
    public void Preferences_that_were_set_aside_are_told_by_every_command_that_reads_them()
    {
        using var shell = new Shell(shared.Fleet);
        Directory.CreateDirectory(shell.File("configuration"));
        File.WriteAllText(shell.Session.Pool.Preferences.FilePath, "{ damaged");
        File.WriteAllText(shell.File("configuration/.added.kubeconfig.abcdefgh.ijk.tmp"), "token: left");

        string[] scripts =
        [
            "Set-KubeCluster staging -Qps 9", "Get-KubeCluster", "Select-KubeCluster staging -NoConnect", "Add-KubeCluster ./sandbox",
            "Add-KubeCluster -Name lab -Server https://127.0.0.1:9", "Remove-KubeCluster lab -Confirm:$false", "Remove-KubeCluster -Path ./sandbox -Confirm:$false",
        ];
        foreach (var script in scripts)
        {
            var run = shell.Run(script);
            Assert.Empty(run.Errors);
            Assert.True(run.Warnings is [var warning] && warning.Contains("are kept as", StringComparison.Ordinal), script);
        }

        Assert.False(File.Exists(shell.File("configuration/.added.kubeconfig.abcdefgh.ijk.tmp")));
        File.Delete(Assert.Single(Directory.GetFiles(shell.File("configuration"), "preferences.damaged-*")));
        Assert.Empty(shell.Run("Get-KubeCluster").Warnings);
    }

    private static void Write(Shell shell, string name, string text)
    {
        Directory.CreateDirectory(shell.File(".kube"));
        File.WriteAllText(shell.File($".kube/{name}"), text);
    }

    /// <summary>Opens a pipe in the end, so that who waits for that does not wait for ever.</summary>
    private sealed class Writer(string pipe) : IDisposable
    {
        public void Dispose()
        {
            using var opened = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        }
    }
}
