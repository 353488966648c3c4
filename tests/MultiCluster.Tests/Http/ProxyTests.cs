using System.Text;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Http;

public sealed class ProxyTests : ApiClientTests
{
    [Theory]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "http://proxy:3128", null, "http://proxy:3128/")]
    [InlineData("https://api.test:6443", "https_proxy", "proxy:3128", null, "http://proxy:3128/")]
    [InlineData("http://api.test", "HTTPS_PROXY", "http://proxy:3128", null, null)]
    [InlineData("http://api.test", "HTTP_PROXY", "http://proxy:3128", null, "http://proxy:3128/")]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "socks5://proxy", null, "socks5://proxy:1080/")]
    [InlineData("https://localhost:6443", "HTTPS_PROXY", "http://proxy:3128", null, null)]
    [InlineData("https://127.0.0.9:6443", "HTTPS_PROXY", "http://proxy:3128", null, null)]
    [InlineData("https://[::1]:6443", "HTTPS_PROXY", "http://proxy:3128", null, null)]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "http://proxy:3128", "*", null)]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "http://proxy:3128", "other, .test", null)]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "http://proxy:3128", "test", null)]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "http://proxy:3128", "est", "http://proxy:3128/")]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "http://proxy:3128", "api.test:443", "http://proxy:3128/")]
    [InlineData("https://api.test:6443", "HTTPS_PROXY", "http://proxy:3128", "api.test:6443", null)]
    [InlineData("https://10.1.2.3:6443", "HTTPS_PROXY", "http://proxy:3128", "10.0.0.0/8", null)]
    [InlineData("https://10.1.2.3:6443", "HTTPS_PROXY", "http://proxy:3128", "10.2.0.0/16", "http://proxy:3128/")]
    [InlineData("https://10.1.2.3:6443", "HTTPS_PROXY", "http://proxy:3128", "10.1.2.3", null)]
    public void The_environment_is_read_as_kubectl_reads_it(string server, string name, string value, string? noProxy, string? expected)
    {
        var proxy = ProxySettings.Of(Cluster(), new Uri(server), key => key == name ? value : key == "NO_PROXY" ? noProxy : null);

        Assert.Equal(expected, proxy?.Address.AbsoluteUri);
    }

    [Fact]
    public void The_kubeconfigs_proxy_beats_the_environment_and_holds_for_loopback()
    {
        var proxy = ProxySettings.Of(Cluster("https://us%40er:p%3Ass@inner:8443"), new Uri("https://127.0.0.1"), _ => "http://outer:1")!;

        Assert.Equal("https://inner:8443/", proxy.GetProxy(new Uri("https://127.0.0.1")).AbsoluteUri);
        Assert.False(proxy.IsBypassed(new Uri("https://127.0.0.1")));
        var credential = proxy.Credentials!.GetCredential(new Uri("https://inner:8443"), "Basic")!;
        Assert.Equal(("us@er", "p:ss"), (credential.UserName, credential.Password));
    }

    [Fact]
    public void A_proxy_address_that_cannot_be_used_is_named_without_its_password()
    {
        var fault = Assert.Throws<FaultException>(() => ProxySettings.Of(Cluster("ftp://jane:geheim@proxy"), new Uri("https://x"), _ => null)).Fault;

        Assert.Equal((FaultPhase.Kubeconfig, "proxy-url \"ftp://***@proxy\" is not an http, https or socks5 address"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_request_goes_through_the_proxys_tunnel_with_its_credentials()
    {
        using var ca = new TestCertificates();
        await using var server = new WireServer(WireServer.Always(200), Owned(ca.Server()));
        await using var proxy = new TunnelProxy(Convert.ToBase64String(Encoding.ASCII.GetBytes("jane:geheim")));
        var client = NewClient(server.Url, c => c with { CertificateAuthorityData = ca.AuthorityData, ProxyUrl = $"http://jane:geheim@127.0.0.1:{proxy.Port}" });

        await client.GetBytesAsync(Pods, Cancelled);

        Assert.Contains($"127.0.0.1:{server.Port}", proxy.Tunnels);
    }

    [Fact]
    public async Task A_proxy_that_wants_other_credentials_is_named()
    {
        await using var proxy = new TunnelProxy("other");
        var client = NewClient("https://127.0.0.1:1", c => c with { ProxyUrl = $"http://jane:geheim@127.0.0.1:{proxy.Port}" });

        var fault = await FaultOfAsync(client);

        Assert.Equal(FaultPhase.Connect, fault.Phase);
        Assert.StartsWith($"the proxy 127.0.0.1:{proxy.Port} refused the connection (", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("407", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.ToString() + fault.Advice, StringComparison.Ordinal);
        Assert.StartsWith("Check proxy-url", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_down_is_named()
    {
        var proxy = new TunnelProxy("x");
        var port = proxy.Port;
        await proxy.DisposeAsync();

        var fault = await FaultOfAsync(NewClient("https://127.0.0.1:1", c => c with { ProxyUrl = $"http://127.0.0.1:{port}" }));

        Assert.Equal((FaultPhase.Connect, $"the proxy 127.0.0.1:{port} refused the connection"), (fault.Phase, fault.Detail));
        Assert.Equal("Check proxy-url, and that the proxy runs.", fault.Advice);
    }

    [Fact]
    public async Task A_socks_proxy_that_refuses_is_named()
    {
        // SOCKS version 5, and a way to log in that nobody has offered.
        await using var proxy = new PlainTextPort("\u0005\u0007");

        var fault = await FaultOfAsync(NewClient("https://127.0.0.1:1", c => c with { ProxyUrl = $"socks5://127.0.0.1:{proxy.Port}" }));

        Assert.Equal(FaultPhase.Connect, fault.Phase);
        Assert.StartsWith($"the proxy 127.0.0.1:{proxy.Port} refused the connection (", fault.Detail, StringComparison.Ordinal);
    }

    private static KubeconfigCluster Cluster(string? proxy = null) => new() { Name = "c", ProxyUrl = proxy };
}
