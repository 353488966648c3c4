using System.Collections;
using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class SetKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void Preferences_hold_for_the_clusters_of_a_pattern()
    {
        using var session = new FleetSession(shared.Fleet);

        var sink = session.Run(new CmdletRunner<SetKubeClusterCommand>
        {
            ["Name"] = "prod-*",
            ["Group"] = "production",
            ["DefaultNamespace"] = "web",
            ["Protected"] = true,
            ["Tag"] = new object[] { "gold", new Hashtable { ["team"] = "blue" } },
            ["PassThru"] = true,
        });

        Assert.Equal(["Set preferences: prod-* (2 clusters)"], sink.Questions);
        var cluster = sink.Objects.Cast<KubeCluster>().First();
        Assert.Equal(2, sink.Objects.Count);
        Assert.Equal(("production", "web", true), (Assert.Single(cluster.Group), cluster.DefaultNamespace, cluster.Protected));
        Assert.Equal(("", "blue"), (cluster.Tag["gold"], cluster.Tag["team"]));
    }

    [Fact]
    public void An_alias_is_the_clusters_name()
    {
        using var session = new FleetSession(shared.Fleet);

        var sink = session.Run(new CmdletRunner<SetKubeClusterCommand> { ["ClusterId"] = "sandbox:staging", ["Alias"] = "stage", ["PassThru"] = true });

        var cluster = Assert.IsType<KubeCluster>(Assert.Single(sink.Objects));
        Assert.Equal(("stage", "sandbox:staging", "staging"), (cluster.ClusterName, cluster.ClusterId, cluster.Context));
        Assert.Equal(["Set preferences: staging"], sink.Questions);
    }

    [Fact]
    public void Protection_is_taken_away_with_false_and_kept_when_not_given()
    {
        using var session = new FleetSession(shared.Fleet);
        session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "staging", ["Protected"] = true });

        session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "staging", ["Qps"] = 5 });
        Assert.True(Staging(session).Protected);

        session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "staging", ["Protected"] = false });
        Assert.False(Staging(session).Protected);
    }

    [Fact]
    public void Selected_clusters_take_it_at_once()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "stag*", ["Protected"] = true, ["Group"] = "test" });

        var selected = Assert.Single(session.Selected);
        Assert.True(selected.Protected);
        Assert.Equal(["test"], selected.Group);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        using var session = new FleetSession(shared.Fleet);

        session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "staging", ["Protected"] = true, Sink = new RecordingSink { Processes = false } });

        Assert.False(File.Exists(session.Session.Pool.Preferences.FilePath));
    }

    [Theory]
    [InlineData("staging", null, null, "Kube.Invalid")] // nothing to set
    [InlineData("nowhere", "Protected", true, "Kube.NotFound")]
    [InlineData("prod-*", "Alias", "one", "Kube.Invalid")] // an alias for two
    public void What_cannot_be_set_is_refused_and_nothing_is_written(string name, string? parameter, object? value, string errorId)
    {
        using var session = new FleetSession(shared.Fleet);
        var runner = new CmdletRunner<SetKubeClusterCommand> { name };
        if (parameter is not null)
            runner[parameter] = value;

        var error = session.Run(runner).Terminated!;

        Assert.Equal(errorId, error.ErrorId);
        Assert.NotNull(error.Fault.Advice);
        Assert.False(File.Exists(session.Session.Pool.Preferences.FilePath));
    }

    private static KubeCluster Staging(FleetSession session) => session.Session.Pool.Known().Clusters.First(cluster => cluster.ClusterName == "staging");
}
