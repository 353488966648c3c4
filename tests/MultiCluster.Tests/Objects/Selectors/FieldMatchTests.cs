using MultiCluster.Objects.Json;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Objects.Selectors;

public sealed class FieldMatchTests
{
    private static readonly JsonSlice Item = JsonSlice.Parse(
        """{"metadata":{"name":"a"},"spec":{"nodeName":"node-1","hostNetwork":true,"odd":"a,b=c\\d"},"status":{"phase":"Running","succeeded":2},"source":{"component":"kubelet"} }""");

    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=a", true)]
    [InlineData("metadata.name==b", false)]
    [InlineData("status.phase!=Running", false)]
    [InlineData("status.phase=Running,spec.nodeName!=node-2", true)]
    [InlineData("status.phase=Running,spec.nodeName=node-2", false)]
    [InlineData("spec.hostNetwork=true", true)]
    [InlineData("spec.unschedulable=false", true)]
    [InlineData("spec.unschedulable!=true", true)]
    [InlineData("spec.unschedulable=true", false)]
    [InlineData("status.replicas=0", true)]
    [InlineData("status.replicas=1", false)]
    [InlineData("spec.absent=", true)]
    [InlineData("spec.absent!=", false)]
    [InlineData("status.successful=2", true)]
    [InlineData("source=kubelet", true)]
    [InlineData(@"spec.odd=a\,b\=c\\d", true)]
    public void A_selector_matches_as_a_server_does(string selector, bool matches) => Assert.Equal(matches, new FieldMatch(selector).Matches(Item));

    [Fact]
    public void None_matches_everything() => Assert.True(new FieldMatch(null).Matches(Item));
}
