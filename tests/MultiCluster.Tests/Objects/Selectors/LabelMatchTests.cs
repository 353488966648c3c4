using MultiCluster.Objects.Json;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Objects.Selectors;

public sealed class LabelMatchTests
{
    private static readonly JsonSlice Labels = JsonSlice.Parse("""{"app":"web","tier":"front","example.com/size":"12","empty":""}""");

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web, tier in (front,back)", true)]
    [InlineData("app=db", false)]
    [InlineData("app!=db", true)]
    [InlineData("absent!=db", true)]
    [InlineData("app notin (web,db)", false)]
    [InlineData("absent notin (web,db)", true)]
    [InlineData("tier", true)]
    [InlineData("absent", false)]
    [InlineData("!absent", true)]
    [InlineData("!tier", false)]
    [InlineData("example.com/size>11", true)]
    [InlineData("example.com/size<12", false)]
    [InlineData("absent<12", false)]
    [InlineData("app>3", false)]
    [InlineData("empty=", true)]
    [InlineData("absent=", false)]
    public void A_selector_matches_as_a_server_does(string selector, bool matches) => Assert.Equal(matches, LabelMatch.Of(selector).Matches(Labels));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"matchLabels":{"app":"web"}}""", true)]
    [InlineData("""{"matchLabels":{"app":"web","tier":"back"}}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"tier","operator":"In","values":["front","back"]},{"key":"absent","operator":"DoesNotExist"}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"tier","operator":"NotIn","values":["front"]}]}""", false)]
    [InlineData("""{"matchLabels":{"app":"web"},"matchExpressions":[{"key":"absent","operator":"Exists"}]}""", false)]
    public void An_objects_selector_matches_as_a_server_does(string selector, bool matches) =>
        Assert.Equal(matches, LabelMatch.Of(JsonSlice.Parse(selector)).Matches(Labels));

    [Fact]
    public void A_selector_that_requires_nothing_is_empty()
    {
        Assert.True(LabelMatch.Of(JsonSlice.Parse("{}")).IsEmpty);
        Assert.True(LabelMatch.Of("").IsEmpty);
        Assert.False(LabelMatch.Of("app").IsEmpty);
    }
}
