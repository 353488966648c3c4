using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Nodes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Nodes;

/// <summary>Suspend-KubeNode and Resume-KubeNode over two simulated clusters.</summary>
public sealed class CordonCommandTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private FleetSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            foreach (var name in new[] { "node-1", "node-2", "node-3" })
                cluster.AddNode(name);
        }

        _session = new FleetSession(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Nodes_of_all_clusters_are_cordoned_and_those_that_are_so_already_are_not_written()
    {
        Assert.Empty(_session.Run(Suspend("node-1")).Objects);
        Assert.Equal(["sim-1 node-1", "sim-2 node-1"], Cordoned());
        var writes = Writes();

        var sink = _session.Run(Suspend("node-1", ("PassThru", true)));

        Assert.Equal(writes, Writes());
        Assert.Equal(2, sink.Objects.Count);
        Assert.All(sink.Objects, static node => Assert.True(Assert.IsType<KubeNode>(node).Unschedulable));
        Assert.Empty(sink.Questions);
    }

    [Fact]
    public void What_is_asked_names_the_cluster_and_the_node()
    {
        var sink = _session.Run(Suspend("node-[12]", ("Cluster", new object[] { "sim-2" })));

        Assert.Equal(["Cordon: sim-2 / Node / node-1", "Cordon: sim-2 / Node / node-2"], sink.Questions.Order());
        Assert.Equal(["sim-2 node-1", "sim-2 node-2"], Cordoned());
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        _session.Run(Suspend("*", sink: new RecordingSink { Processes = false }));

        Assert.Empty(Cordoned());
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void A_dry_run_asks_the_server_and_changes_nothing()
    {
        _session.Run(Suspend("node-1", ("DryRun", true)));

        Assert.Empty(Cordoned());
        Assert.Equal(2, _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Query.Contains("dryRun=All", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_protected_cluster_is_asked_about_once_more()
    {
        _session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "sim-1", ["Protected"] = true });

        var refused = _session.Run(Suspend("node-1", sink: new RecordingSink { Continues = false }));
        Assert.Contains("Cordon sim-1 / Node / node-1?", refused.Questions);
        Assert.Equal(["sim-2 node-1"], Cordoned());

        _session.Run(Suspend("node-1", ("Force", true)));
        Assert.Equal(["sim-1 node-1", "sim-2 node-1"], Cordoned());
    }

    [Fact]
    public void A_node_that_was_replaced_since_it_was_read_is_left_alone()
    {
        var node = _session.Read("sim-1", "nodes", "node-1");
        _fleet["sim-1"].Controllers.ReplaceNode("node-1");

        var sink = _session.Run(new CmdletRunner<SuspendKubeNodeCommand> { ["InputObject"] = new[] { (KubeNode)node } });

        Assert.Equal("Kube.NotFound", Assert.Single(sink.Errors).ErrorId);
        Assert.Empty(Cordoned());
    }

    [Fact]
    public void One_cluster_that_refuses_is_its_own_error()
    {
        _fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "patch"));

        var sink = _session.Run(Suspend("node-1"));

        Assert.Equal(("Kube.Forbidden", "sim-1"), (Assert.Single(sink.Errors).ErrorId, sink.Errors[0].Fault.Cluster!.ClusterName));
        Assert.Equal(["sim-2 node-1"], Cordoned());
    }

    [Fact]
    public void Uncordoning_is_the_same_the_other_way_round()
    {
        _session.Run(Suspend("*"));

        _session.Run(new CmdletRunner<ResumeKubeNodeCommand> { ["Name"] = "node-1" });

        Assert.DoesNotContain("sim-1 node-1", Cordoned());
        Assert.Equal(4, Cordoned().Count());
    }

    [Fact]
    public void Nothing_named_is_a_terminating_error_and_changes_nothing()
    {
        Assert.Equal("Kube.Invalid", _session.Run(new CmdletRunner<SuspendKubeNodeCommand>()).Terminated!.ErrorId);
        Assert.Empty(Cordoned());
    }

    private static CmdletRunner<SuspendKubeNodeCommand> Suspend(string name, params (string Name, object Value)[] parameters) => Suspend(name, new RecordingSink(), parameters);

    private static CmdletRunner<SuspendKubeNodeCommand> Suspend(string name, RecordingSink sink, params (string Name, object Value)[] parameters)
    {
        var runner = new CmdletRunner<SuspendKubeNodeCommand> { Sink = sink };
        runner["Name"] = new[] { name };
        foreach (var (parameter, value) in parameters)
            runner[parameter] = value;
        return runner;
    }

    private IEnumerable<string> Cordoned() => _fleet.Clusters
        .SelectMany(static cluster => cluster.Store.List("nodes").Where(static node => node.ToJson()["spec"]?["unschedulable"]?.GetValue<bool>() == true).Select(node => $"{cluster.Name} {node.Name}"))
        .Order();

    private int Writes() => _fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Method != "GET"));
}
