using System.Net;
using System.Net.Sockets;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class ConnectionTests : ApiClientTests
{
    [Fact]
    public async Task A_refused_connection_names_the_address()
    {
        var port = FreePort();

        var fault = await FaultOfAsync(NewClient($"https://127.0.0.1:{port}"));

        Assert.Equal((FaultPhase.Connect, $"127.0.0.1:{port} refused the connection"), (fault.Phase, fault.Detail));
        Assert.Equal("test", fault.Cluster!.ClusterName);
    }

    /// <summary>k3d's default, and its sibling. The name asked for in TLS and sent to the server stays what is written.</summary>
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    public async Task An_address_of_no_machine_in_particular_is_this_one(string host)
    {
        await using var server = new WireServer(WireServer.Always(200));

        await NewClient($"http://{host}:{server.Port}").GetBytesAsync(Pods, Cancelled);

        Assert.Contains($"Host: {host}:{server.Port}", Assert.Single(server.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, FaultPhase.Dns, "the name api.test does not resolve")]
    [InlineData(SocketError.TryAgain, FaultPhase.Dns, "the name api.test does not resolve")]
    [InlineData(SocketError.NetworkUnreachable, FaultPhase.Connect, "api.test:6443 is unreachable from here (NetworkUnreachable)")]
    [InlineData(SocketError.TimedOut, FaultPhase.Timeout, "no connection to api.test:6443")]
    [InlineData(SocketError.TooManyOpenSockets, FaultPhase.Connect, "this process has no file descriptor left for a connection")]
    [InlineData(SocketError.AccessDenied, FaultPhase.Connect, "no connection to api.test:6443 (AccessDenied)")]
    public void Each_way_not_to_connect_has_its_words(SocketError error, FaultPhase phase, string detail)
    {
        var fault = ConnectFaults.Of(new SocketException((int)error), new DnsEndPoint("api.test", 6443), null);

        Assert.Equal((phase, detail), (fault.Phase, fault.Detail));
        Assert.NotEmpty(fault.Advice!);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_a_dns_fault()
    {
        var fault = await FaultOfAsync(NewClient("https://no-such-cluster.invalid:6443"));

        Assert.Equal((FaultPhase.Dns, "the name no-such-cluster.invalid does not resolve"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_connection_closed_without_an_answer_is_a_connect_fault()
    {
        await using var server = new WireServer(exchange =>
        {
            exchange.Close();
            return Task.CompletedTask;
        });

        var fault = await FaultOfAsync(NewClient(server), Pods with { Idempotent = false });

        Assert.Equal((FaultPhase.Connect, "the server closed the connection without an answer"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task An_answer_that_ends_early_is_a_decode_fault()
    {
        await using var server = new WireServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"items\":[");
            exchange.Close();
        });

        var fault = await FaultOfAsync(NewClient(server));

        Assert.Equal((FaultPhase.Decode, "test: cannot list pods: the answer ended early."), (fault.Phase, fault.Message));
    }

    [Fact]
    public async Task A_chunked_answer_that_ends_early_is_a_decode_fault()
    {
        await using var server = new WireServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ite\r\n");
            exchange.Close();
        });

        Assert.Equal((FaultPhase.Decode, "the answer ended early"), await PhaseAndDetailAsync(NewClient(server)));
    }

    [Fact]
    public async Task A_connection_reset_in_the_middle_of_the_answer_is_a_connect_fault()
    {
        var read = new TaskCompletionSource();
        await using var server = new WireServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a");
            await read.Task;
            exchange.Reset();
        });
        var client = NewClient(server);
        await using var response = await client.SendAsync(Pods, null, Cancelled);
        var buffer = new byte[100];
        await response.Body.ReadExactlyAsync(buffer.AsMemory(0, 3), Cancelled);
        read.SetResult();

        var fault = (await Assert.ThrowsAsync<FaultException>(() => response.Body.ReadAsync(buffer, Cancelled).AsTask())).Fault;

        Assert.Equal((FaultPhase.Connect, "the connection was reset in the middle of the answer"), (fault.Phase, fault.Detail));
        Assert.Single(server.Requests);
        Assert.Equal(1, client.Telemetry.TransportErrors);
    }

    [Fact]
    public async Task A_cancelled_read_is_cancelled_and_no_fault()
    {
        await using var server = new WireServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a");
            await exchange.HangAsync();
        });
        using var stop = new CancellationTokenSource();
        await using var response = await NewClient(server).SendAsync(Pods, null, Cancelled);
        var buffer = new byte[100];
        await response.Body.ReadExactlyAsync(buffer.AsMemory(0, 3), Cancelled);
        var reading = response.Body.ReadAsync(buffer, stop.Token).AsTask();

        await stop.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(stop.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task An_answer_given_up_early_closes_its_connection()
    {
        var left = new TaskCompletionSource();
        await using var server = new WireServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{\"a");
            try
            {
                await exchange.HangAsync();
            }
            finally
            {
                left.TrySetResult();
            }
        });
        var client = NewClient(server);

        await (await client.SendAsync(Pods, null, Cancelled)).DisposeAsync();

        await left.Task.WaitAsync(Cancelled);
        Assert.Equal(0, client.Telemetry.InFlight);
    }

    [Fact]
    public async Task A_disposed_client_ends_its_calls_with_Cluster_disconnected()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new WireServer(exchange =>
        {
            asked.TrySetResult();
            return exchange.HangAsync();
        });
        var client = NewClient(server);
        var failing = FaultOfAsync(client);
        await asked.Task;

        await client.DisposeAsync();

        var fault = await failing;
        Assert.Equal((FaultPhase.ClusterNotSelected, "Cluster disconnected"), (fault.Phase, fault.Detail));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetBytesAsync(Pods, Cancelled));
    }

    [Theory]
    [InlineData(null, "the context's cluster has no server address")]
    [InlineData("ftp://example.com", "\"ftp://example.com\" is not an http or https address")]
    [InlineData("https://", "\"https://\" is not an http or https address")]
    public void A_server_address_that_cannot_be_used_is_the_kubeconfigs_fault(string? server, string detail)
    {
        var fault = Assert.Throws<FaultException>(() => NewClient(server!)).Fault;

        Assert.Equal((FaultPhase.Kubeconfig, detail), (fault.Phase, fault.Detail));
        Assert.Equal("test", fault.Cluster!.ClusterName);
    }

    [Fact]
    public void An_authority_together_with_no_check_is_refused() =>
        Assert.Equal(
            "the cluster has both a certificate authority and insecure-skip-tls-verify",
            Assert.Throws<FaultException>(() => NewClient("https://x", c => c with { InsecureSkipTlsVerify = true, CertificateAuthorityFile = "/ca" })).Fault.Detail);

    private static async Task<(FaultPhase Phase, string Detail)> PhaseAndDetailAsync(ApiClient client)
    {
        var fault = await FaultOfAsync(client);
        return (fault.Phase, fault.Detail);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
