using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Clusters;

public sealed class PreferencesTests
{
    private static readonly ClusterIdentity Cluster = ClusterIdentity.Of("/kube/config", "prod-eu");

    private static ClusterPreferences For(params PreferenceRule[] rules) => new Preferences { Clusters = rules }.For(Cluster);

    [Fact]
    public void Without_a_rule_nothing_is_set()
    {
        Assert.Equal(new ClusterPreferences(), For(new PreferenceRule { Pattern = "staging*", Protected = true }));
    }

    [Theory]
    [InlineData("*prod*")]
    [InlineData("PROD-EU")]
    [InlineData("prod-eu")]
    [InlineData("config:*")]
    [InlineData("config:prod-eu")]
    public void A_rule_fits_by_name_or_id(string pattern)
    {
        Assert.True(For(new PreferenceRule { Pattern = pattern, Protected = true }).Protected);
    }

    [Fact]
    public void Later_rules_win_field_by_field()
    {
        var merged = For(
            new PreferenceRule { Pattern = "*", Protected = true, DefaultNamespace = "web", Group = ["all"], Qps = 5 },
            new PreferenceRule { Pattern = "prod*", DefaultNamespace = "db", Group = ["prod"], ThrottleLimit = 3 });

        Assert.True(merged.Protected);
        Assert.Equal("db", merged.DefaultNamespace);
        Assert.Equal(["prod"], merged.Group);
        Assert.Equal(5, merged.Qps);
        Assert.Equal(3, merged.ThrottleLimit);
    }

    [Fact]
    public void An_exact_rule_beats_a_later_pattern_and_an_id_beats_a_name()
    {
        var merged = For(
            new PreferenceRule { Pattern = "config:prod-eu", Alias = "by id" },
            new PreferenceRule { Pattern = "prod-eu", Alias = "by name", Protected = false },
            new PreferenceRule { Pattern = "*prod*", Alias = "by pattern", Protected = true });

        Assert.Equal("by id", merged.Alias);
        Assert.False(merged.Protected);
    }

    [Fact]
    public void An_escaped_name_is_exact()
    {
        var odd = ClusterIdentity.Of("/kube/config", "[x]");
        var preferences = new Preferences
        {
            Clusters = [new PreferenceRule { Pattern = NamePattern.Escape("[x]"), Alias = "odd" }, new PreferenceRule { Pattern = "*", Alias = "any" }],
        };

        Assert.Equal("odd", preferences.For(odd).Alias);
        Assert.Equal("any", preferences.For(ClusterIdentity.Of("/kube/config", "x")).Alias);
    }

    [Fact]
    public void A_rule_finds_its_cluster_under_its_alias_too()
    {
        var preferences = new Preferences { Clusters = [new PreferenceRule { Pattern = "prod-eu", Alias = "Europe", Protected = true }] };

        Assert.True(preferences.For(Cluster with { ClusterName = "Europe" }).Protected);
    }
}
