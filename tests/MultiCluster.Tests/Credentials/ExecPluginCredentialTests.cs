using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using MultiCluster.Credentials;
using MultiCluster.Credentials.Oidc;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

public sealed class ExecPluginCredentialTests : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly ExecPluginRunner _runner = new(new TestClock());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_rejected_token_makes_the_plugin_run_again()
    {
        var credential = Credential("prod", _folder.Plugin(Counting));
        Assert.Equal("token-1", await TokenAsync(credential));
        Assert.Equal("token-1", await TokenAsync(credential));

        Assert.True(credential.TryInvalidate(new AuthenticationHeaderValue("Bearer", "token-1")));

        Assert.Equal("token-2", await TokenAsync(credential));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_late_rejection_of_the_old_token_runs_nothing_but_asks_to_try_again()
    {
        var credential = Credential("prod", _folder.Plugin(Counting));
        await TokenAsync(credential);
        credential.TryInvalidate(new AuthenticationHeaderValue("Bearer", "token-1"));
        await TokenAsync(credential);

        Assert.True(credential.TryInvalidate(new AuthenticationHeaderValue("Bearer", "token-1")));

        Assert.Equal("token-2", await TokenAsync(credential));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_credential_built_anew_remembers_what_its_cluster_rejected()
    {
        var plugin = _folder.Plugin(Counting);
        var old = Credential("prod", plugin);
        await TokenAsync(old);
        old.TryInvalidate(new AuthenticationHeaderValue("Bearer", "token-1"));
        old.Dispose();

        Assert.Equal("token-1", await TokenAsync(Credential("dev", plugin)));
        Assert.Equal("token-2", await TokenAsync(Credential("prod", plugin)));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plugin_may_bring_a_certificate_in_place_of_a_token()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var status = new { clientCertificateData = TestCertificates.Of(key) + TestCertificates.Of(key, "ca"), clientKeyData = key.ExportECPrivateKeyPem() };
        File.WriteAllText(
            _folder.File("output"),
            JsonSerializer.Serialize(new { kind = "ExecCredential", apiVersion = "client.authentication.k8s.io/v1", status }));
        var credential = Credential("prod", _folder.Plugin("cat \"$dir/output\""));
        Assert.Null(credential.ClientCertificate);

        var certificate = await credential.GetClientCertificateAsync(Cancellation);

        Assert.Equal("CN=jane", certificate?.Subject);
        Assert.True(certificate!.HasPrivateKey);
        Assert.Same(certificate, credential.ClientCertificate);
        Assert.Single(credential.ClientCertificateChain!);
        Assert.Null(await credential.GetAuthorizationAsync(Cancellation));
        Assert.Equal(1, _folder.Runs);
        credential.TryInvalidate(rejected: null);
        await credential.GetClientCertificateAsync(Cancellation);
        Assert.Equal(2, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task Clusters_that_share_a_failing_run_each_get_a_fault_of_their_own()
    {
        var plugin = _folder.Plugin($"{_folder.Announce()}; {_folder.Wait()}; exit 3");
        Task[] calls = [TokenAsync(Credential("prod", plugin)), TokenAsync(Credential("dev", plugin))];
        using var alive = await _folder.StartedAsync(Cancellation);
        await _folder.ReleaseAsync(Cancellation);

        var faults = new List<Fault>();
        foreach (var call in calls)
            faults.Add(await ExecPluginFaultTests.FaultAsync(call));

        Assert.Equal(["prod: Exec plugin sh failed with exit code 3.", "dev: Exec plugin sh failed with exit code 3."], faults.Select(static fault => fault.Message));
        Assert.Equal(1, _folder.Runs);
    }

    private const string Counting =
        """printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"token-%d"}}' "$(wc -l < "$dir/runs")" """;

    private static async Task<string?> TokenAsync(ClusterCredential credential) => (await credential.GetAuthorizationAsync(Cancellation))?.Parameter;

    private ClusterCredential Credential(string context, ExecConfig exec) => new CredentialFactory(TimeProvider.System, _runner, new OidcLogins(TimeProvider.System, static _ => null)).Create(new KubeconfigContext
    {
        Identity = ClusterIdentity.Of("/kube/config", context),
        Cluster = new KubeconfigCluster { Name = context, Server = $"https://{context}" },
        User = new KubeconfigUser { Name = "jane", Exec = exec },
    });
}
