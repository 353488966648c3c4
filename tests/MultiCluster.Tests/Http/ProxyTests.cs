using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Http;

public sealed class ProxyTests
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

        Assert.Equal("https://inner:8443/", proxy.Address.AbsoluteUri);
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

    private static KubeconfigCluster Cluster(string? proxy = null) => new() { Name = "c", ProxyUrl = proxy };
}
