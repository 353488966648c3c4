using System.Text.Json.Nodes;
using MultiCluster.Credentials;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Credentials;

public sealed class ExecInfoTests
{
    private static readonly KubeconfigCluster Cluster = new()
    {
        Name = "prod",
        Server = "https://prod:6443/prefix",
        TlsServerName = "prod.internal",
        InsecureSkipTlsVerify = true,
        CertificateAuthorityData = "Q0E+",
        ProxyUrl = "socks5://proxy:1080",
        DisableCompression = true,
        ExecExtension = """{"audience":"prod"}""",
    };

    [Fact]
    public void A_plugin_that_does_not_ask_for_the_cluster_is_told_only_whether_it_may_prompt()
    {
        var text = ExecInfo.Write(Exec(provideClusterInfo: false), Cluster, interactive: true);

        Assert.Equal("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":true}}""", text);
    }

    [Fact]
    public void A_plugin_that_asks_for_the_cluster_is_told_what_client_go_tells()
    {
        var text = ExecInfo.Write(Exec(provideClusterInfo: true), Cluster, interactive: false);

        Assert.Equal(
            """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"server":"https://prod:6443/prefix","tls-server-name":"prod.internal","insecure-skip-tls-verify":true,"certificate-authority-data":"Q0E+","proxy-url":"socks5://proxy:1080","disable-compression":true,"config":{"audience":"prod"}},"interactive":false}}""",
            text);
    }

    [Fact]
    public void A_certificate_authority_file_is_handed_over_as_data()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "CA>");
            var cluster = new KubeconfigCluster { Name = "prod", Server = "https://prod", CertificateAuthorityFile = file };

            var info = JsonNode.Parse(ExecInfo.Write(Exec(provideClusterInfo: true), cluster, interactive: false));

            Assert.Equal("Q0E+", (string?)info!["spec"]!["cluster"]!["certificate-authority-data"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_certificate_authority_file_that_is_not_there_is_named()
    {
        var cluster = new KubeconfigCluster { Name = "prod", Server = "https://prod", CertificateAuthorityFile = "/no/such/ca.crt" };

        var exception = Assert.Throws<FaultException>(() => ExecInfo.Write(Exec(provideClusterInfo: true), cluster, interactive: false));

        Assert.Equal("certificate-authority /no/such/ca.crt does not exist", exception.Fault.Detail);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_plugin_finds_it_in_its_environment()
    {
        using var folder = new PluginFolder();
        using var runner = new ExecPluginRunner(TimeProvider.System);
        var plugin = folder.Plugin($"printf %s \"$KUBERNETES_EXEC_INFO\" > \"$dir/info\"; {PluginFolder.Print("t")}", provideClusterInfo: true);

        await runner.GetAsync(plugin, Cluster, new ExecContext("a", InteractiveAllowed: false), TestContext.Current.CancellationToken);

        Assert.Equal([ExecInfo.Write(plugin, Cluster, interactive: false)], folder.Lines("info"));
    }

    private static ExecConfig Exec(bool provideClusterInfo) => new()
    {
        ApiVersion = "client.authentication.k8s.io/v1",
        Command = "plugin",
        ProvideClusterInfo = provideClusterInfo,
    };
}
