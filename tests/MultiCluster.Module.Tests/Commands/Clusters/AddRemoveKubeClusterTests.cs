using System.Net;
using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class AddRemoveKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void A_cluster_added_by_hand_can_be_selected_and_only_its_owner_reads_its_token()
    {
        using var shell = new Shell(shared.Fleet);
        var staging = shared.Fleet["staging"];
        File.WriteAllText(shell.File("ca.pem"), staging.CaPem);
        shell["server"] = staging.Server;
        shell["token"] = new NetworkCredential("", staging.AdminToken).SecurePassword;

        var run = shell.Run("Add-KubeCluster -Name mine -Server $server -Token $token -CertificateAuthority ./ca.pem");

        var added = Assert.Single(run.Of<KubeCluster>());
        Assert.Equal(("mine", $"{staging.Server}"), (added.ClusterName, $"{added.Server}"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(shell.Session.Pool.OwnKubeconfig));
        Assert.Equal(ClusterState.Ready, Assert.Single(shell.Run("Select-KubeCluster mine").Of<KubeCluster>()).State);
    }

    [Fact]
    public void WhatIf_says_what_would_be_added_where_and_adds_nothing()
    {
        using var shell = new Shell(shared.Fleet);

        shell.Run("Add-KubeCluster -Name mine -Server https://127.0.0.1:1 -WhatIf");
        shell.Run("Add-KubeCluster ./sandbox -WhatIf");

        Assert.Equal(
            [
                $"What if: Performing the operation \"Add to {shell.Session.Pool.OwnKubeconfig}\" on target \"mine (https://127.0.0.1:1)\".",
                $"What if: Performing the operation \"Search for kubeconfigs in every session\" on target \"{shell.Kubeconfig}\".",
            ],
            shell.Host.Lines);
        Assert.DoesNotContain("mine", Known(shell));
        Assert.False(File.Exists(shell.Session.Pool.OwnKubeconfig));
        Assert.False(File.Exists(shell.Session.Pool.Preferences.FilePath));
    }

    [Theory]
    [InlineData("-Server 'not an address'", "Kube.Invalid")]
    [InlineData("-Server https://127.0.0.1:1 -CertificateAuthority no-such-file.pem", "Kube.Credential")]
    [InlineData("-Server https://127.0.0.1:1 -ProxyUrl ftp://proxy", "Kube.Invalid")]
    public void What_cannot_be_used_is_refused_and_nothing_is_written(string parameters, string id)
    {
        using var shell = new Shell(shared.Fleet);

        var error = shell.Run($"Add-KubeCluster -Name mine {parameters}").Terminated!;

        Assert.Equal(id, error.Id());
        Assert.NotNull(error.ErrorDetails.RecommendedAction);
        Assert.False(File.Exists(shell.Session.Pool.OwnKubeconfig));
    }

    [Fact]
    public void A_file_added_to_the_search_is_listed_until_it_is_removed()
    {
        using var shell = new Shell(shared.Fleet);
        shell.WriteContexts("other", "staging", "elsewhere");

        shell.Run("Add-KubeCluster ./other");
        Assert.Contains("elsewhere", Known(shell));

        shell.Run("Remove-KubeCluster -Path ./other");
        Assert.DoesNotContain("elsewhere", Known(shell));
    }

    [Fact]
    public void A_path_that_does_not_exist_is_refused()
    {
        using var shell = new Shell(shared.Fleet);

        var error = shell.Run("Add-KubeCluster ./nowhere").Terminated!;

        Assert.Equal("Kube.NotFound", error.Id());
        Assert.Contains(shell.File("nowhere"), $"{error}");
    }

    [Fact]
    public void A_removed_cluster_is_gone_and_deselected()
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Add-KubeCluster -Name mine -Server https://127.0.0.1:1");
        shell.Select("mine", "staging");

        Assert.Empty(shell.Run("Remove-KubeCluster mine").Errors);

        Assert.Equal("staging", shell.SelectedNames);
        Assert.DoesNotContain("mine", Known(shell));
    }

    [Fact]
    public void Who_says_no_keeps_the_cluster()
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Add-KubeCluster -Name mine -Server https://127.0.0.1:1");
        shell.Select("mine", "staging");
        shell.Host.Answers = ["No"];

        shell.Run("Remove-KubeCluster mine -Confirm");

        Assert.Contains($"\"Remove from {shell.Session.Pool.OwnKubeconfig}\" on target \"mine\"", Assert.Single(shell.Host.Questions));
        Assert.Equal("mine,staging", shell.SelectedNames);
        Assert.Contains("mine", Known(shell));
    }

    [Fact]
    public void A_cluster_of_somebody_elses_kubeconfig_is_never_removed()
    {
        using var shell = new Shell(shared.Fleet);
        var before = File.ReadAllText(shell.Kubeconfig);

        var error = shell.Run("Remove-KubeCluster staging").Error;

        Assert.Equal("Kube.NotFound", error.Id());
        Assert.Contains(shell.Kubeconfig, error.ErrorDetails.RecommendedAction);
        Assert.Equal(before, File.ReadAllText(shell.Kubeconfig));
    }

    [Fact]
    public void A_name_with_wildcards_removes_nothing_and_says_where_they_go()
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Add-KubeCluster -Name mine -Server https://127.0.0.1:1");

        var error = shell.Run("Remove-KubeCluster mi*").Error;

        Assert.Equal(("Kube.NotFound", "'mi*' was not added with Add-KubeCluster."), (error.Id(), $"{error}"));
        Assert.Contains("Get-KubeCluster", error.ErrorDetails.RecommendedAction);
        Assert.Contains("mine", Known(shell));
    }

    [Fact]
    public void Clusters_are_removed_from_the_pipeline()
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("'one', 'two' | ForEach-Object { Add-KubeCluster -Name $_ -Server https://127.0.0.1:1 }");

        Assert.Empty(shell.Run("Get-KubeCluster one, two | Remove-KubeCluster").Errors);

        Assert.Equal(["prod-eu", "prod-us", "staging"], Known(shell).Order());
    }

    private static IEnumerable<string> Known(Shell shell) => shell.Run("Get-KubeCluster").Of<KubeCluster>().Select(static cluster => cluster.ClusterName);
}
