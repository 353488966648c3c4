using System.Text.Json.Nodes;
using MultiCluster.Debugging;
using MultiCluster.Exec;
using MultiCluster.Faults;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Exec;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Debugging;

/// <summary>Containers that are added to pods of simulated clusters.</summary>
public sealed class PodDebugTests
{
    [Fact]
    public async Task A_container_is_added_to_every_pod_and_runs()
    {
        await using var fleet = await CommandFleet.StartAsync(2);
        var run = await RunAsync(fleet, Query());
        Assert.Empty(run.Faults);
        Assert.Equal(2, run.Objects.Count());
        Assert.All(run.Objects, static result => Assert.Equal(("web", "web-1", "node-1", "busybox", DebugState.Running), (result.Namespace, result.Pod, result.Node, result.Image, result.State)));
        var container = Assert.Single(Containers(fleet));
        Assert.Equal(run.Objects.Single(static result => result.ClusterName == "sim-1").Container, $"{container["name"]}");
        Assert.Matches("^debugger-[a-z0-9]{5}$", $"{container["name"]}");
        Assert.True(container["stdin"]!.GetValue<bool>()); // a shell stays
        Assert.Null(container["securityContext"]);
        Assert.Equal(run.Objects.Order(ByName), run.Results.Order(ByName));
    }

    [Fact]
    public async Task Two_containers_of_a_pod_have_two_names()
    {
        await using var fleet = await CommandFleet.StartAsync();
        await RunAsync(fleet, Query());
        await RunAsync(fleet, Query());
        Assert.Equal(2, Containers(fleet).Select(static one => $"{one["name"]}").Distinct().Count());
    }

    [Fact]
    public async Task A_target_is_seen_with_the_right_to_trace_it()
    {
        await using var fleet = await CommandFleet.StartAsync();
        await RunAsync(fleet, Query() with { Target = "side", ContainerName = "mine" });
        var container = Assert.Single(Containers(fleet));
        Assert.Equal(("mine", "side", """{"capabilities":{"add":["SYS_PTRACE"]}}"""), ($"{container["name"]}", $"{container["targetContainerName"]}", container["securityContext"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_command_writes_its_lines_from_the_first_on_and_its_exit_code_is_a_fault()
    {
        await using var fleet = await CommandFleet.StartAsync(2);
        var run = await RunAsync(fleet, Query("sh", "-c", "echo one; echo two >&2; exit 3"));
        Assert.Equal(["sim-1 one", "sim-1 two", "sim-2 one", "sim-2 two"], run.Lines.Order(StringComparer.Ordinal));
        Assert.Empty(run.Objects);
        Assert.Equal(2, run.Faults.Count());
        Assert.Contains("sim-1: cannot run 'sh -c echo one; echo two >&2; exit 3' in web/web-1: it ended with exit code 3: one; two.", run.Faults.Select(static fault => fault.Message));
        Assert.All(run.Commands, static result => Assert.Equal(3, result.ExitCode));
        Assert.All(run.Results, static result => Assert.Equal(DebugState.Ended, result.State));
    }

    [Fact]
    public async Task A_command_that_succeeds_is_no_fault()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var run = await RunAsync(fleet, Query("echo", "hello"));
        Assert.Equal(["sim-1 hello"], run.Lines);
        Assert.Empty(run.Faults);
        Assert.Equal(0, Assert.Single(run.Commands).ExitCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_breaks_off_is_read_on_without_a_line_lost_or_twice(bool resets)
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Cluster().Faults.Add((resets ? ClusterFault.StreamBreaks(300, reset: true) : ClusterFault.StreamEnds(300)).When(static request => request.Subresource == "log").Times(2));
        var run = await RunAsync(fleet, Query("sh", "-c", "seq 1000; sleep 1; echo end"));
        Assert.Equal([.. Enumerable.Range(1, 1000).Select(static i => $"sim-1 {i}"), "sim-1 end"], run.Lines);
        Assert.Empty(run.Faults);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var fault = Assert.Single((await RunAsync(fleet, Query("nope"))).Faults);
        Assert.Equal((FaultPhase.CommandFailed, "sim-1: cannot run 'nope' in web/web-1: the container has no program 'nope'."), (fault.Phase, fault.Message));
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_is_given_up_with_the_kubelets_words()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var run = await RunAsync(fleet, Query() with { Options = new() { Image = $"{ClusterControllers.UnpullableImage}:1", Patience = TimeSpan.FromMilliseconds(50) } });
        var fault = Assert.Single(run.Faults);
        Assert.Equal((FaultPhase.Server, "debug web/web-1"), (fault.Phase, fault.Operation));
        Assert.Contains("does not start: ErrImagePull: failed to pull", fault.Detail, StringComparison.Ordinal);
        Assert.Equal(DebugState.Waiting, Assert.Single(run.Results).State);
    }

    [Fact]
    public async Task What_does_not_start_in_time_says_what_is_missing()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Cluster().Store.Remove("nodes", "", "node-1"); // no kubelet does anything
        var fault = Assert.Single((await RunAsync(fleet, Query() with { Options = new() { StartLimit = TimeSpan.FromMilliseconds(300) } })).Faults);
        Assert.Equal(FaultPhase.Timeout, fault.Phase);
        Assert.EndsWith("did not start within 0.3 s: the kubelet has not begun with it", fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("side", null, FaultPhase.Conflict, "it has a container 'side' already; there are: c, side")]
    [InlineData(null, "nope", FaultPhase.NotFound, "it has no container 'nope'; there are: c, side")]
    public async Task A_name_that_is_taken_and_a_target_that_is_not_there_offer_the_names(string? name, string? target, object phase, string said)
    {
        await using var fleet = await CommandFleet.StartAsync();
        var fault = Assert.Single((await RunAsync(fleet, Query() with { ContainerName = name, Target = target })).Faults);
        Assert.Equal(((FaultPhase)phase, said), (fault.Phase, fault.Detail));
        Assert.DoesNotContain(fleet.Cluster().Requests.All, static request => request.Method == "PATCH");
    }

    [Theory]
    [InlineData("Succeeded", "the pod has ended (Succeeded)")]
    [InlineData("Failed", "the pod has ended (Failed)")]
    public async Task In_a_pod_that_has_ended_nothing_starts(string phase, string said)
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.AddPod("done", phase: phase, state: "terminated");
        Assert.Equal(said, Assert.Single((await RunAsync(fleet, new PodDebugQuery { Names = ["done"] })).Faults).Detail);
        Assert.Empty((await RunAsync(fleet, Query())).Faults); // that of a pattern is passed over
    }

    [Theory]
    [InlineData("v1.22.17")]
    [InlineData("v1.20.2")]
    public async Task A_cluster_that_is_too_old_says_so_and_is_sent_nothing(string version)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, Version = version });
        session.Fleet["sim-1"].Store.Add("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one","namespace":"web"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]},"status":{"phase":"Running"}}""");
        await session.ConnectAsync();
        var fault = Assert.Single((await EndedAsync(DebugRun.OfPods(session, "web", Query()))).Faults);
        Assert.Equal((FaultPhase.KindNotFound, $"ephemeral containers need Kubernetes 1.23; this cluster has {version}"), (fault.Phase, fault.Detail));
        Assert.DoesNotContain(session.Fleet["sim-1"].Requests.All, static request => request.Method == "PATCH");
    }

    [Fact]
    public async Task A_refusal_names_the_right_that_is_needed()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.Forbidden().When(static request => request.Subresource == "ephemeralcontainers"));
        var fault = Assert.Single((await RunAsync(fleet, Query())).Faults);
        Assert.Equal((FaultPhase.Forbidden, "It needs the right \"patch\" on pods/ephemeralcontainers in namespace web."), (fault.Phase, fault.Advice));
    }

    [Fact]
    public async Task The_server_checks_it_alone_where_nothing_is_to_be_changed()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var run = await RunAsync(fleet, Query() with { Options = new() { DryRun = true } });
        Assert.Equal(DebugState.DryRun, Assert.Single(run.Objects).State);
        Assert.Empty(Containers(fleet));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_disturbs_no_other()
    {
        await using var fleet = await CommandFleet.StartAsync(2);
        fleet.Cluster("sim-2").Faults.Add(ClusterFault.Refuse());
        var run = await RunAsync(fleet, Query("echo", "hello"));
        Assert.Equal(["sim-1 hello"], run.Lines);
        Assert.Equal("sim-2", Assert.Single(run.Faults).Cluster!.ClusterName);
    }

    [Fact]
    public async Task Who_stops_it_leaves_no_request_behind()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var run = DebugRun.OfPods(fleet.Session, CommandFleet.Namespace, Query("sh", "-c", "echo begun; sleep 1000"));
        await run.UntilAsync(() => run.Lines.Any(), "the command has begun");
        await run.DisposeAsync();
        await fleet.SilentAsync();
    }

    [Fact]
    public async Task A_pod_that_goes_ends_its_command()
    {
        await using var fleet = await CommandFleet.StartAsync();
        await using var run = DebugRun.OfPods(fleet.Session, CommandFleet.Namespace, Query("sh", "-c", "echo begun; sleep 1000"));
        await run.UntilAsync(() => run.Lines.Any(), "the command has begun");
        fleet.Cluster().Store.Remove("pods", CommandFleet.Namespace, "web-1");
        await run.EndAsync();
        Assert.Equal(FaultPhase.NotFound, Assert.Single(run.Faults).Phase);
    }

    [Fact]
    public async Task A_terminal_is_for_one_pod()
    {
        await using var fleet = await CommandFleet.StartAsync(1, "web-1", "web-2");
        var attached = new List<CommandTarget>();
        var options = new DebugOptions
        {
            Attach = (_, target, _) =>
            {
                attached.Add(target);
                return Task.CompletedTask;
            },
        };
        Assert.Equal("-Interactive is for one pod, and 2 are meant", Assert.Single((await RunAsync(fleet, Query() with { Options = options })).Faults).Detail);
        Assert.Empty(attached);
        Assert.Equal("-Interactive is for one pod, and 2 clusters are meant", Assert.Throws<FaultException>(() => new PodDebugCall(Query() with { Options = options }, 2, TimeProvider.System)).Fault.Detail);

        Assert.Empty((await RunAsync(fleet, new PodDebugQuery { Names = ["web-2"], Options = options })).Faults);
        var target = Assert.Single(attached);
        var container = Assert.Single(Containers(fleet, "web-2"));
        Assert.Equal(("web-2", $"{container["name"]}", true, true), (target.Pod.Name, target.Container, container["stdin"]!.GetValue<bool>(), container["tty"]!.GetValue<bool>()));
    }

    private static IComparer<KubeDebugResult> ByName { get; } = Comparer<KubeDebugResult>.Create(static (a, b) => string.CompareOrdinal(a.ClusterName, b.ClusterName));

    private static PodDebugQuery Query(params string[] command) => new() { Names = ["*"], Options = new() { Command = command } };

    private static Task<DebugRun> RunAsync(CommandFleet fleet, PodDebugQuery query) => EndedAsync(DebugRun.OfPods(fleet.Session, CommandFleet.Namespace, query));

    private static async Task<DebugRun> EndedAsync(DebugRun run)
    {
        await using var _ = run;
        await run.EndAsync();
        return run;
    }

    private static JsonObject[] Containers(CommandFleet fleet, string pod = "web-1") =>
        [.. (fleet.Cluster().Store.Find("pods", CommandFleet.Namespace, pod)!.ToJson()["spec"]!["ephemeralContainers"]?.AsArray() ?? []).Select(static one => one!.AsObject())];
}
