using System.Text;
using MultiCluster.Credentials;
using MultiCluster.Credentials.Oidc;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

/// <summary>The auth-provider oidc of kubectl, in front of an identity provider on loopback.</summary>
public sealed class OidcLoginTests : IAsyncDisposable
{
    private const string Secret = "cl1ent-s3cret";

    private static readonly string Expired = IdentityProvider.TokenOf(DateTimeOffset.UtcNow.AddHours(-1));

    private readonly IdentityProvider _provider = new();
    private readonly TempFolder _folder = new();
    private readonly ExecPluginRunner _runner = new(TimeProvider.System);
    private OidcLogins _logins = NewLogins();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Kubeconfig => _folder["config"];

    public async ValueTask DisposeAsync()
    {
        _runner.Dispose();
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_valid_id_token_is_sent_and_nobody_is_asked()
    {
        var token = IdentityProvider.TokenOf(DateTimeOffset.UtcNow.AddMinutes(1));
        Write(("id-token", token), ("refresh-token", "refresh-0"));

        Assert.Equal($"Bearer {token}", await HeaderAsync());
        Assert.Empty(_provider.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no.web.token")]
    [InlineData("")]
    [InlineData("expired")]
    [InlineData("about to expire")]
    public async Task Any_other_is_renewed_and_kept_in_the_kubeconfig(string? token)
    {
        token = token switch
        {
            "expired" => Expired,
            "about to expire" => IdentityProvider.TokenOf(DateTimeOffset.UtcNow.AddSeconds(9)),
            _ => token,
        };
        Write(("id-token", token), ("refresh-token", "refresh-0"), ("extra-scopes", "groups"));
        var before = Read();

        Assert.Equal($"Bearer {await HeaderTokenAsync()}", await HeaderAsync());

        Assert.Equal("client_id=it", Assert.Single(_provider.Forms).Split('&').Last());
        var now = Read();
        Assert.Equal((_provider.LastIdToken, "refresh-0"), (now.Config["id-token"], now.Config["refresh-token"]));
        Assert.True(now.IsLoginOf(before));
        Assert.False(File.Exists($"{Kubeconfig}.lock"));

        // Another session takes it from there.
        _logins = NewLogins();
        Assert.Equal($"Bearer {_provider.LastIdToken}", await HeaderAsync());
        Assert.Single(_provider.Forms);
    }

    [Fact]
    public async Task Clusters_of_one_login_renew_it_once_and_keep_a_refresh_token_that_changes()
    {
        _provider.Rotates = true;
        Write(("id-token", Expired), ("refresh-token", "refresh-0"));

        var headers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => HeaderAsync()));

        Assert.Equal($"Bearer {_provider.LastIdToken}", Assert.Single(headers.Distinct()));
        Assert.Single(_provider.Forms);
        Assert.Equal("refresh-1", Read().Config["refresh-token"]);
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_lose_what_the_provider_gives()
    {
        _provider.Rotates = true;
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        var discovery = _provider.Discovery;
        _provider.Discovery = () =>
        {
            asked.TrySetResult();
            answer.Task.Wait(Stop);
            return discovery();
        };
        Write(("id-token", Expired), ("refresh-token", "refresh-0"));
        using var credential = Create();
        using var stop = new CancellationTokenSource();
        var waiting = credential.GetAuthorizationAsync(stop.Token).AsTask();
        await asked.Task.WaitAsync(Stop);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        answer.SetResult();

        await TestSession.UntilAsync(() => Read().Config["refresh-token"] == "refresh-1", "the new refresh token is kept");
    }

    [Fact]
    public async Task What_kubectl_has_renewed_meanwhile_is_taken_from_the_kubeconfig()
    {
        Write(("id-token", Expired), ("refresh-token", "used-up"));
        using var credential = Create();
        var token = IdentityProvider.TokenOf(DateTimeOffset.UtcNow.AddHours(1), "renewed");
        _provider.InPlaceOfTokens = exchange =>
        {
            Write(("id-token", token), ("refresh-token", "next"));
            return exchange.AnswerAsync(400, """{"error":"invalid_grant"}""");
        };

        Assert.Equal($"Bearer {token}", await HeaderAsync(credential));

        var another = IdentityProvider.TokenOf(DateTimeOffset.UtcNow.AddHours(2), "again");
        Write(("id-token", another), ("refresh-token", "next"));
        Assert.True(credential.TryInvalidate(new("Bearer", token)));
        Assert.Equal($"Bearer {another}", await HeaderAsync(credential));
        Assert.Single(_provider.Forms);
    }

    [Theory]
    [InlineData("token", "Bearer static")]
    [InlineData("username", "Basic c3RhdGljOg==")]
    public async Task A_token_or_password_beside_it_is_sent_in_its_place_as_kubectl_does(string field, string header)
    {
        Write(new Dictionary<string, object> { [field] = "static" }, ("id-token", Expired));

        Assert.Equal(header, await HeaderAsync());
        Assert.Empty(_provider.Requests);
    }

    [Fact]
    public void An_exec_plugin_beside_it_is_refused_as_kubectl_does()
    {
        Write(new Dictionary<string, object> { ["exec"] = new { apiVersion = "client.authentication.k8s.io/v1", command = "x", interactiveMode = "Never" } }, ("id-token", Expired));

        Assert.Equal(FaultPhase.Kubeconfig, Assert.Throws<FaultException>(Create).Fault.Phase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(false, "client_secret_post", "client_secret_basic")]
    [InlineData(true, "client_secret_post")]
    public async Task A_clients_secret_goes_where_the_provider_wants_it(bool inForm, params string[] methods)
    {
        _provider.Methods = methods;
        Write(("refresh-token", "refresh-0"), ("client-secret", Secret));

        await HeaderAsync();

        const string form = "grant_type=refresh_token&refresh_token=refresh-0";
        var header = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"it:{Secret}"))} ";
        Assert.Equal(inForm ? $"{form}&client_id=it&client_secret={Secret}" : header + form, Assert.Single(_provider.Forms));
    }

    [Fact]
    public async Task A_provider_that_does_not_know_the_header_gets_the_form()
    {
        _provider.InPlaceOfTokens = exchange =>
        {
            if (exchange.Head.Contains("Authorization: Basic", StringComparison.Ordinal))
                return exchange.AnswerAsync(401, """{"error":"invalid_client"}""");
            return exchange.AnswerAsync(200, $$"""{"id_token":"{{IdentityProvider.TokenOf(DateTimeOffset.UtcNow.AddHours(1))}}"}""");
        };
        Write(("refresh-token", "refresh-0"), ("client-secret", Secret));

        await HeaderAsync();

        Assert.Equal(2, _provider.Forms.Count);
        Assert.EndsWith($"client_id=it&client_secret={Secret}", _provider.Forms.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authority_may_be_a_file_beside_the_kubeconfig_and_the_issuer_end_with_a_slash()
    {
        _folder.Write("idp.pem", _provider.AuthorityPem);
        Write(("refresh-token", "refresh-0"), ("idp-certificate-authority-data", null), ("idp-certificate-authority", "idp.pem"), ("idp-issuer-url", $"{_provider.Issuer}/"));

        Assert.StartsWith("Bearer ", await HeaderAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("idp-issuer-url", null, "has no idp-issuer-url")]
    [InlineData("client-id", null, "has no client-id")]
    [InlineData("idp-issuer-url", "http://127.0.0.1:1/", "no https address")]
    [InlineData("idp-issuer-url", "ftp://127.0.0.1", "no https address")]
    [InlineData("idp-certificate-authority-data", "junk!", "cannot be used")]
    [InlineData("idp-certificate-authority-data", null, "cannot be asked")]
    [InlineData("refresh-token", null, "no refresh-token")]
    [InlineData("idp-issuer-url", "https://127.0.0.1:1", "127.0.0.1:1 cannot be asked")]
    public async Task What_keeps_a_login_from_being_renewed_is_told(string field, string? value, string expected)
    {
        Write(("id-token", Expired), ("refresh-token", "refresh-0"), (field, value));

        var fault = await FaultAsync();

        Assert.Contains(expected, fault.Detail, StringComparison.Ordinal);
        Assert.NotNull(fault.Advice);
        Assert.Equal("it", fault.Cluster?.Context);
        Assert.Empty(_provider.Forms);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"token_endpoint":5}""")]
    [InlineData("""{"token_endpoint":"http://127.0.0.1:1/token"}""")]
    [InlineData("<html><title>Log in</title></html>")]
    [InlineData("huge")]
    public async Task A_strange_discovery_document_gets_no_token(string document)
    {
        _provider.Discovery = () => document == "huge" ? new string(' ', 2_000_000) : document;
        Write(("id-token", Expired), ("refresh-token", "refresh-0"));

        var fault = await FaultAsync();

        Assert.StartsWith("the identity provider 127.0.0.1:", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("idp-issuer-url", fault.Advice, StringComparison.Ordinal);
        Assert.Empty(_provider.Forms);
    }

    [Theory]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"id_token":"junk"}""")]
    [InlineData(200, """{"id_token":"\ud800.\ud800.x"}""")]
    [InlineData(200, """{"id_token":"expired"}""")]
    [InlineData(200, "not json")]
    [InlineData(302, "{}")]
    [InlineData(400, """{"error":"invalid_grant","error_description":"refresh-0 and cl1ent-s3cret"}""")]
    [InlineData(401, "refresh-0 cl1ent-s3cret")]
    [InlineData(403, "refresh-0 cl1ent-s3cret")]
    [InlineData(418, "refresh-0 cl1ent-s3cret")]
    [InlineData(500, "refresh-0 cl1ent-s3cret")]
    public async Task A_provider_that_gives_no_token_is_a_fault_without_secrets_and_changes_no_file(int status, string body)
    {
        _provider.InPlaceOfTokens = exchange => exchange.AnswerAsync(status, body.Replace("expired", Expired, StringComparison.Ordinal));
        Write(("id-token", Expired), ("refresh-token", "refresh-0"), ("client-secret", Secret));
        var before = await File.ReadAllTextAsync(Kubeconfig, Stop);

        var fault = await FaultAsync();

        Assert.Equal((FaultPhase.Credential, null), (fault.Phase, fault.HttpStatus));
        Assert.DoesNotContain("refresh-0", $"{fault} {fault.Cause}", StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{fault} {fault.Cause}", StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Kubeconfig, Stop));
    }

    [Fact]
    public async Task A_provider_that_hangs_is_given_up()
    {
        var time = new TestClock(DateTimeOffset.UtcNow);
        _logins = new OidcLogins(time, static _ => null);
        _provider.InPlaceOfTokens = static exchange => exchange.HangAsync();
        Write(("id-token", Expired), ("refresh-token", "refresh-0"));
        var failing = FaultAsync();
        await TestSession.UntilAsync(() => !_provider.Forms.IsEmpty, "the provider is asked");

        await TestSession.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return failing.IsCompleted;
            },
            "the provider is given up");

        Assert.Equal(CredentialProblem.Connectivity, CredentialProblems.Of(await failing));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kubeconfig_that_cannot_be_written_costs_nobody_the_session(bool rotates)
    {
        _provider.Rotates = rotates;
        Write(("id-token", Expired), ("refresh-token", "refresh-0"));
        File.SetAttributes(Kubeconfig, FileAttributes.ReadOnly);
        using var credential = Create();

        // The old refresh token is worth nothing any more: that is told, once.
        if (rotates)
            Assert.Contains("for this session only", (await FaultAsync(credential)).Detail, StringComparison.Ordinal);

        Assert.Equal($"Bearer {_provider.LastIdToken ?? await HeaderTokenAsync()}", await HeaderAsync(credential));
        Assert.True(credential.TryInvalidate(null));
        Assert.Equal($"Bearer {_provider.LastIdToken}", await HeaderAsync(credential));
        Assert.Single(_provider.Forms);
        Assert.Equal(Expired, Read().Config["id-token"]);
        File.SetAttributes(Kubeconfig, FileAttributes.Normal);
    }

    private static OidcLogins NewLogins() => new(TimeProvider.System, static _ => null);

    private void Write(params (string Name, string? Value)[] config) => Write([], config);

    private void Write(Dictionary<string, object> user, params (string Name, string? Value)[] config)
    {
        var all = new Dictionary<string, string> { ["idp-issuer-url"] = _provider.Issuer, ["client-id"] = "it", ["idp-certificate-authority-data"] = _provider.AuthorityData };
        foreach (var (name, value) in config)
        {
            all.Remove(name);
            if (value is not null)
                all[name] = value;
        }

        user["auth-provider"] = new { name = "oidc", config = all };
        _folder.Write("config", Yaml.Json(new { server = "https://127.0.0.1:1" }, user));
    }

    private KubeconfigFile ReadFile() => KubeconfigReader.Read(Kubeconfig, File.ReadAllText(Kubeconfig));

    private AuthProviderConfig Read() => ReadFile().Users["it"].AuthProvider!;

    private ClusterCredential Create() => new CredentialFactory(TimeProvider.System, _runner, _logins).Create(new KubeconfigContext
    {
        Identity = ClusterIdentity.Of(Kubeconfig, "it"),
        Cluster = new KubeconfigCluster { Name = "it", Server = "https://127.0.0.1:1" },
        User = ReadFile().Users["it"],
        UserName = "it",
    });

    private static async Task<string?> HeaderAsync(ClusterCredential credential) => (await credential.GetAuthorizationAsync(Stop))?.ToString();

    private async Task<string?> HeaderAsync()
    {
        using var credential = Create();
        return await HeaderAsync(credential);
    }

    private async Task<string> HeaderTokenAsync()
    {
        await HeaderAsync();
        return _provider.LastIdToken!;
    }

    private static async Task<Fault> FaultAsync(ClusterCredential credential) =>
        (await Assert.ThrowsAsync<FaultException>(() => HeaderAsync(credential))).Fault;

    private async Task<Fault> FaultAsync()
    {
        using var credential = Create();
        return await FaultAsync(credential);
    }
}
