using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Objects.Selectors;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("prod", "prod")]
    [InlineData("prod", "PROD")]
    [InlineData("*", "")]
    [InlineData("*", "anything at all")]
    [InlineData("*prod*", "eu-prod-1")]
    [InlineData("prod-?", "prod-1")]
    [InlineData("a*b*c", "aXbXbc")]
    [InlineData("**", "x")]
    [InlineData("*a", "aaa")]
    [InlineData("[a-c]x", "bx")]
    [InlineData("[a-c]x", "BX")]
    [InlineData("[A-C]x", "bx")]
    [InlineData("[xyz]", "y")]
    [InlineData("[a-c0-9]", "7")]
    [InlineData("[a-]", "-")]
    [InlineData("`[x`]", "[x]")]
    [InlineData("a`*", "a*")]
    [InlineData("[`]]", "]")]
    [InlineData("[x", "[x")]
    [InlineData("[]", "[]")]
    [InlineData("x]", "x]")]
    [InlineData("back`", "back`")]
    [InlineData("arn:aws:eks:*:cluster/?", "arn:aws:eks:eu-west-1:1:cluster/x")]
    [InlineData("jane@prod / eu", "jane@prod / eu")]
    [InlineData("", "")]
    public void A_name_fits(string pattern, string name)
    {
        Assert.True(new NamePattern(pattern).IsMatch(name));
    }

    [Theory]
    [InlineData("prod", "prod-1")]
    [InlineData("prod", "xprod")]
    [InlineData("prod-?", "prod-")]
    [InlineData("prod-?", "prod-12")]
    [InlineData("[a-c]x", "dx")]
    [InlineData("[x]", "[x]")]
    [InlineData("a`*", "ab")]
    [InlineData("a*b*c", "acb")]
    [InlineData("", "x")]
    [InlineData("?", "")]
    [InlineData("a.c", "abc")]
    public void A_name_does_not_fit(string pattern, string name)
    {
        Assert.False(new NamePattern(pattern).IsMatch(name));
    }

    [Fact]
    public void Many_stars_take_no_longer_than_they_must()
    {
        var pattern = new NamePattern(string.Concat(Enumerable.Repeat("*a", 200)) + "b");

        Assert.False(pattern.IsMatch(new string('a', 10_000)));
    }

    [Theory]
    [InlineData("[x]")]
    [InlineData("a*b?c")]
    [InlineData("tick`")]
    [InlineData("]`[")]
    public void An_escaped_name_means_itself_alone(string name)
    {
        var pattern = new NamePattern(NamePattern.Escape(name));

        Assert.Equal(name, pattern.Literal);
        Assert.True(pattern.IsMatch(name));
        Assert.True(pattern.IsExactly(name));
    }

    [Theory]
    [InlineData("[x]", "[x]")]
    [InlineData("*", "*")]
    [InlineData("prod", "prod")]
    [InlineData("PROD", "prod,Prod")]
    [InlineData("pro?", "prod,Prod")]
    [InlineData("`[x`]", "[x]")]
    [InlineData("[p]*", "prod,Prod")]
    [InlineData("nothing", "")]
    public void An_exact_name_comes_before_wildcards(string pattern, string expected)
    {
        string[] names = ["[x]", "x", "*", "prod", "Prod"];

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), NamePattern.Select(pattern, names, name => [name]));
    }

    [Fact]
    public void An_item_may_have_several_names()
    {
        (string Id, string Name)[] items = [("config:a", "a"), ("other:a", "a"), ("config:b", "b")];

        Assert.Equal(["config:a", "config:b"], NamePattern.Select("config:*", items, i => [i.Name, i.Id]).Select(i => i.Id));
        Assert.Equal(["config:a", "other:a"], NamePattern.Select("a", items, i => [i.Name, i.Id]).Select(i => i.Id));
    }
}
