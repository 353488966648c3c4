using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands;

/// <summary>Names that mean nothing are told of: an empty answer would look like a cluster that has nothing.</summary>
public sealed class NothingThereTests(SharedFleet shared)
{
    [Theory]
    [InlineData("Get-KubeResource pod -n nosuch")]
    [InlineData("Get-KubeResource pod, service, configmap -n nosuch")]
    [InlineData("Get-KubeResource widget -n nosuch")]
    [InlineData("Get-KubeResource pod web-* -n nosuch")]
    [InlineData("Get-KubeResource pod -n nosuch -First 5")]
    [InlineData("Set-KubeNamespace nosuch; Get-KubeResource pod")]
    [InlineData("Get-KubeEvent -n nosuch")]
    [InlineData("Get-KubeLog -n nosuch")]
    [InlineData("Get-KubePodDisruption -n nosuch")]
    [InlineData("Get-KubeRollout -n nosuch")]
    [InlineData("Get-KubeImage -n nosuch")]
    [InlineData("Get-KubeHelmRelease -n nosuch")]
    [InlineData("Get-KubeAttention -n nosuch")]
    [InlineData("Compare-KubeResource deployment -n nosuch")]
    [InlineData("Remove-KubeResource pod * -n nosuch -Confirm:$false")]
    [InlineData("Update-KubeResource pod * -n nosuch -Label @{ a = 'b' }")]
    [InlineData("Restart-KubeWorkload deployment * -n nosuch")]
    public void A_namespace_that_is_not_there_is_a_warning_that_says_where(string script)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run(script);

        Assert.Equal(["prod-eu and prod-us: there is no namespace 'nosuch'"], run.Warnings);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("Watch-KubeResource pod -n nosuch")]
    [InlineData("Watch-KubeEvent -n nosuch")]
    [InlineData("Get-KubeLog -n nosuch -Follow")]
    public void It_is_while_the_call_goes_on(string script)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        using var running = shell.Start(script);
        running.Until(static it => it.Warnings.Count > 0);

        var run = running.Stop();

        Assert.Equal(["prod-eu and prod-us: there is no namespace 'nosuch'"], run.Warnings);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("Measure-KubeResource -n nosuch")]
    [InlineData("Measure-KubeResource configmap -n nosuch")]
    [InlineData("Get-KubeOverview -n nosuch")]
    public void Where_rows_say_that_there_is_none_they_are_not_alone(string script)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        Assert.Contains("prod-eu and prod-us: there is no namespace 'nosuch'", shell.Run(script).Warnings);
    }

    [Fact]
    public async Task Only_the_clusters_without_it_are_named()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 3, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in new[] { "sim-1", "sim-3" })
            fleet[cluster].Store.Add("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        using var shell = new Shell(fleet).Select("*");

        Assert.Equal(["sim-2: there is no namespace 'shop'"], shell.Run("Get-KubeResource pod -n shop").Warnings);
    }

    [Fact]
    public async Task Who_may_not_ask_for_namespaces_is_told_nothing()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 1, Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Resource == "namespaces"));
        using var shell = new Shell(fleet).Select("*");

        var run = shell.Run("Get-KubeResource pod -n nosuch");

        Assert.Empty(run.Warnings);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_namespace_that_has_something_is_not_asked_for()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 1, Pods = 3 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("*");
        var ns = shell.Run("Get-KubeResource pod -A -First 1").Of<KubePod>()[0].Namespace;

        shell.Run($"Get-KubeResource pod -n {ns}");

        Assert.DoesNotContain(fleet["sim-1"].Requests.All, request => request.Path == $"/api/v1/namespaces/{ns}");
    }

    [Theory]
    [InlineData("Suspend-KubeNode -LabelSelector pool=nosuch", "node")]
    [InlineData("Resume-KubeNode -LabelSelector pool=nosuch", "node")]
    [InlineData("Invoke-KubeDrain -LabelSelector pool=nosuch", "node")]
    [InlineData("Remove-KubeResource pod -A -LabelSelector pool=nosuch", "object")]
    [InlineData("Update-KubeResource pod -A -LabelSelector pool=nosuch -Label @{ a = 'b' }", "object")]
    [InlineData("Set-KubeScale deployment -A -LabelSelector pool=nosuch -Replicas 2", "object")]
    [InlineData("Get-KubeLog -A -LabelSelector pool=nosuch", "pod")]
    public void A_selector_that_nothing_fits_is_a_warning(string script, string what)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run(script);

        Assert.Equal([$"No {what} fits 'pool=nosuch' on prod-eu and prod-us."], run.Warnings);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("Get-KubeResource pod nosuch-* -A")]
    [InlineData("Get-KubeResource pod -A -l pool=nosuch")]
    [InlineData("Suspend-KubeNode nosuch-*")]
    [InlineData("Get-KubeCluster nosuch-*")]
    [InlineData("Get-KubeCluster -Group nosuch-*")]
    [InlineData("Get-KubeApiResource nosuch-*")]
    [InlineData("Get-KubeApiResource -ApiGroup nosuch*")]
    [InlineData("Get-KubeDrain -Cluster nosuch-*")]
    [InlineData("Get-KubeDrain -Cluster prod-eu")]
    [InlineData("Get-KubeDrain -Cluster staging")] // known, and not selected
    public void Wildcards_that_nothing_fits_are_silent(string script)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run(script);

        Assert.Empty(run.Warnings);
        Assert.Empty(run.Errors);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("Get-KubeCluster -Group nosuch", "Kube.NotFound", "no cluster belongs to the group 'nosuch'")]
    [InlineData("Get-KubeCluster -Selected -Group nosuch", "Kube.NotFound", "no cluster belongs to the group 'nosuch'")]
    [InlineData("Get-KubeApiResource nosuch", "Kube.KindNotFound", "the cluster serves no kind \"nosuch\", on both clusters: prod-eu and prod-us")]
    [InlineData("Get-KubeApiResource -ApiGroup nosuch", "Kube.KindNotFound", "the cluster serves no API group 'nosuch', on both clusters: prod-eu and prod-us")]
    [InlineData("Get-KubeDrain -Cluster nosuch", "Kube.NotFound", "no cluster matches 'nosuch'")]
    [InlineData("Get-KubeNamespace nosuch", "Kube.NotFound", "NotFound (namespaces \"nosuch\" not found), on both clusters")]
    public void A_name_that_nothing_bears_is_an_error(string script, string id, string says)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var error = shell.Run(script).Error;

        Assert.Equal(id, error.Id());
        Assert.Contains(says, $"{error}", StringComparison.Ordinal);
        Assert.NotNull(error.ErrorDetails.RecommendedAction);
    }
}
