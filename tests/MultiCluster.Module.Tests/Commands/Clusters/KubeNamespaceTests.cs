using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class KubeNamespaceTests(SharedFleet shared)
{
    [Fact]
    public void Namespaces_of_every_cluster_are_listed()
    {
        using var session = new FleetSession(shared.Fleet).Select("prod-*");

        var found = session.Run(new CmdletRunner<GetKubeNamespaceCommand> { "kube-*" }).Objects.Cast<KubeNamespace>().ToArray();

        Assert.All(found, ns => Assert.StartsWith("kube-", ns.Name));
        Assert.Equal(["prod-eu", "prod-us"], found.Where(ns => ns.Name == "kube-system").Select(ns => ns.ClusterName).Order());
    }

    [Theory]
    [InlineData("l")]
    [InlineData("Selector")]
    [InlineData("LabelSelector")]
    public void A_label_selector_that_does_not_parse_is_refused_before_any_request(string parameter)
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var sink = session.Run(new CmdletRunner<GetKubeNamespaceCommand> { [parameter] = "a in (b" });

        Assert.Equal("Kube.Invalid", sink.Terminated!.ErrorId);
        Assert.Empty(sink.VerboseLines);
    }

    [Fact]
    public void The_sessions_namespace_holds_until_it_is_cleared()
    {
        using var session = new FleetSession(shared.Fleet).Select("*");
        session.Run(new CmdletRunner<SetKubeNamespaceCommand> { "web" });
        session.Run(new CmdletRunner<SetKubeNamespaceCommand> { ["Name"] = "kube-system", ["Cluster"] = "staging" });

        Assert.Equal(["prod-eu/web", "prod-us/web", "staging/kube-system"], Asked(session));

        session.Run(new CmdletRunner<SetKubeNamespaceCommand> { ["Clear"] = true, ["Cluster"] = "staging" });
        Assert.Contains("staging/web", Asked(session));

        session.Run(new CmdletRunner<SetKubeNamespaceCommand> { ["Clear"] = true });
        Assert.Equal(["prod-eu/default", "prod-us/default", "staging/default"], Asked(session));
    }

    [Theory]
    [InlineData("we*")]
    [InlineData("Web")]
    [InlineData("a/b")]
    public void A_text_that_can_name_no_namespace_is_refused(string name)
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var set = session.Run(new CmdletRunner<SetKubeNamespaceCommand> { name }).Terminated!;
        var asked = session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["n"] = name }).Terminated!;

        Assert.All([set, asked], error => Assert.Equal(("Kube.Invalid", $"'{name}' cannot be the name of a namespace."), (error.ErrorId, error.Fault.Message)));
    }

    private static IEnumerable<string> Asked(FleetSession session) => session.Session.Pool.Selected
        .Select(cluster => $"{cluster.ClusterName}/{session.Session.Pool.Namespaces.For(cluster)}");
}
