using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("https://host:6443/prefix", "https://host:6443/prefix")]
    [InlineData("https://jane:s3cret@host:6443/prefix", "https://host:6443/prefix")]
    [InlineData("https://jane@host", "https://host")]
    [InlineData("https://jane:s3@cret@host", "https://host")]
    [InlineData("jane:s3cret@host:6443", "host:6443")]
    [InlineData("https://jane:s3/cret@host", "https://host")]
    [InlineData("https://jane:1/s3cret@host", "https://host")]
    [InlineData("https://jane:s3?cret@host", "https://host")]
    [InlineData("https://jane:s3#cret@host", "https://host")]
    [InlineData("https://jane:s3cret@", "https://")]
    [InlineData("s3cret@", "")]
    [InlineData("https://host?token=s3cret", "https://host")]
    [InlineData("https://host?mail=a@b", "https://host")]
    [InlineData("socks5://jane:s3cret@proxy:1080", "socks5://proxy:1080")]
    [InlineData("", "")]
    public void An_address_is_shown_without_what_it_may_hold_of_a_login(string address, string shown) =>
        Assert.Equal(shown, ServerAddress.Shown(address));

    [Theory]
    [InlineData("https://jane:s3@cret@host:1/x", "https://host:1/x", "jane:s3@cret")]
    [InlineData("https://jane@host", "https://host/", "jane")]
    [InlineData("https://host/a@b", "https://host/a@b", null)]
    [InlineData("https://@host", "https://host/", null)]
    [InlineData(" https://host ", "https://host/", null)]
    public void An_address_is_parted_from_its_login_at_the_last_at_sign_before_its_path(string text, string address, string? login)
    {
        var parted = ServerAddress.Of(text)!;

        Assert.Equal((address, login), (parted.Uri.ToString(), parted.Login));
        Assert.DoesNotContain("s3", parted.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("https://")]
    [InlineData("https://jane:s3cret@")]
    [InlineData(" ")]
    [InlineData(null)]
    public void What_is_no_address_of_a_server_is_none(string? text) => Assert.Null(ServerAddress.Of(text));

    [Theory]
    [InlineData("http://localhost:8001", true)]
    [InlineData("http://LOCALHOST.", true)]
    [InlineData("http://127.9.9.9", true)]
    [InlineData("http://[::1]:8001", true)]
    [InlineData("http://[::ffff:127.0.0.1]", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://127.0.0.1.nip.io", false)]
    [InlineData("http://0.0.0.0", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("http://localhost@evil.example", false)]
    public void Loopback_is_this_machine_by_its_own_name_for_itself(string text, bool loopback) =>
        Assert.Equal(loopback, ServerAddress.Of(text)!.IsLoopback);

    [Fact]
    public void Contexts_and_clusters_print_no_login()
    {
        var cluster = new KubeconfigCluster { Name = "c", Server = "https://jane:s3cret@host", ProxyUrl = "http://jane:s3cret@proxy" };
        var context = new KubeconfigContext { Identity = ClusterIdentity.Of("/kube/config", "c"), Cluster = cluster };

        Assert.DoesNotContain("s3cret", $"{cluster} {context} {cluster.ShownServer}", StringComparison.Ordinal);
        Assert.Contains("https://host", $"{context}", StringComparison.Ordinal);
    }
}
