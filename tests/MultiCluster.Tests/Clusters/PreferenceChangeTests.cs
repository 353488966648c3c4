using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Clusters;

public sealed class PreferenceChangeTests
{
    private static readonly KubeconfigContext Context = new() { Identity = ClusterIdentity.Of("/home/jane/.kube/config", "prod") };

    [Theory]
    [InlineData("prod")]
    [InlineData("live")]
    [InlineData("config:prod")]
    public void An_alias_is_taken_away_by_whichever_name_the_cluster_is_called(string name)
    {
        var before = new PreferenceChange { Alias = "live", Group = ["eu"] }.ApplyTo("prod", [Cluster(Preferences.Empty)])(Preferences.Empty);
        Assert.Equal("live", before.For(Context.Identity).Alias);

        var after = new PreferenceChange { Alias = "" }.ApplyTo(name, [Cluster(before)])(before).For(Context.Identity);

        Assert.Null(after.Alias);
        Assert.Equal(["eu"], after.Group);
    }

    [Fact]
    public void A_rule_that_a_person_wrote_for_the_name_gives_way()
    {
        var written = Preferences.Empty with { Clusters = [new PreferenceRule { Pattern = "prod", Alias = "live", Qps = 5 }] };

        var after = new PreferenceChange { Alias = "" }.ApplyTo("prod", [Cluster(written)])(written);

        Assert.Null(after.For(Context.Identity).Alias);
        Assert.Equal(5, after.For(Context.Identity).Qps);
        Assert.Single(after.Clusters);
    }

    [Fact]
    public void A_pattern_keeps_a_rule_of_its_own()
    {
        var after = new PreferenceChange { Protected = true }.ApplyTo("*prod*", [Cluster(Preferences.Empty)])(Preferences.Empty);

        Assert.Equal("*prod*", Assert.Single(after.Clusters).Pattern);
        Assert.True(after.For(Context.Identity).Protected);
    }

    private static KubeCluster Cluster(Preferences preferences) => KnownClusters.Make(Context, preferences);
}
