using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class InClusterConfigTests : IDisposable
{
    private readonly TempFolder _account = new();

    public void Dispose() => _account.Dispose();

    private KubeconfigContext? Load(string? host, string? port)
    {
        var variables = new Dictionary<string, string?> { ["KUBERNETES_SERVICE_HOST"] = host, ["KUBERNETES_SERVICE_PORT"] = port };
        return InClusterConfig.TryLoad(name => variables.GetValueOrDefault(name), _account.Path);
    }

    [Fact]
    public void A_pod_finds_its_own_cluster()
    {
        var token = _account.Write("token", "t");
        var authority = _account.Write("ca.crt", "pem");
        _account.Write("namespace", "web\n");

        var context = Load("10.96.0.1", "443")!;

        Assert.Equal("in-cluster:web", context.Identity.ClusterId);
        Assert.Equal("in-cluster", context.Identity.ClusterName);
        Assert.Equal("", context.Identity.KubeconfigPath);
        Assert.Equal("https://10.96.0.1:443", context.Cluster!.Server);
        Assert.Equal(authority, context.Cluster.CertificateAuthorityFile);
        Assert.Equal(token, context.User!.TokenFile);
        Assert.Equal("web", context.Namespace);
        Assert.Null(context.Problem);
    }

    [Theory]
    [InlineData("fd00::1", "https://[fd00::1]:6443")]
    [InlineData("[fd00::1]", "https://[fd00::1]:6443")]
    [InlineData("kubernetes.default", "https://kubernetes.default:6443")]
    public void An_IPv6_host_gets_brackets(string host, string server)
    {
        _account.Write("token", "t");

        var context = Load(host, "6443")!;

        Assert.Equal(server, context.Cluster!.Server);
        Assert.Null(context.Problem);
    }

    [Theory]
    [InlineData(null, "443")]
    [InlineData("10.96.0.1", null)]
    [InlineData("", "443")]
    public void Outside_a_pod_there_is_none(string? host, string? port)
    {
        Assert.Null(Load(host, port));
    }

    [Fact]
    public void A_pod_without_a_token_has_a_problem()
    {
        var context = Load("10.96.0.1", "443")!;

        Assert.Equal($"The pod's service account has no token at {_account["token"]}.", context.Problem);
        Assert.Equal("default", context.Namespace);
    }
}
