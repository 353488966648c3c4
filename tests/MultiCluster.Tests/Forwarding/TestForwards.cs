using System.Net.Sockets;
using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Forwarding;

/// <summary>Forwards that a call has begun in every selected cluster, and what was wrong.</summary>
internal sealed class TestForwards
{
    private TestForwards()
    {
    }

    public List<KubePortForward> All { get; } = [];

    public List<Fault> Faults { get; } = [];

    /// <summary>The one forward.</summary>
    public KubePortForward One => Assert.Single(All);

    /// <summary>The one fault.</summary>
    public Fault Fault => Assert.Single(Faults);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Begins them, and takes them.</summary>
    public static async Task<TestForwards> StartAsync(TestSession session, ForwardQuery query, TimeSpan? silence = null)
    {
        var started = new TestForwards();
        var clusters = session.Pool.Selected;
        var byConnection = clusters.ToDictionary(cluster => cluster.Connection!);
        var timeouts = silence is { } patience ? new RequestTimeouts { Silence = patience } : RequestTimeouts.Default;
        using var call = new ForwardCall(query, ForwardStore.Of(session.Pool), clusters.Count, TimeProvider.System);
        var run = FanOutRun.Start([.. byConnection.Keys], new FanOutOptions(), (connection, sink, stop) =>
            call.RunAsync(connection, session.Pool.Namespaces.For(byConnection[connection]), new CallContext { Timeouts = timeouts }, sink, stop));
        await using var _ = run;
        await foreach (var item in run.Items.ReadAllAsync(Stop))
        {
            if (item is FanOutFault fault)
                started.Faults.Add(fault.Fault);
            if (item is not FanOutObjects<KubePortForward> { Objects: var forwards })
                continue;
            started.All.AddRange(forwards);
            foreach (var forward in forwards)
                call.Took(forward);
        }

        return started;
    }

    /// <summary>What the pod behind a forward answers to GET, on a connection of its own.</summary>
    public static async Task<string> GetAsync(KubePortForward forward, string path = "/")
    {
        using var client = new HttpClient();
        return (await client.GetStringAsync(new Uri(forward.Uri, path), Stop)).TrimEnd();
    }

    /// <summary>A connection to the forward.</summary>
    public static async Task<Socket> ConnectAsync(KubePortForward forward)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(forward.LocalAddress, forward.LocalPort, Stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>How a connection ends: with its last byte (0), or reset.</summary>
    public static async Task<SocketError> EndAsync(Socket socket)
    {
        var rest = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(rest.AsMemory(), SocketFlags.None, Stop) > 0)
            {
            }

            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    /// <summary>How a new connection ends to which nothing is said.</summary>
    public static async Task<SocketError> EndAsync(KubePortForward forward)
    {
        try
        {
            using var socket = await ConnectAsync(forward);
            return await EndAsync(socket);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode; // a reset may come before the connection is known to be there
        }
    }

    /// <summary>Waits until nothing of a forward's connections is left.</summary>
    public static Task ClosedAsync(KubePortForward forward) => TestSession.UntilAsync(() => forward.OpenConnections == 0, "all connections of the forward are closed");
}
