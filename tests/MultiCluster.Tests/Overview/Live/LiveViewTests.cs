using MultiCluster.Faults;
using MultiCluster.Overview;
using MultiCluster.Overview.Live;

namespace MultiCluster.Tests.Overview.Live;

/// <summary>The lines of the live table.</summary>
public sealed class LiveViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Orders_go_round_from_what_is_worst()
    {
        var state = State("b", "a", "silent", "c");
        state.Take(Row("a") with { Attention = 1, CpuAllocatable = 10, CpuRequest = 9 }, Now);
        state.Take(Row("b") with { Attention = 5, CpuAllocatable = 10, CpuRequest = 1, MemoryAllocatable = 10, MemoryRequest = 8 }, Now);
        state.Take(Row("silent") with { Fault = new Fault { Phase = FaultPhase.Connect, Detail = "refused" } }, Now);

        var orders = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(string.Join(' ', state.Rows().Select(static row => row.Name)));
            state.NextOrder();
        }

        Assert.Equal(["silent b a c", "a b c silent", "a b c silent", "b a c silent", "silent b a c"], orders);
    }

    [Theory]
    [InlineData(60, 24)]
    [InlineData(20, 5)]
    [InlineData(8, 2)]
    [InlineData(300, 80)]
    public void Every_picture_fits_the_terminal(int width, int height)
    {
        var state = State([.. Enumerable.Range(0, 200).Select(static i => $"a-cluster-with-a-rather-long-name-{i}")]);
        for (var i = 0; i < 100; i++)
            state.Take(Row($"a-cluster-with-a-rather-long-name-{i}") with { Unseen = [new string('x', 500)], NodesReady = 1, NodesTotal = 2 }, Now);
        state.Scroll(1000);

        var lines = new LiveView(state, unicode: true).Lines(width, height);

        Assert.InRange(lines.Count, 1, height);
        Assert.All(lines, line => Assert.InRange(line.Segments.Sum(static segment => segment.Text.Length), 0, width - 1));
    }

    [Fact]
    public void Names_and_words_of_servers_do_nothing_to_the_terminal()
    {
        var state = State("\e[31mred");
        state.Take(Row("\e[31mred") with { Version = "v1\e[2J", Fault = new Fault { Phase = FaultPhase.Server, Detail = "\e]0;title\a" } }, Now);

        var text = string.Concat(new LiveView(state, unicode: true).Lines(120, 10).SelectMany(static line => line.Segments).Select(static segment => segment.Text));

        Assert.DoesNotContain("\e", text, StringComparison.Ordinal);
        Assert.Contains(@"\u001b[31mred", text, StringComparison.Ordinal);
    }

    private static LiveState State(params string[] names) => new(names.Select(static name => (name, name)));

    private static KubeOverview Row(string name) => new() { ClusterId = name, ClusterName = name, PodsReady = 1, PodsRunning = 1, PodsPending = 0, PodsUnknown = 0 };
}
