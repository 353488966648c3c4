using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Completion;

/// <summary>Kinds of objects.</summary>
public sealed class KindCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("Get-KubeResource deplo", "deployments")]
    [InlineData("Get-KubeResource po", "pods")]
    [InlineData("Get-KubeResource pod, no", "nodes")]
    [InlineData("Get-KubeResource widg", "widgets")] // a custom one
    [InlineData("Get-KubeResource wd", "widgets")] // by its short name
    public void Kinds_that_the_clusters_serve_are_completed(string line, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        shell.Offer(line, expected);
    }

    [Theory]
    [InlineData("", "pods")]
    [InlineData("p", "pods")]
    [InlineData("po", "pods")]
    [InlineData("de", "deployments")]
    [InlineData("no", "nodes")]
    [InlineData("se", "services", "secrets")]
    [InlineData("pv", "persistentvolumes", "persistentvolumeclaims")]
    [InlineData("ds", "daemonsets")]
    [InlineData("n", "nodes", "namespaces")]
    public void What_is_asked_for_most_comes_first(string word, params string[] first)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        shell.Offers($"Get-KubeResource {word}", offers => offers.Take(first.Length).Select(static offer => offer.CompletionText).SequenceEqual(first));
    }

    [Fact]
    public void Each_kind_is_offered_once_and_one_of_several_groups_with_its_group()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        string[] offers = [.. shell.Offers("Get-KubeResource ev", static offers => offers.Count > 1).Select(static offer => offer.CompletionText)];

        Assert.Equal(["events", "events.events.k8s.io"], offers);
        string[] all = [.. shell.Offers("Get-KubeResource ").Select(static offer => offer.CompletionText)];
        Assert.Equal(all.Distinct(), all);
    }

    [Fact]
    public void A_kind_is_explained_by_its_name_and_version()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        Assert.StartsWith("Deployment (apps/v1", shell.Offer("Get-KubeResource deplo", "deployments").ToolTip);
    }

    [Fact]
    public async Task Without_a_selection_kinds_are_offered_and_nobody_is_asked()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet);

        shell.Offer("Get-KubeResource deploym", "deployments");

        Assert.Empty(shell.Complete("Get-KubeResource pod -Namespace zz"));
        Assert.Equal(0, fleet["sim-1"].Requests.Count);
    }

    [Fact]
    public async Task A_cluster_that_hangs_keeps_no_other_ones_kinds_back()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer());
        using var shell = new Shell(fleet).Select("*");

        shell.Offer("Get-KubeResource widg", "widgets");
    }
}
