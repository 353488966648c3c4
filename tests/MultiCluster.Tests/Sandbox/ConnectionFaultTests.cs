using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MultiCluster.Tests.Sandbox;

public sealed class ConnectionFaultTests
{
    private const string Path = "/api/v1/namespaces";

    public static TheoryData<string> BrokenCertificates => ["expired", "wrong host", "unknown authority"];

    [Fact]
    public async Task A_refusing_cluster_can_be_reached_again_at_its_port()
    {
        await using var one = await OneCluster.StartAsync();
        await one.Client.GetAsync(Path);
        using (one.Cluster.Faults.Add(ClusterFault.Refuse()))
        {
            var failure = await Assert.ThrowsAsync<HttpRequestException>(() => one.Client.GetAsync(Path));
            Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(failure.InnerException).SocketErrorCode);
        }
        await one.Client.GetAsync(Path);
    }

    [Fact]
    public async Task A_stopped_cluster_starts_again_at_its_port()
    {
        await using var one = await OneCluster.StartAsync();
        var server = one.Cluster.Server;
        await one.Cluster.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => one.Client.GetAsync(Path));
        await one.Cluster.StartAgainAsync();
        Assert.Equal(server, one.Cluster.Server);
        await one.Client.GetAsync(Path);
    }

    [Fact]
    public async Task A_black_hole_accepts_a_connection_and_does_not_shake_hands()
    {
        await using var one = await OneCluster.StartAsync();
        using var fault = one.Cluster.Faults.Add(ClusterFault.BlackHole());
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", one.Cluster.Server.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(tcp.GetStream());
        var handshake = tls.AuthenticateAsClientAsync("127.0.0.1");
        await Eventually.TrueAsync(() => one.Cluster.OpenConnections == 1);
        Assert.False(handshake.IsCompleted);
        fault.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => handshake);
    }

    [Fact]
    public async Task A_black_hole_swallows_requests_on_open_connections_too()
    {
        await using var one = await OneCluster.StartAsync();
        await one.Client.GetAsync(Path);
        one.Cluster.Faults.Add(ClusterFault.BlackHole());
        await NotAnsweredAsync(one);
    }

    [Fact]
    public async Task A_server_that_never_answers_lets_go_when_the_client_does()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.NeverAnswer());
        await NotAnsweredAsync(one);
        await Eventually.TrueAsync(() => one.Cluster.ActiveRequests == 0);
    }

    [Theory]
    [MemberData(nameof(BrokenCertificates))]
    public async Task A_broken_certificate_fails_the_handshake_until_it_is_mended(string which)
    {
        await using var one = await OneCluster.StartAsync();
        await one.Client.GetAsync(Path);
        var fault = which switch
        {
            "expired" => ClusterFault.ExpiredCertificate(),
            "wrong host" => ClusterFault.WrongHostCertificate(),
            _ => ClusterFault.UnknownAuthority(),
        };
        using (one.Cluster.Faults.Add(fault))
        {
            var failure = await Assert.ThrowsAsync<HttpRequestException>(() => one.Client.GetAsync(Path));
            Assert.IsType<AuthenticationException>(failure.InnerException);
        }
        await one.Client.GetAsync(Path);
    }

    [Fact]
    public async Task A_plain_http_server_fails_the_handshake_and_answers_http()
    {
        await using var one = await OneCluster.StartAsync();
        one.Cluster.Faults.Add(ClusterFault.PlainHttp());
        await Assert.ThrowsAsync<HttpRequestException>(() => one.Client.GetAsync(Path));
        using var plain = new HttpClient();
        plain.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", one.Cluster.AdminToken);
        using var response = await plain.GetAsync(new UriBuilder(one.Cluster.Server) { Scheme = "http", Path = Path }.Uri, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Connections_are_counted_until_the_client_closes_them()
    {
        await using var one = await OneCluster.StartAsync();
        var client = one.NewClient(one.Cluster.AdminToken);
        await client.GetAsync(Path);
        Assert.Equal(1, one.Cluster.OpenConnections);
        client.Dispose();
        await Eventually.TrueAsync(() => one.Cluster.OpenConnections == 0);
    }

    private static async Task NotAnsweredAsync(OneCluster one)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var request = one.Client.Http.GetAsync(new Uri(Path, UriKind.Relative), stop.Token);
        await Eventually.TrueAsync(() => one.Cluster.ActiveRequests == 1);
        Assert.False(request.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }
}
