using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

/// <summary>Contexts that bear one name, and files that make one id: how a user gets at each of them.</summary>
public sealed class SameNameTests(SharedFleet shared)
{
    [Fact]
    public void The_advice_of_a_refusal_works_as_it_is_written()
    {
        using var shell = Twins();
        var advice = shell.Run("Select-KubeCluster -All -Kubeconfig ./prod/auth/kubeconfig, ./stage/auth/kubeconfig -NoConnect").Error.ErrorDetails.RecommendedAction;

        shell.Run(advice[advice.IndexOf("Set-KubeCluster", StringComparison.Ordinal)..]);
        var run = shell.Run("Select-KubeCluster -All -Kubeconfig ./prod/auth/kubeconfig, ./stage/auth/kubeconfig -NoConnect");

        Assert.Empty(run.Errors);
        Assert.Equal("admin,stage", shell.SelectedNames);
    }

    [Fact]
    public void Each_is_addressed_by_its_id_and_by_its_object()
    {
        using var shell = Twins();
        shell.Run("Add-KubeCluster ./prod/auth/kubeconfig, ./stage/auth/kubeconfig");

        Assert.Equal(["prod/auth/kubeconfig:admin", "stage/auth/kubeconfig:admin"], shell.Run("Get-KubeCluster admin | ForEach-Object ClusterId").Output);
        Assert.Equal(["stage/auth/kubeconfig:admin"], shell.Run("Get-KubeCluster -Id stage/auth/kubeconfig:admin | ForEach-Object ClusterId").Output);
        Guidance.Check(shell.Run("Get-KubeCluster -Id kubeconfig:admin").Error, "Kube.Invalid", "'prod/auth/kubeconfig:admin'", "'stage/auth/kubeconfig:admin'");

        shell.Run("Get-KubeCluster stage/auth/kubeconfig:admin | Set-KubeCluster -Alias second");
        Assert.Equal(["admin", "second"], shell.Run("Get-KubeCluster *kubeconfig:admin | ForEach-Object ClusterName").Output);
        Assert.Empty(shell.Run("Get-KubeCluster | Where-Object Context -eq admin | Select-KubeCluster -NoConnect").Errors);
        Assert.Equal("admin,second", shell.SelectedNames);
    }

    [Fact]
    public void A_cluster_that_only_Kubeconfig_leads_to_can_be_set()
    {
        using var shell = new Shell(shared.Fleet);
        shell.WriteContexts("elsewhere/twin", "staging", "staging");

        Guidance.Check(shell.Run("Set-KubeCluster -Id twin:staging -Alias second").Terminated!, "Kube.NotFound", "twin:staging");
        Assert.Equal("second", Assert.Single(shell.Run("Set-KubeCluster -Id twin:staging -Kubeconfig ./elsewhere/twin -Alias second -PassThru").Of<KubeCluster>()).ClusterName);
        Assert.Equal("staging", Assert.Single(shell.Run("Get-KubeCluster -Id sandbox:staging").Of<KubeCluster>()).ClusterName);

        shell.Run("Get-KubeCluster -Kubeconfig ./elsewhere/twin | Set-KubeCluster -Alias third");
        Assert.Equal(["third"], shell.Run("Get-KubeCluster -Kubeconfig ./elsewhere/twin | ForEach-Object ClusterName").Output);

        shell.Run("Select-KubeCluster third -Kubeconfig ./elsewhere/twin -NoConnect; Set-KubeCluster -Id twin:staging -Protected");
        Assert.True(Assert.Single(shell.Selected).Protected);
    }

    [Fact]
    public void A_kubeconfig_that_is_not_there_is_an_error_of_Set_too()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("Set-KubeCluster staging -Kubeconfig ./nowhere -Protected");

        Guidance.Check(run.Error, "Kube.Kubeconfig", shell.File("nowhere"));
        Assert.Equal("Kube.NotFound", run.Terminated!.Id());
    }

    [Fact]
    public void A_backup_copy_of_the_kubeconfig_is_in_nobodys_way()
    {
        using var shell = new Shell(shared.Fleet);
        Directory.CreateDirectory(shell.File(".kube"));
        File.Copy(shell.Kubeconfig, shell.File(".kube/config-backup"));

        foreach (var script in (string[])["Select-KubeCluster staging, prod-eu, prod-us -NoConnect -Verbose", "Select-KubeCluster -All -NoConnect -Verbose", "Select-KubeCluster * -NoConnect -Verbose"])
        {
            var run = shell.Run(script);

            Assert.Empty(run.Errors);
            Assert.Equal(3, shell.Selected.Count);
            Assert.All(shell.Selected, cluster => Assert.Equal(shell.Kubeconfig, cluster.Kubeconfig));
            Assert.Contains(run.Verbose, line => line.Contains("'config-backup:staging'", StringComparison.Ordinal));
        }

        Assert.Empty(shell.Run("Select-KubeCluster config-backup:staging -NoConnect").Errors);
        Assert.Equal(shell.File(".kube/config-backup"), Assert.Single(shell.Selected).Kubeconfig);
    }

    [Fact]
    public void Completion_offers_the_name_for_the_one_that_it_means_and_ids_for_the_others()
    {
        using var shell = Twins();
        Directory.CreateDirectory(shell.File(".kube"));
        File.Copy(shell.Kubeconfig, shell.File(".kube/copy"));
        shell.Run("Add-KubeCluster ./prod/auth/kubeconfig, ./stage/auth/kubeconfig");

        Assert.Equal(["prod/auth/kubeconfig:admin", "stage/auth/kubeconfig:admin"], Texts(shell, "Select-KubeCluster adm"));
        Assert.Equal(["staging", "copy:staging"], Texts(shell, "Select-KubeCluster stagi"));
        Assert.Equal(["stage/auth/kubeconfig:admin"], Texts(shell, "Set-KubeCluster -Id stage/"));
        Assert.Equal(["stage/auth/kubeconfig:admin"], Texts(shell, "Get-KubeCluster -Id stage/"));
    }

    private Shell Twins()
    {
        var shell = new Shell(shared.Fleet);
        shell.WriteContexts("prod/auth/kubeconfig", "prod-eu", "admin");
        shell.WriteContexts("stage/auth/kubeconfig", "staging", "admin");
        return shell;
    }

    private static IEnumerable<string> Texts(Shell shell, string line) => shell.Offers(line).Select(static offer => offer.CompletionText);
}
