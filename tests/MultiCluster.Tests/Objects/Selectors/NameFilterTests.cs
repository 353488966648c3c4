using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Objects.Selectors;

public sealed class NameFilterTests
{
    [Fact]
    public void Exact_names_need_no_list()
    {
        var filter = new NameFilter(["web-1", "web-2", "web-1"]);

        Assert.False(filter.NeedsList);
        Assert.Equal(["web-1", "web-2"], filter.Exact);
    }

    [Fact]
    public void One_pattern_makes_it_a_list()
    {
        var filter = new NameFilter(["db", "web-*"]);

        Assert.True(filter.NeedsList);
        Assert.Equal(["db"], filter.Exact);
        Assert.True(filter.Matches("db"));
        Assert.True(filter.Matches("web-7"));
        Assert.False(filter.Matches("db-0"));
    }

    [Fact]
    public void No_name_is_every_name()
    {
        var filter = new NameFilter([]);

        Assert.True(filter.NeedsList && filter.IsEmpty);
        Assert.True(filter.Matches("anything"));
    }

    [Theory]
    [InlineData("web-?", "web-1", true)]
    [InlineData("web-?", "web-10", false)]
    [InlineData("WEB-*", "web-10", true)]
    [InlineData("web-[a-c]*", "web-b7", true)]
    [InlineData("web-[a-c]*", "web-d7", false)]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "a-example.com", false)]
    [InlineData("web[*", "web[1", true)]
    public void Patterns_are_those_of_PowerShell(string pattern, string name, bool expected) =>
        Assert.Equal(expected, new NameFilter([pattern]).Matches(name));

    [Theory]
    [InlineData("web/1")]
    [InlineData("")]
    public void What_can_match_nothing_is_refused(string name) =>
        Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => new NameFilter([name])).Fault.Phase);

    [Theory]
    [InlineData("web-1", true)]
    [InlineData("system:node:a", true)]
    [InlineData("a.b.c", true)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a%2fb", false)]
    [InlineData("a b", false)]
    [InlineData("web-1\n", false)]
    [InlineData("web-*", false)]
    public void A_name_fits_a_segment_of_a_path(string name, bool expected) => Assert.Equal(expected, ResourceName.IsValid(name));

    [Theory]
    [InlineData("kube-system", true)]
    [InlineData("Web", false)]
    [InlineData("a.b", false)]
    [InlineData("-a", false)]
    [InlineData("", false)]
    [InlineData("web-*", false)]
    public void A_namespace_is_a_dns_label(string name, bool expected) => Assert.Equal(expected, ResourceName.IsValidNamespace(name));

    [Fact]
    public void A_wildcard_where_none_is_known_is_explained()
    {
        var fault = Assert.Throws<FaultException>(() => ResourceName.CheckNamespace("web-*")).Fault;

        Assert.Equal("'web-*' cannot be the name of a namespace", fault.Detail);
        Assert.Contains("Where-Object Name -like", fault.Advice, StringComparison.Ordinal);
    }
}
