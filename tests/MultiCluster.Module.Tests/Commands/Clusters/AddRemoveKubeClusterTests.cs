using System.Net;
using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class AddRemoveKubeClusterTests(SharedFleet shared)
{
    [Fact]
    public void A_cluster_added_by_hand_can_be_selected_and_only_its_owner_reads_its_token()
    {
        using var session = new FleetSession(shared.Fleet);
        var staging = shared.Fleet["staging"];
        File.WriteAllText(session.File("ca.pem"), staging.CaPem);

        var sink = session.Run(new CmdletRunner<AddKubeClusterCommand>
        {
            ["Name"] = "mine",
            ["Server"] = $"{staging.Server}",
            ["Token"] = new NetworkCredential("", staging.AdminToken).SecurePassword,
            ["CertificateAuthority"] = session.File("ca.pem"),
        });

        Assert.Equal("mine", Assert.IsType<KubeCluster>(Assert.Single(sink.Objects)).ClusterName);
        Assert.Equal([$"Add to {session.Session.Pool.OwnKubeconfig}: mine ({staging.Server})"], sink.Questions);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(session.Session.Pool.OwnKubeconfig));
        Assert.Equal(ClusterState.Ready, Assert.IsType<KubeCluster>(Assert.Single(session.Run(new CmdletRunner<SelectKubeClusterCommand> { "mine" }).Objects)).State);
    }

    [Fact]
    public void WhatIf_adds_nothing()
    {
        using var session = new FleetSession(shared.Fleet);

        session.Run(new CmdletRunner<AddKubeClusterCommand> { ["Name"] = "mine", ["Server"] = "https://127.0.0.1:1", Sink = new RecordingSink { Processes = false } });
        session.Run(new CmdletRunner<AddKubeClusterCommand> { ["Path"] = session.Kubeconfig, Sink = new RecordingSink { Processes = false } });

        Assert.False(File.Exists(session.Session.Pool.OwnKubeconfig));
        Assert.False(File.Exists(session.Session.Pool.Preferences.FilePath));
    }

    [Theory]
    [InlineData("Server", "not an address", "Kube.Invalid")]
    [InlineData("CertificateAuthority", "no-such-file.pem", "Kube.Credential")]
    [InlineData("ProxyUrl", "ftp://proxy", "Kube.Invalid")]
    public void What_cannot_be_used_is_refused_and_nothing_is_written(string parameter, string value, string errorId)
    {
        using var session = new FleetSession(shared.Fleet);
        var runner = new CmdletRunner<AddKubeClusterCommand> { ["Name"] = "mine" };
        if (parameter != "Server")
            runner["Server"] = "https://127.0.0.1:1";
        runner[parameter] = value;

        var error = session.Run(runner).Terminated!;

        Assert.Equal(errorId, error.ErrorId);
        Assert.NotNull(error.Fault.Advice);
        Assert.False(File.Exists(session.Session.Pool.OwnKubeconfig));
    }

    [Fact]
    public void A_file_added_to_the_search_is_listed_until_it_is_removed()
    {
        using var session = new FleetSession(shared.Fleet);
        var other = session.WriteCopy("other", "staging", "elsewhere");

        session.Run(new CmdletRunner<AddKubeClusterCommand> { other });
        Assert.Contains("elsewhere", Known(session));

        session.Run(new CmdletRunner<RemoveKubeClusterCommand> { ["Path"] = other });
        Assert.DoesNotContain("elsewhere", Known(session));
    }

    [Fact]
    public void A_path_that_does_not_exist_is_refused()
    {
        using var session = new FleetSession(shared.Fleet);

        var error = session.Run(new CmdletRunner<AddKubeClusterCommand> { session.File("nowhere") }).Terminated!;

        Assert.Equal("Kube.NotFound", error.ErrorId);
        Assert.Contains(session.File("nowhere"), error.Fault.Message);
    }

    [Fact]
    public void A_removed_cluster_is_gone_and_deselected()
    {
        using var session = new FleetSession(shared.Fleet);
        session.Run(new CmdletRunner<AddKubeClusterCommand> { ["Name"] = "mine", ["Server"] = "https://127.0.0.1:1" });
        session.Select("mine", "staging");

        var refused = session.Run(new CmdletRunner<RemoveKubeClusterCommand> { ["Name"] = "mine", Sink = new RecordingSink { Processes = false } });
        Assert.Equal([$"Remove from {session.Session.Pool.OwnKubeconfig}: mine"], refused.Questions);
        Assert.Equal("mine,staging", session.SelectedNames);

        session.Run(new CmdletRunner<RemoveKubeClusterCommand> { "mine" });
        Assert.Equal("staging", session.SelectedNames);
        Assert.DoesNotContain("mine", Known(session));
    }

    [Fact]
    public void A_cluster_of_somebody_elses_kubeconfig_is_never_removed()
    {
        using var session = new FleetSession(shared.Fleet);
        var before = File.ReadAllText(session.Kubeconfig);

        var error = Assert.Single(session.Run(new CmdletRunner<RemoveKubeClusterCommand> { "staging" }).Errors);

        Assert.Equal("Kube.NotFound", error.ErrorId);
        Assert.Contains(session.Kubeconfig, error.Fault.Advice);
        Assert.Equal(before, File.ReadAllText(session.Kubeconfig));
    }

    [Fact]
    public void A_name_with_wildcards_removes_nothing_and_says_where_they_go()
    {
        using var session = new FleetSession(shared.Fleet);
        session.Run(new CmdletRunner<AddKubeClusterCommand> { ["Name"] = "mine", ["Server"] = "https://127.0.0.1:1" });

        var error = Assert.Single(session.Run(new CmdletRunner<RemoveKubeClusterCommand> { "mi*" }).Errors);

        Assert.Equal(("Kube.NotFound", "'mi*' was not added with Add-KubeCluster."), (error.ErrorId, error.Fault.Message));
        Assert.Contains("Get-KubeCluster", error.Fault.Advice);
        Assert.Contains("mine", Known(session));
    }

    private static IEnumerable<string> Known(FleetSession session) => session.Session.Pool.Known().Clusters.Select(cluster => cluster.ClusterName);
}
