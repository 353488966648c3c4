using System.Security.Cryptography.X509Certificates;
using System.Text;
using MultiCluster.Clusters;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>A name and password in a server's address: kubectl sends them as they are, before every other login, and they are shown nowhere.</summary>
public sealed class AddressLoginTests : IDisposable
{
    private readonly TestCertificates _authority = new();
    private readonly X509Certificate2 _certificate;

    public AddressLoginTests() => _certificate = _authority.Server();

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("jane:s3cret", "jane:s3cret")]
    [InlineData("jane:s3@cret", "jane:s3@cret")]
    [InlineData("j%C3%A4ne:s3%2Fcret%20%3A", "jäne:s3/cret :")]
    [InlineData("jane", "jane:")]
    public async Task It_is_the_login_before_every_other(string inAddress, string login)
    {
        await using var server = new WireServer(WireServer.Always(200, """{"gitVersion":"v1.33.0"}"""), _certificate);
        await using var session = SessionOf(server, inAddress, new { token = "another" });

        await TestAsync(session);

        Assert.All(server.Requests, head => Assert.Contains($"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(login))}", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_says_where_it_stands()
    {
        await using var server = new WireServer(WireServer.Always(401), _certificate);
        await using var session = SessionOf(server, "jane:s3cret", new { token = "another" });

        var found = await TestAsync(session);

        Assert.Contains("in the cluster's server address", found.RecommendedAction, StringComparison.Ordinal);
        AssertHidden(session, found);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(500)]
    public async Task It_is_shown_nowhere(int status)
    {
        await using var server = new WireServer(WireServer.Always(status, "https://jane:s3cret@host is not here"), _certificate);
        await using var session = SessionOf(server, "jane:s3cret", new { });

        AssertHidden(session, await TestAsync(session));
    }

    [Theory]
    [InlineData("https://jane:s3cret@127.0.0.1:1", null)]
    [InlineData("https://jane:s3cret@no-such-host.invalid", null)]
    [InlineData("https://jane:s3/cret@127.0.0.1", null)]
    [InlineData("ftp://jane:s3cret@127.0.0.1", null)]
    [InlineData("jane:s3cret@127.0.0.1:1", null)]
    [InlineData("https://127.0.0.1:1", "http://jane:s3cret@127.0.0.1:1")]
    [InlineData("https://127.0.0.1:1", "ftp://jane:s3cret@127.0.0.1:1")]
    [InlineData("https://127.0.0.1:1", "http://jane:s3/cret@127.0.0.1")]
    public async Task Nor_where_nobody_can_be_reached(string address, string? proxy)
    {
        await using var session = TestSession.Of(new Dictionary<string, string?> { ["server"] = address, ["proxy-url"] = proxy });

        AssertHidden(session, await TestAsync(session));
    }

    private static TestSession SessionOf(WireServer server, string inAddress, object user) => TestSession.Of(
        new Dictionary<string, object> { ["server"] = $"https://{inAddress}@127.0.0.1:{server.Port}", ["insecure-skip-tls-verify"] = true }, user);

    private static async Task<ClusterPreflight> TestAsync(TestSession session)
    {
        var known = session.Pool.Known().Clusters.Single();
        return (await new PreflightRun(session.Pool, TimeSpan.FromSeconds(10), 1).RunAsync([known], TestContext.Current.CancellationToken)).Single();
    }

    private static void AssertHidden(TestSession session, ClusterPreflight found)
    {
        var known = session.Pool.Known().Clusters.Single();
        string[] shown =
        [
            $"{found}", $"{found.Fault}", $"{found.Fault?.Cause}", $"{found.Problem}{found.RecommendedAction}", $"{known.Server}", $"{known.Reason}", $"{known.InsecurityNotice}", $"{known.Origin}",
        ];
        // The folder's own name is made of letters and digits by chance.
        var words = shown.Select(text => text.Replace(session.Folder.Path, "", StringComparison.Ordinal));
        Assert.DoesNotContain(words, static text => text.Contains("s3", StringComparison.Ordinal) || text.Contains("jane", StringComparison.Ordinal));
        Assert.NotEqual("", known.Server);
    }
}
