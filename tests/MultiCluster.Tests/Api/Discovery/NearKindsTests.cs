using MultiCluster.Api.Discovery;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Tests.Api.Discovery;

public sealed class NearKindsTests
{
    [Theory]
    [InlineData("deploymnet", "deployments.apps")]
    [InlineData("Deploymets", "deployments.apps")]
    [InlineData("deployment.v1beta1.apps", "deployments.apps")]
    [InlineData("podd", "pods")]
    [InlineData("confgmap", "configmaps")]
    [InlineData("persistentvol", "persistentvolumeclaims")]
    public void A_mistyped_kind_is_recognised(string text, string expected) =>
        Assert.Contains(expected, NearKinds.Of(text, BuiltInKinds.All));

    [Fact]
    public void The_nearest_comes_first_and_there_are_three_at_most()
    {
        var near = NearKinds.Of("roles.rbac", BuiltInKinds.All);

        Assert.Equal("roles.rbac.authorization.k8s.io", near[0]);
        Assert.InRange(near.Count, 1, 3);
    }

    [Fact]
    public void What_is_like_nothing_has_no_suggestion() => Assert.Empty(NearKinds.Of("xylophone", BuiltInKinds.All));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("pod", "pod", 0)]
    [InlineData("pod", "pdo", 1)]
    [InlineData("pod", "pods", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Edits_are_counted(string left, string right, int expected) => Assert.Equal(expected, NearNames.Edits(left, right));
}
