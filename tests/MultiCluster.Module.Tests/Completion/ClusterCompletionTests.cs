using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Completion;

/// <summary>Names of clusters and of their groups.</summary>
public sealed class ClusterCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("Select-KubeCluster sta", "staging")]
    [InlineData("Select-KubeCluster prod-eu, st", "staging")]
    [InlineData("Select-KubeCluster -Group pro", "production")]
    [InlineData("Get-KubeResource pod -Cluster prod-u", "prod-us")]
    [InlineData("Get-KubeResource pod -Cluster !prod-u", "'!prod-us'")]
    [InlineData("Get-KubeResource pod -Cluster *, !prod-u", "'!prod-us'")]
    [InlineData("Get-KubeResource pod -Cluster '!prod-us' -Namespace we", "web")]
    [InlineData("Select-KubeCluster * -Exclude sta", "staging")]
    [InlineData("Select-KubeCluster * -Exclude prod-eu, sta", "staging")]
    [InlineData("Disconnect-KubeCluster prod-e", "prod-eu")]
    [InlineData("Register-KubeClusterEvent AuthF", "AuthFailed")]
    public void What_is_begun_is_completed(string line, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        shell.Run("Set-KubeCluster prod-* -Group production");

        shell.Offer(line, expected);
    }

    [Fact]
    public void A_command_that_asks_clusters_is_offered_the_selected_ones_alone()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var offers = shell.Offers("Get-KubeResource pod -Cluster ");

        Assert.Equal(["prod-eu", "prod-us"], offers.Select(static offer => offer.CompletionText));
    }

    [Fact]
    public void A_cluster_is_explained_by_its_id_and_server()
    {
        using var shell = new Shell(shared.Fleet);

        Assert.Equal($"sandbox:staging at {shared.Fleet["staging"].Server.GetLeftPart(UriPartial.Authority)}", shell.Offer("Select-KubeCluster sta", "staging").ToolTip);
    }

    [Fact]
    public void A_duplicate_is_explained_by_why_it_cannot_be_selected()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        shell.WriteContexts("twin", "staging", "prod-eu");

        var offer = shell.Offer("Select-KubeCluster -Kubeconfig ./twin prod", "prod-eu");

        Assert.Equal("prod-eu is already active. Duplicate context names are not allowed.", offer.ToolTip);
    }

    [Fact]
    public void Kubeconfig_is_looked_at_from_where_the_session_stands()
    {
        using var shell = new Shell(shared.Fleet);
        shell.WriteContexts("there/near", "staging", "elsewhere");
        shell.Run("Set-Location there");

        shell.Offer("Get-KubeCluster -Kubeconfig ./near else", "elsewhere");
    }
}
