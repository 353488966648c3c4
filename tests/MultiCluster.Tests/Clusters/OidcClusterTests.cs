using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>A selected cluster whose login an identity provider renews.</summary>
public sealed class OidcClusterTests : IAsyncDisposable
{
    private readonly IdentityProvider _provider = new() { Rotates = true };
    private readonly TestCertificates _certificates = new();
    private readonly WireServer _server;

    public OidcClusterTests() => _server = new WireServer(ServeAsync, _certificates.Server());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task An_expired_login_is_renewed_and_the_connection_stays()
    {
        await using var session = Session("refresh-0");
        await session.SelectAsync("it");
        var connection = session.Connection("it");
        var client = connection.Session.Client;

        var found = await connection.TestAsync(TimeSpan.FromSeconds(30), Stop);
        await TestSession.UntilAsync(() => connection.Context.User!.AuthProvider!.Config["refresh-token"] == "refresh-1", "the written kubeconfig is read");

        Assert.Equal((true, null), (found.Authenticated, found.Problem));
        Assert.Same(client, session.Connection("it").Session.Client);
        Assert.DoesNotContain(session.Events, static happened => happened.Kind == ClusterEventKind.KubeconfigChanged);
        Assert.Single(_provider.Forms);
    }

    [Fact]
    public async Task A_login_that_cannot_be_renewed_is_the_clusters_login_fault_until_somebody_logs_in_again()
    {
        await using var session = Session("used-up");
        await session.SelectAsync("it");
        var connection = session.Connection("it");

        var found = await connection.TestAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Equal(FaultPhase.Credential, found.Fault!.Phase);
        Assert.Contains("invalid_grant", found.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("used-up", $"{found} {found.Fault}", StringComparison.Ordinal);
        Assert.Equal(ClusterState.AuthenticationRequired, connection.State);

        var text = await File.ReadAllTextAsync(session.Kubeconfig, Stop);
        session.Folder.Write("fleet.yaml", text.Replace("used-up", "refresh-0", StringComparison.Ordinal), DateTime.UtcNow);
        await TestSession.UntilAsync(() => connection.State == ClusterState.Ready, "the login is taken");
    }

    private TestSession Session(string refreshToken) => TestSession.Of(
        new Dictionary<string, string> { ["server"] = _server.Url, ["certificate-authority-data"] = _certificates.AuthorityData },
        new Dictionary<string, object>
        {
            ["auth-provider"] = new
            {
                name = "oidc",
                config = new Dictionary<string, string>
                {
                    ["idp-issuer-url"] = _provider.Issuer,
                    ["client-id"] = "it",
                    ["idp-certificate-authority-data"] = _provider.AuthorityData,
                    ["id-token"] = IdentityProvider.TokenOf(DateTimeOffset.UtcNow.AddHours(-1)),
                    ["refresh-token"] = refreshToken,
                },
            },
        });

    private Task ServeAsync(WireExchange exchange) =>
        _provider.LastIdToken is { } token && exchange.Head.Contains($"Authorization: Bearer {token}", StringComparison.Ordinal)
            ? exchange.AnswerAsync(200, """{"gitVersion":"v1.33.0"}""")
            : exchange.AnswerAsync(401);
}
