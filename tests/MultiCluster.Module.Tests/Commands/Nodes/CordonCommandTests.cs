using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Nodes;

/// <summary>Suspend-KubeNode and Resume-KubeNode over two simulated clusters.</summary>
public sealed class CordonCommandTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            foreach (var name in new[] { "node-1", "node-2", "node-3" })
                cluster.AddNode(name);
        }

        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Nodes_of_all_clusters_are_cordoned_and_those_that_are_so_already_are_not_written()
    {
        Assert.Empty(_shell.Run("Suspend-KubeNode node-1").Output);
        Assert.Equal(["sim-1 node-1", "sim-2 node-1"], Cordoned());
        var writes = Writes();

        var run = _shell.Run("Suspend-KubeNode node-1 -PassThru -Verbose");

        Assert.Equal(writes, Writes());
        Assert.Equal(2, run.Output.Count);
        Assert.All(run.Output, static node => Assert.True(Assert.IsType<KubeNode>(node).Unschedulable));
        Assert.Contains("sim-1: node node-1 is cordoned already", run.Verbose);
    }

    [Fact]
    public void Nothing_is_asked_unless_it_is_wanted()
    {
        Assert.Empty(_shell.Run("Suspend-KubeNode node-1").Errors);

        Assert.Empty(_shell.Host.Questions);
    }

    [Fact]
    public void What_is_asked_names_the_cluster_and_the_node()
    {
        _shell.Host.Answers = ["Yes", "No"];

        _shell.Run("Suspend-KubeNode node-[12] -Cluster sim-2 -Confirm");

        Assert.Equal(2, _shell.Host.Questions.Count);
        foreach (var node in new[] { "node-1", "node-2" })
            Assert.Contains(_shell.Host.Questions, question => question.Contains($"\"Cordon\" on target \"sim-2 / Node / {node}\"", StringComparison.Ordinal));
        Assert.Equal(["sim-2 node-1"], Cordoned());
    }

    [Fact]
    public void WhatIf_writes_nothing_and_says_what_it_would_do()
    {
        _shell.Run("Suspend-KubeNode * -WhatIf");

        Assert.Contains("What if: Performing the operation \"Cordon\" on target \"sim-2 / Node / node-3\".", _shell.Host.Lines);
        Assert.Equal(6, _shell.Host.Lines.Count);
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void A_dry_run_asks_the_server_and_changes_nothing()
    {
        _shell.Run("Suspend-KubeNode node-1 -DryRun");

        Assert.Empty(Cordoned());
        Assert.Equal(2, _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Query.Contains("dryRun=All", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_protected_cluster_is_asked_about_once_more()
    {
        _shell.Run("Set-KubeCluster sim-1 -Protected");
        _shell.Host.Answers = ["No"];

        _shell.Run("Suspend-KubeNode node-1");

        Assert.Equal("sim-1 is protected\nCordon sim-1 / Node / node-1?", Assert.Single(_shell.Host.Questions));
        Assert.Equal(["sim-2 node-1"], Cordoned());
    }

    [Fact]
    public void One_yes_is_enough_for_all_nodes_of_protected_clusters()
    {
        _shell.Run("Set-KubeCluster * -Protected");
        _shell.Host.Answers = ["Yes to All"];

        _shell.Run("Suspend-KubeNode *");

        Assert.Single(_shell.Host.Questions);
        Assert.Equal(6, Cordoned().Count());
    }

    [Fact]
    public void AllowProtected_asks_nothing_about_a_protected_cluster()
    {
        _shell.Run("Set-KubeCluster sim-1 -Protected");

        _shell.Run("Suspend-KubeNode node-1 -AllowProtected");

        Assert.Empty(_shell.Host.Questions);
        Assert.Equal(["sim-1 node-1", "sim-2 node-1"], Cordoned());
    }

    [Fact]
    public void A_node_that_was_replaced_since_it_was_read_is_left_alone()
    {
        _shell["node"] = _shell.Read("sim-1", "nodes", "node-1");
        _fleet["sim-1"].Controllers.ReplaceNode("node-1");

        Assert.Equal("Kube.NotFound", _shell.Run("$node | Suspend-KubeNode").Error.Id());

        Assert.Empty(Cordoned());
    }

    [Fact]
    public void One_cluster_that_refuses_is_its_own_error()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "patch"));

        var run = _shell.Run("Suspend-KubeNode node-1");

        Assert.Equal(("Kube.Forbidden", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.Equal(["sim-2 node-1"], Cordoned());
    }

    [Fact]
    public void Uncordoning_is_the_same_the_other_way_round()
    {
        _shell.Run("Suspend-KubeNode *");

        var nodes = _shell.Run("Resume-KubeNode node-1 -PassThru").Of<KubeNode>();

        Assert.Equal([false, false], nodes.Select(static node => node.Unschedulable));
        Assert.Equal(["sim-1 node-2", "sim-1 node-3", "sim-2 node-2", "sim-2 node-3"], Cordoned());
    }

    [Fact]
    public void Nothing_named_is_a_terminating_error_and_changes_nothing()
    {
        var error = _shell.Run("Suspend-KubeNode").Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains("nothing says which nodes", $"{error}");
        Assert.Empty(Cordoned());
    }

    [Fact]
    public void Tab_offers_the_names_of_nodes() => Assert.Equal(["node-1", "node-2", "node-3"], _shell.Offers("Suspend-KubeNode ").Select(static offer => offer.CompletionText));

    private IEnumerable<string> Cordoned() => _fleet.Clusters
        .SelectMany(static cluster => cluster.Store.List("nodes").Where(static node => node.ToJson()["spec"]?["unschedulable"]?.GetValue<bool>() == true).Select(node => $"{cluster.Name} {node.Name}"))
        .Order();

    private int Writes() => _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Method != "GET"));
}
