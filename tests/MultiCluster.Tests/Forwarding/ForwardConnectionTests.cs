using System.Net.Sockets;
using System.Text;
using MultiCluster.Forwarding;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Containers;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Forwarding;

/// <summary>What becomes of the bytes of each connection.</summary>
public sealed class ForwardConnectionTests : IAsyncLifetime
{
    private TestSession _session = null!;

    private SimulatedCluster Cluster => _session.Fleet.Clusters[0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _session = await TestSession.SelectedAsync(ForwardPods.Empty);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task Bytes_go_both_ways_and_come_back_whole()
    {
        const int size = 8_000_000;
        var forward = await StartAsync();
        var sent = new byte[size];
        new Random(1).NextBytes(sent);

        using var client = new HttpClient();
        var answer = await client.PostAsync(forward.Uri, new ByteArrayContent(sent), Stop);

        Assert.Equal(sent, await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.True(forward.BytesIn > size && forward.BytesOut > size, $"{forward.BytesIn} in, {forward.BytesOut} out");
    }

    [Fact]
    public async Task A_hundred_connections_at_once_are_answered()
    {
        var forward = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => TestForwards.GetAsync(forward, $"/{i}")));

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"web-1 /{i}"), answers);
        Assert.Equal(100, forward.Connections);
        await TestForwards.ClosedAsync(forward);
    }

    [Fact]
    public async Task Connections_one_after_the_other_leave_nothing()
    {
        var forward = await StartAsync();
        await TestForwards.GetAsync(forward);
        await TestForwards.ClosedAsync(forward);
        var before = Cluster.OpenConnections;

        for (var i = 0; i < 200; i++)
            Assert.Equal($"web-1 /{i}", await CloseAsync(forward, $"/{i}"));

        await TestForwards.ClosedAsync(forward);
        await TestSession.UntilAsync(() => Cluster.OpenConnections <= before, "the cluster's connections are closed");
        Assert.Equal(201, forward.Connections);
    }

    [Fact]
    public async Task More_connections_than_there_are_places_wait_for_one()
    {
        var forward = await StartAsync();
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < PortForwarder.MostConnections + 5; i++)
                sockets.Add(await TestForwards.ConnectAsync(forward));
            await TestSession.UntilAsync(() => forward.OpenConnections >= PortForwarder.MostConnections - 1, "its places are taken");
            var waiting = TestForwards.GetAsync(forward);
            Assert.False(waiting.IsCompleted);

            foreach (var socket in sockets)
                socket.Dispose();

            Assert.Equal("web-1 /", await waiting);
            Assert.True(forward.Connections > PortForwarder.MostConnections);
        }
        finally
        {
            sockets.ForEach(static socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_client_that_has_nothing_more_to_send_still_gets_its_answer()
    {
        var request = new TaskCompletionSource();
        var forward = await StartAsync(async (stream, stop) =>
        {
            await stream.ReadExactlyAsync(new byte[4], stop);
            await request.Task.WaitAsync(stop);
            await stream.WriteAsync("late"u8.ToArray(), stop);
        });
        using var socket = await TestForwards.ConnectAsync(forward);
        await socket.SendAsync("send"u8.ToArray(), SocketFlags.None, Stop);
        socket.Shutdown(SocketShutdown.Send);
        await TestSession.UntilAsync(() => forward.BytesOut == 4, "the pod has it");
        request.SetResult();

        Assert.Equal("late", await ReadAsync(socket));
        await TestForwards.ClosedAsync(forward);
    }

    [Fact]
    public async Task A_client_that_resets_its_connection_ends_the_pods_too()
    {
        var gone = new TaskCompletionSource();
        var forward = await StartAsync(async (stream, stop) =>
        {
            try
            {
                while (await stream.ReadAsync(new byte[16], stop) > 0)
                {
                }
            }
            finally
            {
                gone.SetResult();
            }
        });
        using (var socket = await TestForwards.ConnectAsync(forward))
        {
            await socket.SendAsync("x"u8.ToArray(), SocketFlags.None, Stop);
            await TestSession.UntilAsync(() => forward.BytesOut == 1, "the pod has it");
            socket.LingerState = new LingerOption(true, 0);
        }

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await TestForwards.ClosedAsync(forward);
        Assert.Null(forward.LastFault);
    }

    [Fact]
    public async Task A_pod_that_closes_closes_the_client_after_the_last_byte()
    {
        var forward = await StartAsync(static (stream, stop) => stream.WriteAsync("all"u8.ToArray(), stop).AsTask());

        using var socket = await TestForwards.ConnectAsync(forward);

        Assert.Equal("all", await ReadAsync(socket));
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_the_pod_back()
    {
        var written = 0L;
        var forward = await StartAsync(async (stream, stop) =>
        {
            var piece = new byte[64 * 1024];
            while (Interlocked.Read(ref written) < 200_000_000)
            {
                await stream.WriteAsync(piece, stop);
                Interlocked.Add(ref written, piece.Length);
            }
        });
        using var socket = await TestForwards.ConnectAsync(forward);

        // What is on its way is the systems' and the simulator's buffers; it stops where these are full.
        var (last, looks) = (0L, 0);
        await TestSession.UntilAsync(
            () =>
            {
                var now = Interlocked.Read(ref written);
                (last, looks) = (now, now == last && now > 0 ? looks + 1 : 0);
                return looks == 50;
            },
            "the pod is held back");

        Assert.True(last < 100_000_000, $"{last} bytes are on their way");
        Assert.True(forward.BytesIn < 50_000_000, $"{forward.BytesIn} bytes were taken");
    }

    private async Task<KubePortForward> StartAsync(Func<Stream, CancellationToken, Task>? serve = null)
    {
        if (serve is not null)
            Cluster.Containers.UseForImage("x", new ContainerOptions { Ports = new Dictionary<int, Func<Stream, CancellationToken, Task>> { [8080] = serve } });
        Cluster.AddPod("web-1");
        return (await TestForwards.StartAsync(_session, ForwardPods.One)).One;
    }

    /// <summary>An answer on a connection that the pod closes.</summary>
    private static async Task<string> CloseAsync(KubePortForward forward, string path)
    {
        using var socket = await TestForwards.ConnectAsync(forward);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\n\r\n"), SocketFlags.None, Stop);
        return (await ReadAsync(socket)).Split("\r\n\r\n")[1].TrimEnd();
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var piece = new byte[4096];
        while (await socket.ReceiveAsync(piece.AsMemory(), SocketFlags.None, Stop) is var count and > 0)
            all.Write(piece, 0, count);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
