using MultiCluster.Debugging;
using MultiCluster.Exec;
using MultiCluster.Faults;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Debugging;

/// <summary>Pods that are made on nodes of simulated clusters, and removed.</summary>
public sealed class NodeDebugTests
{
    [Fact]
    public async Task A_command_runs_on_every_node_of_every_cluster_and_no_pod_is_left()
    {
        await using var fleet = await NodeFleet.StartAsync(2);
        var run = await fleet.RunAsync(Query("echo", "hello"));
        Assert.Equal(["sim-1 hello", "sim-1 hello", "sim-2 hello", "sim-2 hello"], run.Lines.Order(StringComparer.Ordinal));
        Assert.Empty(run.Faults);
        Assert.Empty(run.Objects);
        Assert.Equal(4, run.Results.Select(static result => (result.ClusterName, result.Pod)).Distinct().Count());
        Assert.All(run.Results, static result => Assert.Equal(DebugState.Removed, result.State));
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task The_pod_has_the_hosts_namespaces_and_files_and_nothing_keeps_it_away()
    {
        await using var fleet = await NodeFleet.StartAsync();
        var run = await fleet.RunAsync(Query() with { Keep = true, Namespace = "kube-system" }, "node-1");
        var result = Assert.Single(run.Objects);
        Assert.Equal(("kube-system", "node-1", DebugState.Running), (result.Namespace, result.Node, result.State));
        Assert.Matches("^node-debugger-node-1-[a-z0-9]{5}$", result.Pod);
        var spec = fleet.Cluster().Store.Find("pods", "kube-system", result.Pod)!.ToJson()["spec"]!;
        Assert.Equal("node-1", $"{spec["nodeName"]}");
        Assert.All((string[])["hostPID", "hostNetwork", "hostIPC"], field => Assert.True(spec[field]!.GetValue<bool>()));
        Assert.Equal("Never", $"{spec["restartPolicy"]}");
        Assert.Equal("""[{"operator":"Exists"}]""", spec["tolerations"]!.ToJsonString());
        Assert.Equal("/", $"{spec["volumes"]![0]!["hostPath"]!["path"]}");
        Assert.Equal("/host", $"{spec["containers"]![0]!["volumeMounts"]![0]!["mountPath"]}");
    }

    [Fact]
    public async Task A_name_that_is_taken_is_passed_over()
    {
        await using var fleet = await NodeFleet.StartAsync();
        await fleet.RunAsync(Query() with { Keep = true }, "node-1");
        Assert.Empty((await fleet.RunAsync(Query() with { Keep = true }, "node-1")).Faults);
        Assert.Equal(2, fleet.Pods.Count);
    }

    [Fact]
    public async Task An_exit_code_is_a_fault_of_its_node_and_the_pod_goes_all_the_same()
    {
        await using var fleet = await NodeFleet.StartAsync();
        var run = await fleet.RunAsync(Query("sh", "-c", "echo bad >&2; exit 4"), "node-1");
        var fault = Assert.Single(run.Faults);
        Assert.Equal(FaultPhase.CommandFailed, fault.Phase);
        Assert.EndsWith("it ended with exit code 4: bad.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, Assert.Single(run.Commands).ExitCode);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task A_pod_that_does_not_start_is_removed()
    {
        await using var fleet = await NodeFleet.StartAsync();
        var run = await fleet.RunAsync(Query("true") with { Options = new() { Command = ["true"], Image = $"{ClusterControllers.UnpullableImage}:1", Patience = TimeSpan.FromMilliseconds(50) } }, "node-1");
        Assert.Contains("container debugger does not start: ImagePullBackOff", Assert.Single(run.Faults).Message, StringComparison.Ordinal);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task A_node_that_does_not_start_it_in_time_is_left_without_a_pod()
    {
        await using var fleet = await NodeFleet.StartAsync();
        fleet.Cluster().Controllers.PodStartTime = TimeSpan.FromHours(1);
        var run = await fleet.RunAsync(Query("true") with { Options = new() { Command = ["true"], StartLimit = TimeSpan.FromMilliseconds(200) } }, "node-1");
        Assert.Equal(FaultPhase.Timeout, Assert.Single(run.Faults).Phase);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task Who_stops_it_leaves_no_pod_behind()
    {
        await using var fleet = await NodeFleet.StartAsync(2);
        var (run, call) = fleet.Start(Query("sh", "-c", "echo begun; sleep 1000"));
        await run.UntilAsync(() => run.Lines.Count() == 4, "all have begun");
        await run.DisposeAsync();
        Assert.Empty(call.Left);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task Who_stops_it_while_the_pod_is_being_made_leaves_none_behind()
    {
        await using var fleet = await NodeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.Latency(TimeSpan.FromMilliseconds(500)).When(static request => request.Verb == "create"));
        var (run, call) = fleet.Start(Query("sleep", "1000"), "node-1");
        await TestSession.UntilAsync(() => fleet.Cluster().ActiveRequests > 0, "the pod is being made");
        await run.DisposeAsync();
        Assert.Empty(call.Left);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task A_cluster_that_is_deselected_is_left_without_a_pod()
    {
        await using var fleet = await NodeFleet.StartAsync();
        var (run, _) = fleet.Start(Query("sh", "-c", "echo begun; sleep 1000"), "node-1");
        await using var ended = run;
        await run.UntilAsync(() => run.Lines.Any(), "it has begun");
        await fleet.Session.Pool.DisconnectAsync(fleet.Session.Pool.Selected);
        await run.EndAsync();
        Assert.Equal(FaultPhase.ClusterNotSelected, Assert.Single(run.Faults).Phase);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task A_connection_that_is_lost_meanwhile_leaves_no_pod_behind()
    {
        await using var fleet = await NodeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.SocketDrops(1000).When(static request => request.Path.Contains("/exec", StringComparison.Ordinal)));
        fleet.Cluster().Faults.Add(ClusterFault.Unavailable().When(static request => request.Verb == "delete").Times(1));
        var run = await fleet.RunAsync(Query("seq", "1000"), "node-1");
        Assert.Equal(FaultPhase.Connect, Assert.Single(run.Faults).Phase);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task A_pod_that_cannot_be_removed_is_named_with_the_command_that_removes_it()
    {
        await using var fleet = await NodeFleet.StartAsync(2);
        fleet.Cluster().Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "delete"));
        var (run, call) = fleet.Start(Query("echo", "hello"), "node-1");
        await using (run)
            await run.EndAsync();
        Assert.Equal(["sim-1 hello", "sim-2 hello"], run.Lines.Order(StringComparer.Ordinal));
        await GoneAsync(fleet, "sim-2");
        var pod = Assert.Single(fleet.Pods)["sim-1 default/".Length..];
        var fault = Assert.Single(run.Faults);
        Assert.StartsWith($"sim-1: cannot remove the debugging pod default/{pod}: Forbidden", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"Remove-KubeResource pod {pod} -Namespace default -Cluster 'sim-1'", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(fault, Assert.Single(call.Left));
    }

    [Fact]
    public async Task A_removal_has_its_time()
    {
        await using var fleet = await NodeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.NeverAnswer().When(static request => request.Verb == "delete"));
        var run = await fleet.RunAsync(Query("true") with { RemovalLimit = TimeSpan.FromMilliseconds(200) }, "node-1");
        Assert.Equal((FaultPhase.Timeout, "the cluster has not answered"), (Assert.Single(run.Faults).Phase, run.Faults.First().Detail));
    }

    [Fact]
    public async Task A_refusal_names_the_rights_and_nothing_is_removed()
    {
        await using var fleet = await NodeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "create"));
        var fault = Assert.Single((await fleet.RunAsync(Query("true"), "node-1")).Faults);
        Assert.Equal((FaultPhase.Forbidden, "debug node node-1"), (fault.Phase, fault.Operation));
        Assert.StartsWith("It needs the rights \"create\" and \"delete\" on pods in namespace default", fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(fleet.Cluster().Requests.All, static request => request.Method == "DELETE");
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_reached_disturbs_no_other()
    {
        await using var fleet = await NodeFleet.StartAsync(2);
        fleet.Cluster("sim-2").Faults.Add(ClusterFault.Refuse());
        var run = await fleet.RunAsync(Query("echo", "hello"), "node-1");
        Assert.Equal(["sim-1 hello"], run.Lines);
        Assert.Equal(("sim-2", FaultPhase.Connect), (Assert.Single(run.Faults).Cluster!.ClusterName, run.Faults.First().Phase));
    }

    [Fact]
    public async Task The_server_checks_it_alone_where_nothing_is_to_be_changed()
    {
        await using var fleet = await NodeFleet.StartAsync();
        var run = await fleet.RunAsync(new NodeDebugQuery { Options = new() { DryRun = true } }, "node-1");
        Assert.Equal(DebugState.DryRun, Assert.Single(run.Objects).State);
        Assert.Empty(fleet.Pods);
        Assert.DoesNotContain(fleet.Cluster().Requests.All, static request => request.Method == "DELETE");
    }

    [Fact]
    public async Task A_terminal_is_attached_to_one_node_and_its_pod_goes_when_it_is_left()
    {
        await using var fleet = await NodeFleet.StartAsync();
        CommandTarget? attached = null;
        var options = new DebugOptions
        {
            Attach = (_, target, _) =>
            {
                attached = target;
                Assert.Single(fleet.Pods);
                return Task.CompletedTask;
            },
        };
        Assert.Equal("-Interactive is for one node, and 2 are meant", Assert.Throws<FaultException>(() => fleet.Start(new NodeDebugQuery { Options = options })).Fault.Detail);
        Assert.Empty((await fleet.RunAsync(new NodeDebugQuery { Options = options }, "node-1")).Faults);
        Assert.Equal("debugger", attached!.Container);
        await GoneAsync(fleet);
    }

    [Fact]
    public async Task Nothing_to_do_makes_no_pod()
    {
        await using var fleet = await NodeFleet.StartAsync();
        Assert.Equal("there is nothing to do on the node", Assert.Throws<FaultException>(() => fleet.Start(Query())).Fault.Detail);
    }

    private static NodeDebugQuery Query(params string[] command) => new() { Options = new() { Command = command } };

    /// <summary>Waits until the kubelets have removed the pods whose removal was asked for: of all clusters, or of one.</summary>
    private static Task GoneAsync(NodeFleet fleet, string cluster = "") =>
        TestSession.UntilAsync(() => !fleet.Pods.Any(pod => pod.StartsWith(cluster, StringComparison.Ordinal)), "no pod is left");
}
