using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>Who listens on the way to an http address reads everything: what a kubeconfig has of a login is not sent there.</summary>
public sealed class PlaintextLoginTests
{
    private const string Version = """{"gitVersion":"v1.33.0"}""";

    public static TheoryData<string, object> Logins => new()
    {
        { "token", new { token = "s3cret" } },
        { "password", new { username = "jane", password = "s3cret" } },
        { "token file", new { tokenFile = "/no/such/file" } },
        { "exec plugin", new { exec = new { apiVersion = "client.authentication.k8s.io/v1", command = "no-such-plugin", interactiveMode = "Never" } } },
        { "auth provider", new Dictionary<string, object> { ["auth-provider"] = new { name = "oidc", config = new Dictionary<string, string> { ["id-token"] = "s3cret" } } } },
        { "client certificate", new Dictionary<string, string> { ["client-certificate"] = "/no/such/crt", ["client-key"] = "/no/such/key" } },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Logins))]
    public async Task A_login_does_not_go_to_an_http_server_and_keeps_no_request_from_it(string kind, object user)
    {
        await using var server = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new { server = server.Url }, user);

        var found = await TestAsync(session);

        Assert.True(found.Reachable, kind);
        AssertNoLogin(server);
        Assert.Equal(("None", null), (found.Tls, found.Authenticated));
        Assert.Contains("the kubeconfig's login is not sent, because the connection is not encrypted (http)", found.Problem, StringComparison.Ordinal);
        Assert.Equal(ClusterState.Ready, session.Cluster("it").State);
    }

    [Fact]
    public async Task Neither_does_a_password_in_its_address()
    {
        await using var server = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new { server = server.Url.Replace("http://", "http://jane:s3cret@", StringComparison.Ordinal) });

        await TestAsync(session);

        AssertNoLogin(server);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_says_that_the_login_was_not_sent_and_what_to_do(int status)
    {
        await using var server = new WireServer(WireServer.Always(status));
        await using var session = TestSession.Of(new { server = server.Url }, new { token = "s3cret" });
        await session.SelectAsync("it");

        var fault = (await session.ReadAsync("pods")).Fault("it");

        Assert.Equal(status == 401 ? FaultPhase.Unauthorized : FaultPhase.Forbidden, fault.Phase);
        Assert.Contains("the kubeconfig's login is not sent", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("https://", fault.Advice, StringComparison.Ordinal);
        Assert.Contains("-AllowPlaintextLogin", fault.Advice, StringComparison.Ordinal);
        AssertNoLogin(server);
    }

    [Fact]
    public async Task Where_there_is_no_login_nothing_is_said_of_one()
    {
        await using var server = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new { server = server.Url });

        var found = await TestAsync(session);

        Assert.Equal((true, null), (found.Authenticated, found.Problem));
        Assert.EndsWith("the connection is not encrypted (http in " + session.Kubeconfig + ").", session.Cluster("it").InsecurityNotice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preference_has_it_sent_to_this_machine_at_once()
    {
        await using var server = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new { server = server.Url }, new { token = "s3cret" });
        await TestAsync(session);
        AssertNoLogin(server);

        await AllowAsync(session);
        var found = await session.Connection("it").TestAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Contains("Authorization: Bearer s3cret", server.Requests.Last(), StringComparison.Ordinal);
        Assert.Equal((true, null), (found.Authenticated, found.Problem));
        Assert.True(session.Cluster("it").Insecure);
        Assert.Contains("AllowPlaintextLogin", session.Cluster("it").InsecurityNotice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preference_sends_nothing_through_a_proxy_whose_localhost_is_another()
    {
        await using var proxy = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new Dictionary<string, string> { ["server"] = "http://localhost:1", ["proxy-url"] = proxy.Url }, new { token = "s3cret" });
        await AllowAsync(session);

        await TestAsync(session);

        AssertNoLogin(proxy);
    }

    [Fact]
    public async Task The_preference_sends_nothing_to_another_machine()
    {
        await using var proxy = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new { server = "http://api.example" }, new { token = "s3cret" });
        session.Variables["HTTP_PROXY"] = proxy.Url;
        await AllowAsync(session);

        await TestAsync(session);

        AssertNoLogin(proxy);
        var refused = Assert.Throws<FaultException>(() => new PreferenceChange { AllowPlaintextLogin = true }.Check("it", session.Pool.Known().Clusters, []));
        Assert.Equal(FaultPhase.Invalid, refused.Fault.Phase);
    }

    [Fact]
    public async Task Impersonation_goes_along_lest_a_proxy_of_the_users_do_more_than_was_meant()
    {
        await using var server = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new { server = server.Url }, new Dictionary<string, object> { ["token"] = "s3cret", ["as"] = "guest" });

        await TestAsync(session);

        AssertNoLogin(server);
        Assert.All(server.Requests, head => Assert.Contains("Impersonate-User: guest", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_for_the_handshake_is_no_name_for_an_http_server()
    {
        await using var server = new WireServer(WireServer.Always(200, Version));
        await using var session = TestSession.Of(new Dictionary<string, string> { ["server"] = server.Url, ["tls-server-name"] = "other" });

        await TestAsync(session);

        Assert.All(server.Requests, head => Assert.Contains($"Host: 127.0.0.1:{server.Port}", head, StringComparison.Ordinal));
    }

    private static void AssertNoLogin(WireServer server)
    {
        Assert.NotEmpty(server.Requests);
        Assert.DoesNotContain(server.Requests, static head => head.Contains("Authorization", StringComparison.OrdinalIgnoreCase) || head.Contains("s3cret", StringComparison.Ordinal));
    }

    private static async Task<ClusterPreflight> TestAsync(TestSession session)
    {
        await session.SelectAsync("it");
        return await session.Connection("it").TestAsync(TimeSpan.FromSeconds(30), Stop);
    }

    private static async Task AllowAsync(TestSession session)
    {
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { AllowPlaintextLogin = true }.ApplyTo("it"), Stop);
        await session.Pool.ApplyPreferencesAsync();
    }
}
