using System.Management.Automation;
using MultiCluster.Module.Commands.Nodes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Nodes;

/// <summary>Invoke-KubeDrain and its family over two simulated clusters.</summary>
public sealed class InvokeKubeDrainTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private FleetSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            cluster.Controllers.PodTerminationTime = TimeSpan.FromMilliseconds(50);
            foreach (var node in new[] { "node-1", "node-2" })
            {
                cluster.AddNode(node);
                for (var i = 0; i < 3; i++)
                    cluster.AddPod($"web-{node[^1]}-{i}", node);
            }
        }

        _session = new FleetSession(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void Nodes_of_all_clusters_are_drained_with_a_result_each()
    {
        var sink = _session.Run(Drain());

        Assert.Empty(sink.Errors);
        var results = sink.Objects.Cast<KubeDrainResult>().ToArray();
        Assert.Equal(["sim-1/node-1: Drained", "sim-1/node-2: Drained", "sim-2/node-1: Drained", "sim-2/node-2: Drained"], results.Select(static result => result.ToString()).Order());
        Assert.All(results, static result => Assert.Equal((3, 0, true), (result.Evicted, result.Remaining, result.LeftCordoned)));
        Assert.Equal(0, Pods());
    }

    [Fact]
    public void ThrottleLimit_counts_nodes_and_leaves_no_cluster_out()
    {
        var events = _session.Run(Drain(("ThrottleLimit", 1), ("IncludeEvent", true))).Objects;

        Assert.Equal(4, events.OfType<KubeDrainResult>().Count(static result => result.State == DrainState.Drained));
        var running = 0;
        foreach (var item in events)
        {
            running += item is KubeDrainEvent { Phase: DrainPhase.Cordoned } ? 1 : item is KubeDrainResult ? -1 : 0;
            Assert.InRange(running, 0, 1);
        }
    }

    [Fact]
    public void WhatIf_writes_the_plans_and_asks_and_changes_nothing()
    {
        var sink = _session.Run(Drain(new RecordingSink { IsWhatIf = true }));

        Assert.Equal(4, sink.Objects.Count);
        Assert.All(sink.Objects, static plan => Assert.Equal((3, 0), (Assert.IsType<KubeDrainPlan>(plan).Going, ((KubeDrainPlan)plan).Blocked)));
        Assert.Empty(sink.Questions);
        Assert.Equal(12, Pods());
        Assert.DoesNotContain(_fleet.Clusters.SelectMany(static cluster => cluster.Requests.All), static request => request.Method is "PATCH" or "DELETE" || request.Path.EndsWith("/eviction", StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_that_is_not_confirmed_is_left_alone()
    {
        var sink = _session.Run(Drain(new RecordingSink { Processes = false }));

        Assert.Empty(sink.Objects);
        Assert.Contains("Drain (3 pods): sim-1 / Node / node-1", sink.Questions);
        Assert.Equal(12, Pods());
    }

    [Fact]
    public void A_pod_that_may_not_go_leaves_its_node_alone_and_is_an_error_with_the_switch_that_helps()
    {
        _fleet["sim-1"].AddPod("single", "node-1", owner: "");

        var sink = _session.Run(Drain());

        var error = Assert.Single(sink.Errors);
        Assert.Equal(("Kube.Conflict", "sim-1"), (error.ErrorId, error.Fault.Cluster!.ClusterName));
        Assert.Contains("web/single", error.Fault.Message);
        Assert.Contains("-Force", error.Fault.Message);
        Assert.Equal(3, sink.Questions.Count);
        Assert.Equal((DrainState.Blocked, false), sink.Objects.Cast<KubeDrainResult>().Where(static one => one.ToString() == "sim-1/node-1: Blocked").Select(static one => (one.State, one.LeftCordoned)).Single());
        Assert.Equal(4, _fleet["sim-1"].Store.Count("pods"));
    }

    [Fact]
    public void Missing_rights_are_one_error_of_the_cluster_before_anything_starts()
    {
        _session.Dispose();
        _session = new FleetSession(_fleet, UserKind.Limited).Select("sim-1");

        var sink = _session.Run(Drain(("Name", "node-1")));

        Assert.All(sink.Errors, static error => Assert.Equal("Kube.Forbidden", error.ErrorId));
        Assert.NotEmpty(sink.Errors);
        Assert.Equal(12, Pods());
    }

    [Fact]
    public void Progress_names_the_nodes_and_what_they_wait_for()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.Controllers.PodTerminationTime = TimeSpan.FromSeconds(1);

        var updates = _session.Run(Drain(("MaxUnavailable", "100%"))).ProgressUpdates;

        Assert.Contains(updates, static update => update is { Part: 0 } && update.Status.EndsWith("of 4 nodes done", StringComparison.Ordinal));
        Assert.Contains(updates, static update => update.Part > 0 && update.Activity.StartsWith("sim-1/node-", StringComparison.Ordinal) && update.Status.Contains("of 3 pods gone", StringComparison.Ordinal));
        foreach (var part in updates.GroupBy(static update => update.Part))
            Assert.True(part.Last().Completed);
    }

    [Fact]
    public void What_happens_is_objects_with_IncludeEvent_and_Verbose_without()
    {
        var events = _session.Run(Drain(("IncludeEvent", true))).Objects.OfType<KubeDrainEvent>().ToArray();

        Assert.Equal(4, events.Count(static one => one.Phase == DrainPhase.Cordoned));
        Assert.Equal(12, events.Count(static one => one.Phase == DrainPhase.Gone));
    }

    [Theory]
    [InlineData("MaxUnavailable", "none")]
    [InlineData("PodSelector", "tier in (")]
    public void What_cannot_be_meant_is_refused_before_any_request(string parameter, string value)
    {
        var sink = _session.Run(Drain((parameter, value)));

        Assert.Equal("Kube.Invalid", sink.Terminated!.ErrorId);
        Assert.Contains(value, sink.Terminated.Fault.Message);
        Assert.Empty(_fleet["sim-1"].Requests.All);
    }

    [Fact]
    public void A_stop_tells_what_is_cordoned_and_leaves_it_in_the_sessions_drains()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.Controllers.PodTerminationTime = TimeSpan.FromMinutes(5);
        CmdletRunner<InvokeKubeDrainCommand> runner = null!;
        var stopped = false;
        var sink = new RecordingSink
        {
            Shown = update =>
            {
                if (stopped || update.Part == 0)
                    return;
                stopped = true;
                runner.Stop();
            },
        };
        runner = Drain(sink);

        Assert.Throws<PipelineStoppedException>(() => _session.Run(runner));

        Assert.StartsWith("Stopped.", sink.HostLines[0], StringComparison.Ordinal);
        Assert.Contains(sink.HostLines, static line => line.Contains("sim-1", StringComparison.Ordinal) && line.Contains("cordoned, 3 pods are left", StringComparison.Ordinal));
        var drains = _session.Run(new CmdletRunner<GetKubeDrainCommand>()).Objects.Cast<KubeDrain>().ToArray();
        Assert.All(drains, static drain => Assert.Equal(DrainState.Cancelled, drain.State));
        Assert.Equal(["sim-1", "sim-2"], drains.Select(static drain => drain.ClusterName).Order());
        Assert.Empty(_session.Run(new CmdletRunner<GetKubeDrainCommand> { ["Running"] = true }).Objects);
    }

    [Fact]
    public void Budgets_are_shown_with_their_pods_and_the_reason()
    {
        _fleet["sim-2"].Store.Add("""
            {"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web","namespace":"web","generation":1},"spec":{"minAvailable":6,"selector":{"matchLabels":{"app":"web"}}},
             "status":{"observedGeneration":1,"disruptionsAllowed":0,"currentHealthy":6,"desiredHealthy":6,"expectedPods":6} }
            """);

        var budget = Assert.IsType<KubePodDisruption>(Assert.Single(_session.Run(new CmdletRunner<GetKubePodDisruptionCommand> { ["AllNamespaces"] = true, ["Name"] = "web" }).Objects));

        Assert.Equal(("sim-2", 6, false), (budget.ClusterName, budget.Pods.Count, budget.CanBeMet));
        Assert.Contains("can never be met", budget.Reason);
    }

    [Fact]
    public void A_number_that_no_drain_has_is_an_error()
    {
        var sink = _session.Run(new CmdletRunner<StopKubeDrainCommand> { ["Id"] = 7 });

        Assert.Equal("Kube.NotFound", Assert.Single(sink.Errors).ErrorId);
    }

    private static CmdletRunner<InvokeKubeDrainCommand> Drain(params (string Name, object Value)[] parameters) => Drain(new RecordingSink(), parameters);

    private static CmdletRunner<InvokeKubeDrainCommand> Drain(RecordingSink sink, params (string Name, object Value)[] parameters)
    {
        var runner = new CmdletRunner<InvokeKubeDrainCommand> { Sink = sink };
        foreach (var (name, value) in parameters)
            runner[name] = value;
        if (parameters.All(static given => given.Name != "Name"))
            runner["Name"] = "*";
        return runner;
    }

    private int Pods() => _fleet.Clusters.Sum(static cluster => cluster.Store.Count("pods"));
}
