using System.Text;

namespace MultiCluster.Tests.Sandbox;

// Ports of pods, through the API server and what answers for the kubelet.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task A_port_answers_over_two_channels_that_begin_with_it()
    {
        using var ports = await ChannelClient.OpenAsync(Admin, $"{await RunningAsync()}/portforward?ports=8080", ChannelClient.V4);
        foreach (var channel in (byte[])[0, 1])
        {
            var first = await ports.ReceiveAsync();
            Assert.Equal(channel, first!.Value.Channel);
            Assert.Equal([0x90, 0x1f], first.Value.Bytes);
        }
        await ports.SendAsync(0, "GET /some/path HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = await ports.UntilAsync(0, text => text.EndsWith("one /some/path\n", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_nothing_listens_at_is_an_error_on_its_channel()
    {
        using var ports = await ChannelClient.OpenAsync(Admin, $"{await RunningAsync()}/portforward?ports=8080&ports=8081", ChannelClient.V4);
        var error = await ports.UntilAsync(3, text => text.Contains("refused", StringComparison.Ordinal));
        Assert.Matches(
            "^error forwarding port 8081 to pod [0-9a-f]{64}, uid : failed to execute portforward in network namespace \"[^\"]+\": "
            + "failed to connect to localhost:8081 inside namespace \"[0-9a-f]{64}\", IPv4: dial tcp4 127.0.0.1:8081: connect: connection refused ",
            error[2..]);
        await ports.SendAsync(0, "GET / HTTP/1.0\r\n\r\n");
        await ports.UntilAsync(0, text => text.EndsWith("one /\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_must_be_named()
    {
        var (code, body) = await ChannelClient.RefusedAsync(Admin, $"{await RunningAsync()}/portforward", ChannelClient.V4);
        Assert.Equal(400, code);
        Assert.Contains("is required", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_to_a_port_comes_back_whole()
    {
        const int size = 5_000_000;
        using var ports = await ChannelClient.OpenAsync(Admin, $"{await RunningAsync()}/portforward?ports=8080", ChannelClient.V4);
        await ports.SendAsync(0, $"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n");
        var sent = new byte[size];
        new Random(1).NextBytes(sent);
        var sending = SendAsync();
        using var received = new MemoryStream();
        while (await ports.ReceiveAsync() is { } message)
            if (message.Channel == 0) received.Write(message.Bytes);
        await sending;
        Assert.Equal(sent, received.ToArray()[^size..]);
        Assert.StartsWith("HTTP/1.1 200 OK", Encoding.Latin1.GetString(received.ToArray(), 2, 15), StringComparison.Ordinal);

        async Task SendAsync()
        {
            foreach (var piece in sent.Chunk(30_000)) await ports.SendAsync(0, piece);
        }
    }
}
