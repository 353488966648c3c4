using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Overview;
using MultiCluster.Overview.Live;
using MultiCluster.Tests.Picking;
using MultiCluster.Tests.Support;
using static MultiCluster.Tests.Overview.OverviewFleet;

namespace MultiCluster.Tests.Overview.Live;

/// <summary>The live table on a terminal whose keys are known beforehand.</summary>
public sealed class LiveOverviewTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_fills_while_clusters_answer_and_q_leaves_the_terminal_as_it_was()
    {
        await using var session = await TestSession.SelectedAsync(Empty(2));
        AddNode(session.Fleet["sim-1"], "node-1");
        session.Fleet["sim-2"].Faults.Add(ClusterFault.Unauthorized());
        TestTerminal? terminal = null;
        terminal = new TestTerminal(100, 24, [])
        {
            OnIdle = () =>
            {
                if (terminal!.Screen.Text.Contains("1 without an answer", StringComparison.Ordinal) && terminal.Screen.Text.Contains("1/1", StringComparison.Ordinal))
                    terminal.Press(PickItems.Key(ConsoleKey.Q));
            },
        };

        await RunAsync(session, terminal);

        var picture = terminal.Screen.Pictures[^1].Split('\n');
        Assert.StartsWith("2 clusters, 0 findings, 1 without an answer", picture[0], StringComparison.Ordinal);
        Assert.StartsWith("Cluster", picture[1], StringComparison.Ordinal);
        Assert.StartsWith("sim-2", picture[2], StringComparison.Ordinal); // the worst first
        Assert.StartsWith("sim-1", picture[3], StringComparison.Ordinal);
        Assert.Equal("", terminal.Screen.Text.Trim());
        Assert.Equal(0, session.Fleet.Clusters.Sum(static cluster => cluster.ActiveRequests));
    }

    [Fact]
    public async Task R_looks_at_the_clusters_again()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        var asked = false;
        TestTerminal? terminal = null;
        terminal = new TestTerminal(100, 24, [])
        {
            OnIdle = () =>
            {
                if (terminal!.Screen.Text.Contains("1/1", StringComparison.Ordinal))
                {
                    terminal.Press(PickItems.Key(ConsoleKey.Q));
                }
                else if (!asked && terminal.Screen.Text.Contains("0/0", StringComparison.Ordinal))
                {
                    asked = true;
                    AddNode(session.Fleet["sim-1"], "node-1");
                    terminal.Press(PickItems.Key(ConsoleKey.R));
                }
            },
        };

        await RunAsync(session, terminal);

        Assert.Contains("1/1", terminal.Screen.Pictures[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_leaves_the_terminal_as_it_was()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var terminal = new TestTerminal(80, 10, []) { OnIdle = stop.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(session, terminal, stop.Token));

        Assert.Equal("", terminal.Screen.Text.Trim());
    }

    private static Task RunAsync(TestSession session, TestTerminal terminal, CancellationToken? cancellationToken = null)
    {
        var connections = session.Pool.Selected.Select(static cluster => cluster.Connection!).ToArray();
        var reader = new OverviewReader(new OverviewQuery(), connections);
        var live = new LiveOverview(session.Pool.Selected.Select(static cluster => (cluster.ClusterId, cluster.ClusterName)), TimeSpan.FromHours(1), terminal, TimeProvider.System);
        return live.RunAsync(
            connections,
            new FanOutOptions(),
            (connection, sink, stop) => reader.ReadAsync(connection, "default", CallContext.Default, sink, stop),
            cancellationToken ?? Stop);
    }
}
