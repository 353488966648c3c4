using MultiCluster.Api.Lists;
using MultiCluster.Exec;
using MultiCluster.Exec.Terminals;
using MultiCluster.Faults;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Exec.Terminals;

/// <summary>Somebody at a terminal in a container of the simulator.</summary>
public sealed class PodTerminalTests
{
    private const string Leave = "ctrl-p,ctrl-q";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shell_is_typed_at_and_its_exit_code_is_known()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var terminal = new TestTerminal();
        var entered = Enter(fleet, terminal);
        await ShowsAsync(terminal, "/ # ");
        terminal.Type("hostname; stty size\r");
        await ShowsAsync(terminal, "web-1\r\n24 80\r\n");
        terminal.Resize(132, 43);
        terminal.Type("exit 7\r");
        Assert.Equal(7, await entered);
        Assert.True(terminal.IsGivenBack);
        await fleet.SilentAsync();
    }

    [Fact]
    public async Task Another_size_is_told_to_the_program()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var terminal = new TestTerminal();
        var entered = Enter(fleet, terminal);
        await ShowsAsync(terminal, "/ # ");
        terminal.Resize(132, 43);
        await TestSession.UntilAsync(() =>
        {
            terminal.Type("stty size\r");
            return terminal.Shown.Contains("43 132", StringComparison.Ordinal);
        }, "the size is another");
        terminal.Type("exit\r");
        await entered;
    }

    [Fact]
    public async Task Ctrl_C_is_the_programs()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var terminal = new TestTerminal();
        var entered = Enter(fleet, terminal);
        await ShowsAsync(terminal, "/ # ");
        terminal.Type("sleep 1000\r");
        await ShowsAsync(terminal, "sleep 1000\r\n");
        terminal.Type("\u0003");
        await ShowsAsync(terminal, "^C\r\n/ # ");
        terminal.Type("exit 0\r");
        Assert.Equal(0, await entered);
    }

    [Fact]
    public async Task The_keys_that_leave_it_leave_it()
    {
        await using var fleet = await CommandFleet.StartAsync();
        var terminal = new TestTerminal();
        var entered = Enter(fleet, terminal);
        await ShowsAsync(terminal, "/ # ");
        terminal.Type("\u0010");
        terminal.Type("\u0011");
        Assert.Null(await entered);
        Assert.True(terminal.IsGivenBack);
        await fleet.SilentAsync();
    }

    [Fact]
    public async Task The_first_shell_that_is_there_is_entered()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Cluster().Containers.Use(CommandFleet.Namespace, "web-1", new ContainerOptions
        {
            HasShell = false,
            Programs = new Dictionary<string, ContainerProgram>
            {
                ["ash"] = static async context =>
            {
                await context.WriteLineAsync("this is ash");
                return 5;
            }
            },
        });
        var terminal = new TestTerminal();
        var told = new List<string>();
        Assert.Equal(5, await Enter(fleet, terminal, CallContext.Default with { Say = told.Add }));
        Assert.Contains("this is ash", terminal.Shown, StringComparison.Ordinal);
        Assert.Equal(["Container c of pod web/web-1 has no sh.", "Container c of pod web/web-1 has no bash."], told);
    }

    [Fact]
    public async Task A_container_without_a_shell_is_a_fault_that_names_those_that_were_tried()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Cluster().Containers.Use(CommandFleet.Namespace, "web-1", new ContainerOptions { HasShell = false });
        var fault = (await Assert.ThrowsAsync<FaultException>(() => Enter(fleet, new TestTerminal()))).Fault;
        Assert.Equal((FaultPhase.NotFound, "the container has none of sh, bash, ash, powershell"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_connection_that_breaks_gives_the_terminal_back_and_is_told()
    {
        await using var fleet = await CommandFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.SocketDrops(100));
        var terminal = new TestTerminal();
        terminal.Type("seq 1000\r");
        var fault = (await Assert.ThrowsAsync<FaultException>(() => Enter(fleet, terminal))).Fault;
        Assert.Equal(FaultPhase.Connect, fault.Phase);
        Assert.True(terminal.IsGivenBack);
    }

    [Fact]
    public async Task A_call_that_is_stopped_gives_the_terminal_back()
    {
        await using var fleet = await CommandFleet.StartAsync();
        using var stop = new CancellationTokenSource();
        var terminal = new TestTerminal();
        var entered = EnterUntil(stop.Token, fleet, terminal);
        await ShowsAsync(terminal, "/ # ");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entered);
        Assert.True(terminal.IsGivenBack);
        await fleet.SilentAsync();
    }

    [Theory]
    [InlineData("ctrl-p,ctrl-q", "a\u0010b", "a\u0010b", false)]
    [InlineData("ctrl-p,ctrl-q", "\u0010\u0010\u0011", "\u0010", true)]
    [InlineData("ctrl-p,ctrl-q", "\u0010", "", false)]
    [InlineData("ctrl-]", "ab\u001dc", "ab", true)]
    [InlineData("~,.", "~.", "", true)]
    [InlineData("", "\u0010\u0011", "\u0010\u0011", false)]
    public void Keys_that_leave_are_found_in_what_is_typed(string keys, string typed, string sent, bool leaves)
    {
        var (bytes, left) = DetachKeys.Of(keys).Take(System.Text.Encoding.UTF8.GetBytes(typed));
        Assert.Equal((sent, leaves), (System.Text.Encoding.UTF8.GetString(bytes), left));
    }

    [Fact]
    public void What_is_no_key_is_refused() =>
        Assert.Equal("'ctrl-' is no key", Assert.Throws<FaultException>(static () => DetachKeys.Of("a,ctrl-")).Fault.Detail);

    private static Task<int?> Enter(CommandFleet fleet, TestTerminal terminal, CallContext? context = null) => EnterUntil(Stop, fleet, terminal, context);

#pragma warning disable CA1068 // a token at the end would be asked for everywhere
    private static Task<int?> EnterUntil(CancellationToken stop, CommandFleet fleet, TestTerminal terminal, CallContext? context = null)
#pragma warning restore CA1068
    {
        var query = new ProcessQuery { Namespace = CommandFleet.Namespace, Pod = "web-1", Container = "c", Operation = "enter web/web-1" };
        return new PodTerminal(fleet.Session.Pool.Selected.Single().Connection!, query, context ?? CallContext.Default).RunAsync(PodTerminal.Shells, () => terminal, Leave, stop);
    }

    private static Task ShowsAsync(TestTerminal terminal, string text) => TestSession.UntilAsync(() => terminal.Shown.Contains(text, StringComparison.Ordinal), $"{text} is shown");
}
