using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class KubeNamespaceTests(SharedFleet shared)
{
    [Fact]
    public void Namespaces_of_every_cluster_are_listed()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var found = shell.Run("Get-KubeNamespace kube-*").Of<KubeNamespace>();

        Assert.All(found, static ns => Assert.StartsWith("kube-", ns.Name));
        Assert.Equal(["prod-eu", "prod-us"], found.Where(static ns => ns.Name == "kube-system").Select(static ns => ns.ClusterName).Order());
    }

    [Fact]
    public void A_row_of_a_namespace_s_cluster_addresses_that_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var pods = shell.Run("Get-KubeNamespace web | Where-Object ClusterName -EQ staging | Select-Object ClusterId | Get-KubeResource pod -A").Of<KubeObject>();

        Assert.Equal(["staging"], pods.Select(static pod => pod.ClusterName).Distinct());
    }

    [Theory]
    [InlineData("l")]
    [InlineData("Selector")]
    [InlineData("LabelSelector")]
    public void A_label_selector_that_does_not_parse_is_refused_before_any_request(string parameter)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run($"Get-KubeNamespace -{parameter} 'a in (b' -Verbose");

        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
        Assert.Empty(run.Verbose);
    }

    [Fact]
    public void The_sessions_namespace_holds_until_it_is_cleared()
    {
        using var shell = new Shell(shared.Fleet).Select("*");
        shell.Run("Set-KubeNamespace web; Set-KubeNamespace kube-system -Cluster staging");

        Assert.Equal(["prod-eu/web", "prod-us/web", "staging/kube-system"], Asked(shell));

        shell.Run("Set-KubeNamespace -Clear -Cluster staging");
        Assert.Contains("staging/web", Asked(shell));

        shell.Run("Set-KubeNamespace -Clear");
        Assert.Equal(["prod-eu/default", "prod-us/default", "staging/default"], Asked(shell));
    }

    [Theory]
    [InlineData("Set-KubeNamespace nosuch", "There is no namespace 'nosuch' on prod-eu, prod-us and staging.")]
    [InlineData("Set-KubeNamespace nosuch -Cluster prod-*", "There is no namespace 'nosuch' on prod-eu and prod-us.")]
    [InlineData("Set-KubeNamespace web", null)]
    [InlineData("Set-KubeNamespace -Clear", null)]
    public void A_namespace_that_no_cluster_has_is_set_with_a_warning(string script, string? warning)
    {
        using var shell = new Shell(shared.Fleet);
        shell.Run("Select-KubeCluster *");

        Assert.Equal(warning is null ? [] : [warning], shell.Run(script).Warnings);
        Assert.Contains(warning is null ? script.Contains("web", StringComparison.Ordinal) ? "prod-eu/web" : "prod-eu/default" : "prod-eu/nosuch", Asked(shell));
    }

    [Fact]
    public async Task Where_one_cluster_has_the_namespace_or_nobody_knows_there_is_no_warning()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-2"].Store.Add("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"apart"}}""");
        using var shell = new Shell(fleet);
        shell.Run("Select-KubeCluster *");

        Assert.Empty(shell.Run("Set-KubeNamespace apart").Warnings);
        fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        Assert.Empty(shell.Run("Set-KubeNamespace nosuch").Warnings);
        fleet["sim-2"].Faults.Clear();
        fleet["sim-2"].Faults.Add(ClusterFault.Forbidden());
        Assert.Empty(shell.Run("Set-KubeNamespace nosuch").Warnings);
    }

    [Fact]
    public void Clusters_that_were_not_contacted_yet_are_not_asked()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("Set-KubeNamespace nosuch");

        Assert.Empty(run.Warnings);
        Assert.All(shell.Selected, static cluster => Assert.Equal(ClusterState.Connecting, cluster.State));
    }

    [Theory]
    [InlineData("we*")]
    [InlineData("Web")]
    [InlineData("a/b")]
    public void A_text_that_can_name_no_namespace_is_refused(string name)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var set = shell.Run($"Set-KubeNamespace {name}").Terminated!;
        var asked = shell.Run($"Get-KubeResource pod -n {name}").Terminated!;

        Assert.All([set, asked], error => Assert.Equal(("Kube.Invalid", $"'{name}' cannot be the name of a namespace."), (error.Id(), $"{error}")));
    }

    private static IEnumerable<string> Asked(Shell shell) =>
        shell.Selected.Select(cluster => $"{cluster.ClusterName}/{shell.Session.Pool.Namespaces.For(cluster)}");
}
