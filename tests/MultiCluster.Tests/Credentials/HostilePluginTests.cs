using System.Text.Json;
using MultiCluster.Credentials;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

/// <summary>A plugin that prints into each text of its credential what is no text: a login comes of it, or a fault.</summary>
public sealed class HostilePluginTests
{
    private const string Printed = """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"abc","expirationTimestamp":"2099-01-01T00:00:00Z"}}""";
    private const string Certified = """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"CERT","clientKeyData":"KEY"}}""";

    [Theory]
    [InlineData(Printed)]
    [InlineData(Certified)]
    public void What_it_prints_is_a_credential_or_none(string printed)
    {
        foreach (var (what, json) in HostileJson.Of(printed))
        {
            try
            {
                var result = ExecCredentialReader.Read(json, "client.authentication.k8s.io/v1", DateTimeOffset.UnixEpoch);
                Assert.True(result.Authorization?.ToString().All(static letter => letter is >= ' ' and <= '~'), what);
            }
            catch (FormatException e)
            {
                HostileJson.AssertShowable(e.Message, what);
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_real_one_makes_a_fault_that_may_be_shown()
    {
        using var folder = new PluginFolder();
        using var runner = new ExecPluginRunner(TimeProvider.System);
        var cluster = new KubeconfigCluster { Name = "c", Server = "https://c" };
        string[] codes =
        [
            """printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"\\ud800"}}'""",
            """printf '{"kind":"Exec\\udc00Credential"}'""",
            """printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/\\u001b[31m\\ud800"}'""",
            """printf '\377\376{"kind":'""",
            "head -c 2000000 /dev/zero",
            "printf 'bad \\377\\376 \\033[31m \\000 \\342\\200\\256 text' >&2; exit 1",
            "head -c 2000000 /dev/zero | tr '\\000' x >&2; exit 1",
        ];
        foreach (var code in codes)
        {
            var fault = await ExecPluginFaultTests.FaultAsync(runner.GetAsync(folder.Plugin(code), cluster, new ExecContext("c", false), TestContext.Current.CancellationToken));

            Assert.Equal((FaultPhase.Credential, CredentialProblem.HelperFailed), (fault.Phase, CredentialProblems.Of(fault)));
            HostileJson.AssertShowable(fault.Message, code);
            HostileJson.AssertShowable(fault.Advice, code);
        }
    }

    [Fact]
    public void What_it_is_told_of_its_cluster_may_hold_anything()
    {
        var cluster = new KubeconfigCluster { Name = "c", Server = "https://\ud800\0", TlsServerName = "\udc00", ProxyUrl = "http://\ud800" };

        var info = ExecInfo.Write(new ExecConfig { ApiVersion = "client.authentication.k8s.io/v1", Command = "x", ProvideClusterInfo = true }, cluster, interactive: false);

        using var read = JsonDocument.Parse(info);
        Assert.Equal("https://\uFFFD\0", read.RootElement.GetProperty("spec").GetProperty("cluster").GetProperty("server").GetString());
    }
}
