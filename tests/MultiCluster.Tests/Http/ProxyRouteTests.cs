using System.Text;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Http;

/// <summary>Requests that go through proxies, and proxies that let none through.</summary>
public sealed class ProxyRouteTests : ApiClientTests
{
    private static readonly string Jane = Convert.ToBase64String(Encoding.ASCII.GetBytes("jane:geheim"));

    private readonly TestCertificates _ca = new();

    public ProxyRouteTests() => Owned(_ca);

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_request_goes_through_the_proxys_tunnel_with_its_credentials(string scheme)
    {
        await using var server = NewServer();
        await using var proxy = new TunnelProxy(Jane, scheme == "https" ? Owned(_ca.Server()) : null);

        await NewClient(server, $"{scheme}://jane:geheim@127.0.0.1:{proxy.Port}").GetBytesAsync(Pods, Cancelled);

        Assert.Equal([$"127.0.0.1:{server.Port}"], proxy.Tunnels);
        Assert.DoesNotContain("Proxy-Authorization", Assert.Single(server.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("socks5", null)]
    [InlineData("socks5h", null)]
    [InlineData("socks5", "jane:geheim@")]
    public async Task A_request_goes_through_a_socks_proxy_which_resolves_the_name(string scheme, string? login)
    {
        await using var server = NewServer();
        await using var proxy = login is null ? new SocksProxy() : new SocksProxy("jane", "geheim");

        await NewClient($"https://localhost:{server.Port}", Through($"{scheme}://{login}127.0.0.1:{proxy.Port}")).GetBytesAsync(Pods, Cancelled);

        Assert.Equal([$"localhost:{server.Port}"], proxy.Tunnels);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_server_without_TLS_is_asked_by_the_proxy(string scheme)
    {
        await using var proxy = new WireServer(WireServer.Always(200), scheme == "https" ? Owned(_ca.Server()) : null);

        await NewClient("http://api.test:8080", Through($"{scheme}://127.0.0.1:{proxy.Port}")).GetBytesAsync(Pods, Cancelled);

        Assert.StartsWith("GET http://api.test:8080/api/v1/pods HTTP/1.1", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_https_proxy_is_not_shown_the_client_certificate()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server()), asksForCertificate: true);
        await using var proxy = new TunnelProxy(certificate: Owned(_ca.Server()));
        Credential.Certificate = Owned(_ca.Client("jane"));

        await NewClient(server, $"https://127.0.0.1:{proxy.Port}").GetBytesAsync(Pods, Cancelled);

        Assert.Equal(["CN=jane"], server.ClientCertificates);
        Assert.Equal([null], proxy.ClientCertificates);
    }

    [Theory]
    [InlineData("authority", "was issued by an unknown authority (CN=other-ca)")]
    [InlineData("name", "is not for 127.0.0.1 but for proxy.test, 10.0.0.1")]
    [InlineData("expired", "expired")]
    [InlineData("plain", "the TLS handshake failed")]
    public async Task An_https_proxy_that_is_not_who_it_should_be_is_named(string wrong, string says)
    {
        using var other = new TestCertificates("other-ca");
        await using var proxy = new TunnelProxy(certificate: wrong switch
        {
            "authority" => Owned(other.Server()),
            "name" => Owned(_ca.Server("proxy.test", "10.0.0.1")),
            "expired" => Owned(_ca.Server(notAfter: Time.GetUtcNow().AddDays(-3))),
            _ => null,
        })
        {
            Refusal = "HTTP/1.1 400 Bad Request\r\n\r\n",
        };

        var fault = await FaultOfAsync(NewClient("https://127.0.0.1:1", Through($"https://127.0.0.1:{proxy.Port}")));

        Assert.Equal(FaultPhase.Tls, fault.Phase);
        Assert.StartsWith($"no TLS with the proxy 127.0.0.1:{proxy.Port}: ", fault.Detail, StringComparison.Ordinal);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
        Assert.StartsWith("Check proxy-url", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_server_is_not_verified_its_https_proxy_is_not_either()
    {
        using var other = new TestCertificates("other-ca");
        await using var server = NewServer();
        await using var proxy = new TunnelProxy(certificate: Owned(other.Server()));
        var client = NewClient(server.Url, c => c with { InsecureSkipTlsVerify = true, ProxyUrl = $"https://127.0.0.1:{proxy.Port}" });

        await client.GetBytesAsync(Pods, Cancelled);

        Assert.Single(proxy.Tunnels);
    }

    [Fact]
    public async Task Several_impersonated_groups_go_through_a_tunnel()
    {
        await using var server = NewServer();
        await using var proxy = new TunnelProxy();
        var user = new KubeconfigUser { Name = "admin", Impersonate = "jane", ImpersonateGroups = ["a", "b"] };
        var client = NewClient(server.Url, Through($"http://127.0.0.1:{proxy.Port}"), user);

        // Enough encrypted bytes to hold every value a byte can have.
        for (var i = 0; i < 20; i++)
            await client.GetBytesAsync(Pods with { Method = HttpMethod.Post, Body = new byte[10_000] }, Cancelled);

        Assert.All(server.Requests, head => Assert.Contains("Impersonate-Group: a\r\nImpersonate-Group: b", head, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "HTTP 407 Proxy Authentication Required")]
    [InlineData("HTTP/1.0 403 Forbidden\r\n\r\n<html>Policy</html>", "HTTP 403 Forbidden")]
    [InlineData("HTTP/1.1 502\r\n\r\n", "HTTP 502")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n", "it does not speak HTTP: SSH-2.0-OpenSSH_9.9")]
    [InlineData("HTTP/1.1 200 OK\r\n", "it closed the connection")]
    public async Task A_proxy_that_makes_no_tunnel_is_named_with_what_it_says(string refusal, string says)
    {
        await using var proxy = new TunnelProxy { Refusal = refusal };

        var fault = await FaultOfAsync(NewClient("https://127.0.0.1:1", Through($"http://jane:geheim@127.0.0.1:{proxy.Port}")));

        Assert.Equal((FaultPhase.Connect, $"the proxy 127.0.0.1:{proxy.Port} refused the connection ({says})"), (fault.Phase, fault.Detail));
        Assert.StartsWith("Check proxy-url", fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.ToString() + fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(5, null)]
    [InlineData(0, "jane:wrong@")]
    [InlineData(0, "")]
    public async Task A_socks_proxy_that_makes_no_connection_is_named(byte reply, string? login)
    {
        await using var proxy = login is null ? new SocksProxy { Reply = reply } : new SocksProxy("jane", "geheim");

        var fault = await FaultOfAsync(NewClient("https://127.0.0.1:1", Through($"socks5://{login}127.0.0.1:{proxy.Port}")));

        Assert.Equal(FaultPhase.Connect, fault.Phase);
        Assert.StartsWith($"the proxy 127.0.0.1:{proxy.Port} refused the connection (", fault.Detail, StringComparison.Ordinal);
        Assert.StartsWith("Check proxy-url", fault.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", fault.ToString(), StringComparison.Ordinal);
        Assert.Empty(proxy.Tunnels);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    [InlineData("socks5")]
    public async Task A_proxy_that_is_down_is_named(string scheme)
    {
        var proxy = new TunnelProxy();
        await proxy.DisposeAsync();

        var fault = await FaultOfAsync(NewClient("https://127.0.0.1:1", Through($"{scheme}://127.0.0.1:{proxy.Port}")));

        Assert.Equal((FaultPhase.Connect, $"the proxy 127.0.0.1:{proxy.Port} refused the connection"), (fault.Phase, fault.Detail));
        Assert.Equal("Check proxy-url, and that the proxy runs.", fault.Advice);
    }

    [Fact]
    public async Task A_proxy_that_hangs_costs_the_connect_timeout_and_is_named()
    {
        await using var proxy = new TunnelProxy { Refusal = "" };
        var failing = FaultOfAsync(NewClient("https://api.test:6443", Through($"http://127.0.0.1:{proxy.Port}")));
        await TestSession.UntilAsync(() => proxy.Open == 1, "the proxy is asked");

        Time.Advance(TimeSpan.FromSeconds(10));

        var fault = await failing;
        Assert.Equal((FaultPhase.Timeout, $"no connection to api.test:6443 through the proxy 127.0.0.1:{proxy.Port} within 10 s"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_cancelled_request_leaves_no_connection_to_the_proxy_behind()
    {
        await using var proxy = new TunnelProxy { Refusal = "" };
        using var stop = new CancellationTokenSource();
        var asking = NewClient("https://api.test:6443", Through($"http://127.0.0.1:{proxy.Port}")).GetBytesAsync(Pods, stop.Token);
        await TestSession.UntilAsync(() => proxy.Open == 1, "the proxy is asked");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await TestSession.UntilAsync(() => proxy.Open == 0, "the connection has ended");
    }

    private WireServer NewServer() => new(WireServer.Always(200), Owned(_ca.Server()));

    private ApiClient NewClient(WireServer server, string proxy) => NewClient(server.Url, Through(proxy));

    private Func<KubeconfigCluster, KubeconfigCluster> Through(string proxy) => c => c with { CertificateAuthorityData = _ca.AuthorityData, ProxyUrl = proxy };
}
