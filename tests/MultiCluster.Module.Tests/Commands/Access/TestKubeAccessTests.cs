using MultiCluster.Access;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Access;

/// <summary>Test-KubeAccess with a user who may do little.</summary>
public sealed class TestKubeAccessTests(SharedFleet shared)
{
    [Fact]
    public void Each_verb_for_each_kind_is_an_answer_of_each_cluster()
    {
        using var shell = new Shell(shared.Fleet, UserKind.Limited).Select("prod-*");

        var run = shell.Run("Test-KubeAccess list, delete po, nodes -Namespace web");

        Assert.Empty(run.Errors);
        Assert.Equal(8, run.Of<KubeAccess>().Count);
        Assert.Equal(
            ["prod-eu: may list pods in namespace web", "prod-us: may list pods in namespace web"],
            run.Of<KubeAccess>().Where(static one => one.Allowed).Select(static one => $"{one}").Order());
    }

    [Fact]
    public void A_kind_that_is_not_served_is_an_error_of_its_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var run = shell.Run("Test-KubeAccess get unicorns, pods");

        Assert.Equal("Kube.KindNotFound", run.Error.Id());
        Assert.Single(run.Of<KubeAccess>());
    }

    [Fact]
    public void Tab_offers_the_verbs()
    {
        using var shell = new Shell();

        Assert.Equal(["delete", "deletecollection"], shell.Offers("Test-KubeAccess de").Select(static offer => offer.CompletionText));
    }
}
