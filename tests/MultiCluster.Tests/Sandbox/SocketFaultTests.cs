using System.Net.WebSockets;
using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox;

/// <summary>What can go wrong with the WebSockets of exec, attach and port-forward.</summary>
public sealed class SocketFaultTests
{
    private const string Lines = "command=seq&command=100000";

    [Fact]
    public async Task A_stream_stalls()
    {
        await using var one = await StartAsync(ClusterFault.SocketStalls(1000));
        using var command = await OpenAsync(one, Lines);
        var reading = command.EndAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => reading.WaitAsync(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken));
        Assert.Equal(1, one.Cluster.ActiveRequests);
        command.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => reading);
        await Eventually.TrueAsync(() => one.Cluster.ActiveRequests == 0);
    }

    [Fact]
    public async Task A_stream_is_dropped_in_the_middle_of_a_frame()
    {
        await using var one = await StartAsync(ClusterFault.SocketDrops(1000));
        await AssertDropsAsync(one, Lines);
        await Eventually.TrueAsync(() => one.Cluster.ActiveRequests == 0);
    }

    [Fact]
    public async Task A_stream_is_closed_by_half()
    {
        await using var one = await StartAsync(ClusterFault.SocketHalfCloses(1000));
        using var command = await OpenAsync(one, Lines + "&stdin=true");
        await Assert.ThrowsAsync<WebSocketException>(command.EndAsync);
    }

    [Fact]
    public async Task A_command_ends_without_a_status()
    {
        await using var one = await StartAsync(ClusterFault.ExitWithoutStatus());
        using var command = await OpenAsync(one, "command=echo&command=text");
        var result = await command.EndAsync();
        Assert.Equal("text\n", result.Output);
        Assert.Null(result.Status);
    }

    [Fact]
    public async Task A_server_reads_slowly_and_the_sender_waits()
    {
        await using var one = await StartAsync(ClusterFault.SocketReadsSlowly(TimeSpan.FromMilliseconds(20)));
        using var command = await OpenAsync(one, "command=wc&command=-c&stdin=true");
        await command.SendAsync(0, new byte[10_000]);
        await command.SendAsync(255, [0]);
        Assert.Equal("10000\n", (await command.EndAsync()).Output);
    }

    [Fact]
    public async Task A_proxy_answers_with_a_page()
    {
        await using var one = await StartAsync(ClusterFault.ProxyPage(200));
        var (status, body) = await ChannelClient.RefusedAsync(one.Client, $"{Pod}/exec?stdout=true&command=true", ChannelClient.V5);
        Assert.Equal(200, status);
        Assert.Contains("<html>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_so_many_streams_are_struck()
    {
        await using var one = await StartAsync(ClusterFault.SocketDrops(1).Times(1));
        await AssertDropsAsync(one, "command=true");
        using var next = await OpenAsync(one, "command=true");
        Assert.Equal(0, (await next.EndAsync()).ExitCode);
    }

    private const string Pod = "/api/v1/namespaces/default/pods/one";

    /// <summary>A reset may overtake what was sent before it: then the WebSocket is not even opened.</summary>
    private static async Task AssertDropsAsync(OneCluster one, string query) => await Assert.ThrowsAsync<WebSocketException>(async () =>
    {
        using var command = await OpenAsync(one, query);
        await command.EndAsync();
    });

    private static Task<ChannelClient> OpenAsync(OneCluster one, string query) => ChannelClient.OpenAsync(one.Client, $"{Pod}/exec?stdout=true&stderr=true&{query}", ChannelClient.V5);

    private static async Task<OneCluster> StartAsync(ClusterFault fault)
    {
        var one = await OneCluster.StartAsync(new FleetOptions { Pods = 0 });
        RunningPod.Add(one);
        one.Cluster.Faults.Add(fault);
        return one;
    }
}
