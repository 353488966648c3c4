using MultiCluster.Access;
using MultiCluster.Module.Commands.Access;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Access;

/// <summary>Test-KubeAccess with a user who may do little.</summary>
public sealed class TestKubeAccessTests(SharedFleet shared)
{
    [Fact]
    public void Each_verb_for_each_kind_is_an_answer_of_each_cluster()
    {
        using var session = new FleetSession(shared.Fleet, UserKind.Limited).Select("prod-*");

        var sink = session.Run(new CmdletRunner<TestKubeAccessCommand> { ["Verb"] = "list delete".Split(' '), ["Kind"] = "po nodes".Split(' '), ["Namespace"] = "web" });

        Assert.Empty(sink.Errors);
        Assert.Equal(8, sink.Objects.Count);
        Assert.Equal(
            ["prod-eu: may list pods in namespace web", "prod-us: may list pods in namespace web"],
            sink.Objects.Cast<KubeAccess>().Where(static one => one.Allowed).Select(static one => one.ToString()).Order());
    }

    [Fact]
    public void A_kind_that_is_not_served_is_an_error_of_its_cluster()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(new CmdletRunner<TestKubeAccessCommand> { ["Verb"] = "get", ["Kind"] = "unicorns pods".Split(' ') });

        Assert.Equal("Kube.KindNotFound", Assert.Single(sink.Errors).ErrorId);
        Assert.Single(sink.Objects);
    }
}
