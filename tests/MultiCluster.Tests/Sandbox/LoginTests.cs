using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;
using YamlDotNet.Serialization;

namespace MultiCluster.Tests.Sandbox;

public sealed class LoginTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string KubeconfigPath => Path.Combine(_folder, "config");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_fleets_kubeconfig_has_a_context_per_cluster()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 3, Pods = 0, Names = ["prod-eu"] }, TestContext.Current.CancellationToken);
        fleet.WriteKubeconfig(KubeconfigPath);
        var config = Read();
        Assert.Equal(["prod-eu", "sim-2", "sim-3"], Items(config, "contexts").Select(c => (string)c["name"]));
        Assert.Equal(fleet.Clusters.Select(c => c.Server), Items(config, "clusters").Select(c => new Uri((string)Map(c["cluster"])["server"])));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KubeconfigPath));
    }

    [Theory]
    [InlineData(UserKind.AdminToken, 200)]
    [InlineData(UserKind.BadToken, 401)]
    [InlineData(UserKind.Limited, 403)]
    public async Task A_written_token_logs_in_as_its_kind_of_user(UserKind kind, int status)
    {
        await using var one = await OneCluster.StartAsync();
        using var client = one.NewClient((string)User(one, kind)["token"]);
        using var response = await client.SendAsync(HttpMethod.Get, "/api/v1/secrets");
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_written_certificate_logs_in()
    {
        await using var one = await OneCluster.StartAsync();
        var user = User(one, UserKind.ClientCertificate);
        using var certificate = X509Certificate2.CreateFromPem(Decode(user["client-certificate-data"]), Decode(user["client-key-data"]));
        using var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        using var client = new ApiClient(one.Cluster.Server, one.Cluster.CaPem, certificate: usable);
        await client.GetAsync("/api/v1/secrets");
    }

    [Fact]
    public async Task A_certificate_of_another_cluster_does_not_log_in()
    {
        await using var one = await OneCluster.StartAsync();
        await using var other = await OneCluster.StartAsync();
        var user = User(other, UserKind.ClientCertificate);
        using var certificate = X509Certificate2.CreateFromPem(Decode(user["client-certificate-data"]), Decode(user["client-key-data"]));
        using var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        using var client = new ApiClient(one.Cluster.Server, one.Cluster.CaPem, certificate: usable);
        await client.FailAsync(401, "/api/v1/secrets");
    }

    [Fact]
    public async Task A_written_password_logs_in()
    {
        await using var one = await OneCluster.StartAsync();
        var user = User(one, UserKind.Basic);
        using var client = one.NewClient(null);
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user["username"]}:{user["password"]}"));
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair);
        await client.GetAsync("/api/v1/secrets");
    }

    [Fact]
    public async Task Nobody_may_read_more_than_health_and_version()
    {
        await using var one = await OneCluster.StartAsync();
        using var client = one.NewClient(null);
        await client.GetAsync("/version");
        await client.FailAsync(401, "/api/v1/namespaces");
    }

    [Fact]
    public async Task A_limited_users_rules_can_be_replaced()
    {
        await using var one = await OneCluster.StartAsync();
        using var jane = one.NewClient(one.Cluster.LimitedUser.Token);
        await jane.GetAsync("/api/v1/namespaces/web/pods");
        await jane.FailAsync(403, "/api/v1/namespaces/default/pods");
        one.Cluster.LimitedUser.Rules = [new AccessRule("list", "pods", "default")];
        await jane.GetAsync("/api/v1/namespaces/default/pods");
        await jane.FailAsync(403, "/api/v1/namespaces/web/pods");
    }

    [Fact]
    public async Task An_impersonated_user_has_that_users_rights()
    {
        await using var one = await OneCluster.StartAsync();
        one.Client.Http.DefaultRequestHeaders.Add("Impersonate-User", "jane");
        var status = await one.Client.FailAsync(403, "/api/v1/secrets");
        Assert.Contains("User \"jane\"", status["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("jane", Assert.Single(one.Cluster.Requests.All).Header("Impersonate-User"));
    }

    private static string Decode(object base64) => Encoding.UTF8.GetString(Convert.FromBase64String((string)base64));

    private static IEnumerable<Dictionary<object, object>> Items(Dictionary<object, object> config, string list) => ((List<object>)config[list]).Select(Map);

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    private Dictionary<object, object> User(OneCluster one, UserKind kind)
    {
        one.Cluster.WriteKubeconfig(KubeconfigPath, kind);
        return Map(Items(Read(), "users").Single()["user"]);
    }

    private Dictionary<object, object> Read() => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(KubeconfigPath));
}
