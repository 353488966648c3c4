using System.Text;
using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Exec;

/// <summary>Commands in the pods of clusters that do what they are told.</summary>
public sealed class CommandTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_runs_in_every_pod_of_every_cluster()
    {
        await using var fleet = await CommandFleet.StartAsync(2, "web-1", "web-2");
        var run = await fleet.RunAsync(CommandFleet.Query("hostname"));
        Assert.Equal(["sim-1 web-1 c web-1", "sim-1 web-2 c web-2", "sim-2 web-1 c web-1", "sim-2 web-2 c web-2"], run.Told);
        Assert.Empty(run.Faults);
        Assert.All(run.Results, static result => Assert.True(result.Succeeded));
        Assert.Equal(4, run.Results.Count());
    }

    [Fact]
    public async Task Output_and_errors_are_told_apart_and_an_exit_code_is_a_fault_of_its_pod()
    {
        await using var fleet = await CommandFleet.StartAsync(1, "web-1", "web-2");
        fleet.Program("check", static _ => Task.FromResult(0), "web-1");
        fleet.Program("check", static async context =>
        {
            await context.WriteLineAsync("looking");
            await context.Error.WriteAsync("first\nno such file"u8.ToArray());
            return 3;
        }, "web-2");
        var run = await fleet.RunAsync(CommandFleet.Query("check", "a b"));
        Assert.Equal(["looking"], run.Lines());
        Assert.Equal(["first", "no such file"], run.Lines(CommandStream.Error));
        var fault = Assert.Single(run.Faults);
        Assert.Equal((FaultPhase.CommandFailed, "sim-1: cannot run 'check a b' in web/web-2: it ended with exit code 3: first; no such file."), (fault.Phase, fault.Message));
        Assert.Equal([0, 3], run.Results.Select(static result => result.ExitCode));
        Assert.Equal("first\nno such file", run.Results.Last().Error);
    }

    [Fact]
    public async Task The_whole_output_is_one_result_where_that_is_asked_for()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var run = await fleet.RunAsync(CommandFleet.Query("sh", "-c", "echo one; echo two; echo bad >&2; exit 4") with { Raw = true });
        Assert.Empty(run.Objects);
        var result = Assert.Single(run.Written);
        Assert.Equal((4, "one\ntwo\n", "bad\n", "c"), (result.ExitCode, result.Output, result.Error, result.Container));
    }

    [Theory]
    [InlineData("1.33.1")]
    [InlineData("1.24.0")] // v4.channel.k8s.io alone: nobody can say that an input ends
    public async Task What_is_given_is_read_to_its_end_in_every_pod(string version)
    {
        await using var fleet = await CommandFleet.StartAsync(1, "web-1", "web-2");
        if (version.StartsWith("1.24", StringComparison.Ordinal))
            fleet.Cluster().Containers.Protocols = ["v4.channel.k8s.io"];
        var input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"line {i}\n")));
        var run = await fleet.RunAsync(CommandFleet.Query("wc", "-c") with { Input = input });
        Assert.Equal([$"{input.Length}", $"{input.Length}"], run.Lines().Select(static line => line.Trim()));
        Assert.Empty(run.Faults);
    }

    [Fact]
    public async Task A_command_that_reads_nothing_of_what_it_is_given_ends_all_the_same()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var run = await fleet.RunAsync(CommandFleet.Query("true") with { Input = new byte[4 * 1024 * 1024] });
        Assert.Empty(run.Faults);
        Assert.Equal(0, Assert.Single(run.Results).ExitCode);
        await fleet.SilentAsync();
    }

    [Fact]
    public async Task Characters_that_arrive_in_pieces_and_ends_of_lines_of_both_kinds_are_whole()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Program("speak", static async context =>
        {
            foreach (var one in "grün €\r\n\r\n\U0001F600 end"u8.ToArray())
            {
                await context.Output.WriteAsync(new[] { one });
                await Task.Yield();
            }

            return 0;
        });
        Assert.Equal(["grün €", "", "\U0001F600 end"], (await fleet.RunAsync(CommandFleet.Query("speak"))).Lines());
    }

    [Fact]
    public async Task Bytes_come_as_they_were_written()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(static value => (byte)value), 10, 13, 10];
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Program("dump", async context =>
        {
            await context.Output.WriteAsync(all);
            return 0;
        });
        Assert.Equal(all, Assert.Single((await fleet.RunAsync(CommandFleet.Query("dump") with { AsBytes = true, Raw = true })).Written).Bytes);
        Assert.Equal(all, (await fleet.RunAsync(CommandFleet.Query("dump") with { AsBytes = true })).Objects.SelectMany(static piece => piece.Bytes));
    }

    [Fact]
    public async Task Whoever_reads_slowly_slows_the_command()
    {
        long written = 0;
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Program("flood", async context =>
        {
            var piece = new byte[64 * 1024];
            for (var i = 0; i < 2_000; i++)
            {
                await context.Output.WriteAsync(piece, context.Ended);
                Interlocked.Add(ref written, piece.Length);
            }

            return 0;
        });
        await using var run = fleet.Start(CommandFleet.Query("flood") with { AsBytes = true });
        await TestSession.UntilAsync(() => Interlocked.Read(ref written) > 0, "it writes");
        long before;
        do
        {
            before = Interlocked.Read(ref written);
            await Task.Delay(300, Stop);
        }
        while (Interlocked.Read(ref written) > before);
        Assert.InRange(before, 1, 64L << 20); // nobody reads: it waits, and what is under way is bounded
        long read = 0;
        await foreach (var item in run.Run.Items.ReadAllAsync(Stop))
            read += item is FanOutObjects<KubeCommandOutput> some ? some.Objects.Sum(static piece => (long)piece.Bytes.Length) : 0;
        Assert.Equal(2_000L * 64 * 1024, read);
    }

    [Fact]
    public async Task The_container_is_the_annotated_one_then_the_first_or_the_one_that_is_named()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.AddPod("web-2", annotations: """{"kubectl.kubernetes.io/default-container":"side"}""");
        Assert.Equal(["sim-1 web-1 c web-1", "sim-1 web-2 side web-2"], (await fleet.RunAsync(CommandFleet.Query("hostname"))).Told);
        Assert.Equal(["sim-1 web-1 side web-1", "sim-1 web-2 side web-2"], (await fleet.RunAsync(CommandFleet.Query("hostname") with { Container = "side" })).Told);
        var none = Assert.Single((await fleet.RunAsync(CommandFleet.Query("hostname") with { Names = ["web-1"], Container = "app" })).Faults);
        Assert.Equal((FaultPhase.NotFound, "it has no container 'app'; there are: c, side"), (none.Phase, none.Detail));
    }

    [Fact]
    public async Task One_pod_of_those_that_fit_is_the_readiest()
    {
        await using var fleet = await CommandFleet.StartAsync(1, "b-ready");
        fleet.AddPod("a-unready", ready: false);
        fleet.AddPod("c-pending", phase: "Pending", state: "waiting", ready: false);
        var run = await fleet.RunAsync(new CommandQuery { Command = ["hostname"], LabelSelector = "app=web", AnyPod = true });
        Assert.Equal(["sim-1 b-ready c b-ready"], run.Told);
        Assert.Empty(run.Faults);
    }

    [Fact]
    public async Task A_pod_that_does_not_run_is_told_and_the_others_go_on()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.AddPod("web-2", phase: "Pending", state: "waiting");
        fleet.AddPod("web-3", phase: "Succeeded", state: "terminated");
        var run = await fleet.RunAsync(CommandFleet.Query("hostname"));
        Assert.Equal(["sim-1 web-1 c web-1"], run.Told);
        Assert.Equal("sim-1: cannot run 'hostname' in web/web-2: container c does not run (Why).", Assert.Single(run.Faults).Message);
        Assert.Equal("the pod has ended (Succeeded)", Assert.Single((await fleet.RunAsync(CommandFleet.Query("hostname") with { Names = ["web-3"] })).Faults).Detail);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_fault_that_names_it()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var fault = Assert.Single((await fleet.RunAsync(CommandFleet.Query("nosuch", "-x"))).Faults);
        Assert.Equal("sim-1: cannot run 'nosuch -x' in web/web-1: the container has no program 'nosuch'.", fault.Message);
        var line = Assert.Single((await fleet.RunAsync(CommandFleet.Query("ls -l /"))).Faults);
        Assert.Contains("-Shell", line.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_hangs_ends_with_its_time_and_delays_no_other()
    {
        await using var fleet = await CommandFleet.StartAsync(1, "web-1", "web-2");
        fleet.Program("work", static async context =>
        {
            await Task.Delay(Timeout.Infinite, context.Ended);
            return 0;
        });
        fleet.Program("work", static _ => Task.FromResult(0), "web-2");
        var run = await fleet.RunAsync(CommandFleet.Query("work") with { Limit = TimeSpan.FromMilliseconds(300) });
        var fault = Assert.Single(run.Faults);
        Assert.Equal((FaultPhase.Timeout, "it did not end within 0.3 s"), (fault.Phase, fault.Detail));
        Assert.Equal([null, 0], run.Results.Select(static result => result.ExitCode));
        await fleet.SilentAsync();
    }

    [Fact]
    public async Task A_call_that_is_stopped_leaves_no_request_behind()
    {
        await using var fleet = await CommandFleet.StartAsync(2, "web-1", "web-2", "web-3");
        await using var run = fleet.Start(CommandFleet.Query("sleep", "1000"));
        await TestSession.UntilAsync(() => fleet.Session.Fleet.Clusters.All(static cluster => cluster.ActiveRequests == 3), "all sleep");
        run.Run.Stop();
        await run.EndAsync();
        await fleet.SilentAsync();
        Assert.Empty(run.Faults);
    }

    [Fact]
    public async Task A_pod_whose_name_another_one_bears_by_now_is_left_alone()
    {
        await using var fleet = await CommandFleet.StartAsync(1, "web-1", "web-2");
        var pods = await fleet.PodsAsync();
        fleet.Cluster().Store.Remove("pods", CommandFleet.Namespace, "web-1");
        fleet.AddPod("web-1");
        fleet.Cluster().Store.Remove("pods", CommandFleet.Namespace, "web-2");
        var run = await fleet.RunAsync(new CommandQuery { Command = ["hostname"], Objects = pods });
        Assert.Empty(run.Objects);
        Assert.Equal(2, run.Faults.Count());
        Assert.All(run.Faults, static fault => Assert.Equal(FaultPhase.NotFound, fault.Phase));
        Assert.DoesNotContain(fleet.Cluster().Requests.All, static request => request.Path.Contains("/exec", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("break")]
    [InlineData("mute")]
    [InlineData("page")]
    [InlineData("forbidden")]
    public async Task What_goes_wrong_with_the_connection_is_a_fault_of_its_pod(string what)
    {
        await using var fleet = await CommandFleet.StartAsync(2);
        fleet.Cluster().Faults.Add((what switch
        {
            "break" => ClusterFault.SocketDrops(1000),
            "mute" => ClusterFault.ExitWithoutStatus(),
            "page" => ClusterFault.ProxyPage(200),
            _ => ClusterFault.Forbidden(),
        }).When(static request => request.Path.Contains("/exec", StringComparison.Ordinal)));
        var run = await fleet.RunAsync(CommandFleet.Query("seq", "1000"));
        var fault = Assert.Single(run.Faults);
        var (phase, said) = what switch
        {
            "break" => (FaultPhase.Connect, "the "), // the reset may overtake the answer's beginning
            "mute" => (FaultPhase.Connect, "the connection ended before anybody said how it ended"),
            "page" => (FaultPhase.Decode, "answered with an HTML page"),
            _ => (FaultPhase.Forbidden, "Forbidden"),
        };
        Assert.Equal((phase, "sim-1", "run 'seq 1000' in web/web-1"), (fault.Phase, fault.Cluster?.ClusterName, fault.Operation));
        Assert.StartsWith(said, fault.Detail, StringComparison.Ordinal);
        Assert.Equal(1000, run.Objects.Count(static line => line.ClusterName == "sim-2"));
        Assert.Null(run.Results.Single(static result => result.ClusterName == "sim-1").ExitCode);
    }

    [Fact]
    public async Task Nobody_runs_anything_without_saying_where()
    {
        await using var fleet = await CommandFleet.StartAsync();
        Assert.Equal("nothing says in which pods", Assert.Throws<FaultException>(() => fleet.Start(new CommandQuery { Command = ["hostname"] })).Fault.Detail);
        Assert.Equal("there is no command", Assert.Throws<FaultException>(() => fleet.Start(CommandFleet.Query(""))).Fault.Detail);
    }
}
