using System.Net;
using System.Net.WebSockets;
using System.Text;
using k8s;
using k8s.Autorest;
using MultiCluster.Faults;
using MultiCluster.Tests.Http;
using MultiCluster.Typed.Transport;

namespace MultiCluster.Tests.Typed;

public sealed class WebSocketTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_reader_gets_all_that_a_command_writes()
    {
        const int Messages = 400;
        const int Size = 64 * 1024;
        using var certificates = new TestCertificates();
        using var certificate = certificates.Server();
        await using var server = new WireServer(CommandServer.Writes(Messages, Size), certificate);
        await using var session = await CommandServer.SessionAsync(server, certificates.AuthorityData);
        using IKubernetes client = session.Client();
        using var command = await client.MuxedStreamNamespacedPodExecAsync("x", "web", ["cat", "/a b"], cancellationToken: Stop);
        await using var output = command.GetStream(ChannelIndex.StdOut, null);
        await using var outcome = command.GetStream(ChannelIndex.Error, null);
        command.Start();

        long all = 0;
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await output.ReadAsync(buffer, Stop)) > 0)
        {
            all += read;
            await Task.Yield();
        }

        Assert.Equal((long)Messages * Size, all);
        Assert.Equal("""{"status":"Success"}""", await new StreamReader(outcome).ReadToEndAsync(Stop));
        var head = Assert.Single(server.Requests);
        Assert.StartsWith("GET /api/v1/namespaces/web/pods/x/exec?command=cat&command=%2Fa%20b&", head, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer sim-1-admin-token", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_written_reaches_the_command()
    {
        var received = new TaskCompletionSource<string>();
        await using var server = new WireServer(async exchange =>
        {
            using var socket = await exchange.UpgradeAsync(CommandServer.Protocol);
            var buffer = new byte[100];
            var message = await socket.ReceiveAsync(buffer.AsMemory(), exchange.Stopped);
            received.SetResult(Encoding.UTF8.GetString(buffer, 0, message.Count));
        });
        await using var session = await CommandServer.SessionAsync(server);
        using IKubernetes client = session.Client();
        using var command = await client.MuxedStreamNamespacedPodExecAsync("x", "web", ["cat"], cancellationToken: Stop);
        command.Start();
        await using var input = command.GetStream(null, ChannelIndex.StdIn);

        await input.WriteAsync("hello"u8.ToArray(), Stop);

        Assert.Equal("\0hello", await received.Task.WaitAsync(Stop));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_end_of_what_was_written()
    {
        await using var server = new WireServer(async exchange =>
        {
            using var socket = await exchange.UpgradeAsync(CommandServer.Protocol);
            await socket.SendAsync(Encoding.UTF8.GetBytes("\u0001half"), WebSocketMessageType.Binary, endOfMessage: true, exchange.Stopped);
            exchange.Reset();
        });
        await using var session = await CommandServer.SessionAsync(server);
        using IKubernetes client = session.Client();
        using var command = await client.MuxedStreamNamespacedPodExecAsync("x", "web", ["cat"], cancellationToken: Stop);
        await using var output = command.GetStream(ChannelIndex.StdOut, null);
        command.Start();

        await Assert.ThrowsAnyAsync<Exception>(() => new StreamReader(output).ReadToEndAsync(Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task A_command_that_is_refused_names_the_cluster()
    {
        await using var server = new WireServer(WireServer.Always(403, """{"kind":"Status","status":"Failure","reason":"Forbidden","message":"no","code":403}"""));
        await using var session = await CommandServer.SessionAsync(server);
        using IKubernetes client = session.Client();

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => client.WebSocketNamespacedPodExecAsync("x", "web", "ls", cancellationToken: Stop));

        Assert.Equal(HttpStatusCode.Forbidden, refusal.Response.StatusCode);
        var fault = Assert.IsType<FaultException>(refusal.InnerException).Fault;
        Assert.Equal((FaultPhase.Forbidden, "sim-1", "open pods/x/exec in namespace web"), (fault.Phase, fault.Cluster?.ClusterName, fault.Operation));
    }

    [Fact]
    public async Task A_command_in_a_pod_of_a_protected_cluster_is_a_change()
    {
        await using var server = new WireServer(WireServer.Always(500));
        await using var session = await CommandServer.SessionAsync(server);
        using IKubernetes client = session.Client(new KubeClientOptions { Protected = true });

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => client.WebSocketNamespacedPodExecAsync("x", "web", "ls", cancellationToken: Stop));

        Assert.Equal(FaultPhase.Protected, Assert.IsType<FaultException>(refused.GetBaseException()).Fault.Phase);
        Assert.Empty(server.Requests);
    }
}
