using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class GetKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void Every_context_is_listed_without_a_request()
    {
        using var session = new FleetSession(shared.Fleet);

        var sink = session.Run(new CmdletRunner<GetKubeClusterCommand>());

        Assert.Equal(["prod-eu", "prod-us", "staging"], Names(sink));
        Assert.All(sink.Objects.Cast<KubeCluster>(), cluster => Assert.Equal((ClusterState.NotSelected, true), (cluster.State, cluster.Selectable)));
        Assert.Empty(sink.VerboseLines);
    }

    [Theory]
    [InlineData("prod-*", "prod-eu,prod-us")]
    [InlineData("PROD-EU", "prod-eu")]
    [InlineData("sandbox:staging", "staging")]
    [InlineData("none*", "")]
    public void A_name_is_a_wildcard_on_name_or_id(string name, string expected)
    {
        using var session = new FleetSession(shared.Fleet);

        var sink = session.Run(new CmdletRunner<GetKubeClusterCommand> { name });

        Assert.Equal(expected, string.Join(",", Names(sink)));
        Assert.Empty(sink.Errors);
    }

    [Theory]
    [InlineData("Id")]
    [InlineData("ClusterId")]
    public void An_id_is_exact(string parameter)
    {
        using var session = new FleetSession(shared.Fleet);

        Assert.Equal(["staging"], Names(session.Run(new CmdletRunner<GetKubeClusterCommand> { [parameter] = "sandbox:staging" })));
        Assert.Equal("Kube.NotFound", Assert.Single(session.Run(new CmdletRunner<GetKubeClusterCommand> { [parameter] = "sandbox:stag*" }).Errors).ErrorId);
    }

    [Fact]
    public void A_name_that_nothing_has_is_an_error_with_near_names()
    {
        using var session = new FleetSession(shared.Fleet);

        var error = Assert.Single(session.Run(new CmdletRunner<GetKubeClusterCommand> { new[] { "prod-ue", "staging" } }).Errors);

        Assert.Equal("Kube.NotFound", error.ErrorId);
        Assert.Equal("prod-ue", error.Target);
        Assert.Equal("there is no cluster 'prod-ue'.", error.Fault.Message);
        Assert.StartsWith("Did you mean 'prod-eu'", error.Fault.Advice);
    }

    [Fact]
    public void Selected_ones_alone_are_listed_with_their_state()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");
        File.Delete(session.Kubeconfig);

        var sink = session.Run(new CmdletRunner<GetKubeClusterCommand> { ["Selected"] = true });

        Assert.Equal(["staging"], Names(sink));
    }

    [Fact]
    public void A_group_is_listed_by_its_name()
    {
        using var session = new FleetSession(shared.Fleet);
        session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "prod-*", ["Group"] = "production" });

        Assert.Equal(["prod-eu", "prod-us"], Names(session.Run(new CmdletRunner<GetKubeClusterCommand> { ["Group"] = "prod*" })));
    }

    [Fact]
    public void Kubeconfig_looks_there_and_nowhere_else()
    {
        using var session = new FleetSession(shared.Fleet);
        var other = session.WriteCopy("other", "staging", "test");

        Assert.Equal(["prod-eu", "prod-us", "test"], Names(session.Run(new CmdletRunner<GetKubeClusterCommand> { ["Kubeconfig"] = other })));
    }

    private static IEnumerable<string> Names(RecordingSink sink) => sink.Objects.Cast<KubeCluster>().Select(cluster => cluster.ClusterName);
}
