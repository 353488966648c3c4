using System.Security.Cryptography;
using System.Text;
using MultiCluster.Credentials;
using MultiCluster.Credentials.Oidc;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

public sealed class CredentialFactoryTests : IDisposable
{
    private static readonly ClusterIdentity Identity = ClusterIdentity.Of("/kube/config", "prod");
    private static readonly ExecConfig Missing = new() { ApiVersion = "client.authentication.k8s.io/v1", Command = "no-such-kube-plugin" };

    private readonly string _folder = Directory.CreateTempSubdirectory("multicluster-credentials").FullName;
    private readonly ExecPluginRunner _runner;
    private readonly CredentialFactory _factory;
    private readonly string _certificate;
    private readonly string _key;

    public CredentialFactoryTests()
    {
        var time = new TestClock();
        _runner = new ExecPluginRunner(time);
        _factory = new CredentialFactory(time, _runner, new OidcLogins(time, static _ => null));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _certificate = TestCertificates.Of(key);
        _key = key.ExportPkcs8PrivateKeyPem();
    }

    public void Dispose()
    {
        _runner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_user_without_credentials_sends_none()
    {
        Assert.Null(await AuthorizationAsync(new KubeconfigUser { Name = "jane" }));
        using var credential = _factory.Create(new KubeconfigContext { Identity = Identity });
        Assert.Null(credential.ClientCertificate);
    }

    [Fact]
    public async Task A_token_becomes_a_bearer_header() =>
        Assert.Equal("Bearer abc", await AuthorizationAsync(new KubeconfigUser { Name = "jane", Token = " abc\n" }));

    [Fact]
    public async Task A_name_and_password_become_a_basic_header() =>
        Assert.Equal("Basic asOkbmU6cHc=", await AuthorizationAsync(new KubeconfigUser { Name = "jane", Username = "jäne", Password = "pw" }));

    [Fact]
    public async Task A_token_file_beats_a_token()
    {
        var user = new KubeconfigUser { Name = "jane", Token = "static", TokenFile = Write("token", "fresh\n") };

        Assert.Equal("Bearer fresh", await AuthorizationAsync(user));
    }

    [Fact]
    public async Task A_token_beats_a_password() =>
        Assert.Equal("Bearer abc", await AuthorizationAsync(new KubeconfigUser { Name = "jane", Token = "abc", Username = "jane", Password = "pw" }));

    [Fact]
    public async Task An_exec_plugin_runs_only_when_there_is_nothing_else()
    {
        Assert.Equal("Bearer abc", await AuthorizationAsync(new KubeconfigUser { Name = "jane", Token = "abc", Exec = Missing }));
        Assert.StartsWith("Basic", await AuthorizationAsync(new KubeconfigUser { Name = "jane", Password = "pw", Exec = Missing }), StringComparison.Ordinal);
        var certified = new KubeconfigUser { Name = "jane", ClientCertificateData = Base64(_certificate), ClientKeyData = Base64(_key), Exec = Missing };
        Assert.Null(await AuthorizationAsync(certified));

        var fault = await ExecPluginFaultTests.FaultAsync(AuthorizationAsync(new KubeconfigUser { Name = "jane", Exec = Missing }));
        Assert.Equal(CredentialProblem.MissingHelper, CredentialProblems.Of(fault));
        Assert.Equal(Identity, fault.Cluster);
    }

    [Fact]
    public async Task A_certificate_and_a_token_go_together()
    {
        var user = new KubeconfigUser { Name = "jane", ClientCertificateData = Base64(_certificate), ClientKeyData = Base64(_key), Token = "abc" };

        using var credential = _factory.Create(Context(user));

        var certificate = await credential.GetClientCertificateAsync(TestContext.Current.CancellationToken);
        Assert.Same(credential.ClientCertificate, certificate);
        Assert.True(certificate!.HasPrivateKey);
        Assert.Equal("Bearer abc", (await credential.GetAuthorizationAsync(TestContext.Current.CancellationToken))?.ToString());
    }

    [Fact]
    public void Data_beats_the_file_of_the_same_thing()
    {
        var user = new KubeconfigUser
        {
            Name = "jane",
            ClientCertificateData = Base64(_certificate),
            ClientCertificateFile = "/no/such/file",
            ClientKeyData = Base64(_key),
            ClientKeyFile = "/no/such/file",
        };

        using var credential = _factory.Create(Context(user));

        Assert.Equal("CN=jane", credential.ClientCertificate?.Subject);
    }

    [Fact]
    public void A_certificate_is_read_from_files()
    {
        var user = new KubeconfigUser { Name = "jane", ClientCertificateFile = Write("crt", _certificate), ClientKeyFile = Write("key", _key) };

        using var credential = _factory.Create(Context(user));

        Assert.True(credential.ClientCertificate?.HasPrivateKey);
        Assert.Null(credential.ClientCertificateChain);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var fault = FaultOf(new KubeconfigUser { Name = "jane", ClientCertificateFile = "/no/such/crt", ClientKeyFile = "/no/such/key" });

        Assert.Equal(FaultPhase.Credential, fault.Phase);
        Assert.Equal("client-certificate /no/such/crt does not exist", fault.Detail);
        Assert.Equal(Identity, fault.Cluster);
    }

    [Fact]
    public void A_field_that_is_not_base64_is_named_but_not_quoted()
    {
        var fault = FaultOf(new KubeconfigUser { Name = "jane", ClientCertificateData = Base64(_certificate), ClientKeyData = "s3cr3t!" });

        Assert.Equal(FaultPhase.Kubeconfig, fault.Phase);
        Assert.Equal("client-key-data of user \"jane\" is not base64", fault.Detail);
        Assert.DoesNotContain("s3cr3t", $"{fault.Message}{fault.Advice}{fault.Cause}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_a_key_is_refused() => Assert.Equal(
        "User \"jane\" has a client certificate but no client key",
        FaultOf(new KubeconfigUser { Name = "jane", ClientCertificateData = Base64(_certificate) }).Detail);

    [Fact]
    public void A_token_that_no_header_can_carry_is_not_quoted()
    {
        var fault = FaultOf(new KubeconfigUser { Name = "jane", Token = "s3cr3t\r\nX-Evil: 1" });

        Assert.Equal("The token of user \"jane\" holds characters that no header can carry", fault.Detail);
    }

    [Theory]
    [InlineData("gcp")]
    [InlineData("azure")]
    public void A_legacy_auth_provider_is_refused_with_its_replacement(string provider)
    {
        var fault = FaultOf(new KubeconfigUser { Name = "jane", AuthProvider = new AuthProviderConfig { Name = provider } });

        Assert.Equal(FaultPhase.Kubeconfig, fault.Phase);
        Assert.Contains("gke-gcloud-auth-plugin", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_cannot_be_used_says_why()
    {
        var broken = new KubeconfigContext { Identity = Identity, Problem = "The kubeconfig has no cluster \"prod\"." };
        Assert.Equal("The kubeconfig has no cluster \"prod\"", Assert.Throws<FaultException>(() => _factory.Create(broken)).Fault.Detail);

        var homeless = new KubeconfigContext { Identity = Identity, UserName = "jane" };
        Assert.Equal("The kubeconfig has no user \"jane\"", Assert.Throws<FaultException>(() => _factory.Create(homeless)).Fault.Detail);
    }

    [Fact]
    public void Static_credentials_have_nothing_else_to_offer_after_a_rejection()
    {
        using var credential = _factory.Create(Context(new KubeconfigUser { Name = "jane", Token = "abc" }));

        Assert.False(credential.TryInvalidate(new("Bearer", "abc")));
    }

    private static KubeconfigContext Context(KubeconfigUser user) => new()
    {
        Identity = Identity,
        Cluster = new KubeconfigCluster { Name = "prod", Server = "https://prod" },
        User = user,
        UserName = user.Name,
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<string?> AuthorizationAsync(KubeconfigUser user)
    {
        using var credential = _factory.Create(Context(user));
        return (await credential.GetAuthorizationAsync(TestContext.Current.CancellationToken))?.ToString();
    }

    private Fault FaultOf(KubeconfigUser user) => Assert.Throws<FaultException>(() => _factory.Create(Context(user))).Fault;
}
