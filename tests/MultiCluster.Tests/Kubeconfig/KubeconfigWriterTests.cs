using System.Text;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly KubeconfigWriter _writer;

    public KubeconfigWriterTests() => _writer = new KubeconfigWriter(_folder["own/clusters.yaml"]);

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ManualCluster Cluster(string name, string server = "https://manual:6443") =>
        new() { Name = name, Server = server, Token = "0123" };

    private KubeconfigFile Written() => KubeconfigReader.Read(_writer.FilePath, File.ReadAllBytes(_writer.FilePath));

    [Fact]
    public async Task What_is_added_is_read_back()
    {
        var pem = "-----BEGIN CERTIFICATE-----\n" + new string('A', 4000) + "\n-----END CERTIFICATE-----\n";
        var context = await _writer.AddAsync(
            new ManualCluster
            {
                Name = "arn:aws:eks:eu:1:cluster/x # \"y\" '",
                Server = "https://manual:6443/prefix",
                CertificateAuthority = pem,
                TlsServerName = "api",
                ProxyUrl = "socks5://proxy:1080",
                Token = "0123",
                ClientCertificate = pem,
                ClientKey = "key",
                Namespace = "true",
            },
            Stop);

        Assert.Null(context.Problem);
        Assert.Equal("clusters.yaml:arn:aws:eks:eu:1:cluster/x # \"y\" '", context.Identity.ClusterId);
        Assert.Equal("https://manual:6443/prefix", context.Cluster!.Server);
        Assert.Equal(pem, Encoding.UTF8.GetString(Convert.FromBase64String(context.Cluster.CertificateAuthorityData!)));
        Assert.Equal("api", context.Cluster.TlsServerName);
        Assert.Equal("socks5://proxy:1080", context.Cluster.ProxyUrl);
        Assert.Equal("0123", context.User!.Token);
        Assert.Equal(pem, Encoding.UTF8.GetString(Convert.FromBase64String(context.User.ClientCertificateData!)));
        Assert.Equal("key", Encoding.UTF8.GetString(Convert.FromBase64String(context.User.ClientKeyData!)));
        Assert.Equal("true", context.Namespace);
    }

    [Fact]
    public async Task A_name_that_is_there_is_replaced_and_the_others_stay()
    {
        await _writer.AddAsync(Cluster("a"), Stop);
        await _writer.AddAsync(Cluster("b"), Stop);

        await _writer.AddAsync(Cluster("a", "https://new"), Stop);

        Assert.Equal(["a", "b"], Written().Contexts.Select(c => c.Name));
        Assert.Equal("https://new", Written().Clusters["a"].Server);
        Assert.Empty(Written().Problems);
    }

    [Fact]
    public async Task A_removed_context_takes_its_cluster_and_user_along()
    {
        await _writer.AddAsync(Cluster("a"), Stop);
        await _writer.AddAsync(Cluster("b"), Stop);

        Assert.True(await _writer.RemoveAsync("a", Stop));

        var file = Written();
        Assert.Equal(["b"], file.Contexts.Select(c => c.Name));
        Assert.Equal(["b"], file.Clusters.Keys);
        Assert.Equal(["b"], file.Users.Keys);
    }

    [Fact]
    public async Task A_cluster_that_another_context_uses_stays()
    {
        _folder.Write("own/clusters.yaml", """
            clusters: [{name: c, cluster: {server: https://c}}]
            users: [{name: u, user: {}}]
            contexts:
            - {name: a, context: {cluster: c, user: u}}
            - {name: b, context: {cluster: c, user: u}}
            """);

        await _writer.RemoveAsync("a", Stop);

        Assert.Equal(["c"], Written().Clusters.Keys);
        Assert.Equal(["u"], Written().Users.Keys);
    }

    [Fact]
    public async Task Removing_what_is_not_there_changes_nothing()
    {
        Assert.False(await _writer.RemoveAsync("a", Stop));
        Assert.False(Directory.Exists(_folder["own"]));

        await _writer.AddAsync(Cluster("a"), Stop);
        var before = File.GetLastWriteTimeUtc(_writer.FilePath);
        Assert.False(await _writer.RemoveAsync("b", Stop));
        Assert.Equal(before, File.GetLastWriteTimeUtc(_writer.FilePath));
    }

    [Fact]
    public async Task What_the_writer_does_not_know_stays()
    {
        _folder.Write("own/clusters.yaml", "extra: {a: [1, \"2\"]}\nclusters:\n- name: c\n  cluster: {server: https://c, future: 1}\n");

        await _writer.AddAsync(Cluster("a"), Stop);

        var text = File.ReadAllText(_writer.FilePath);
        Assert.Contains("extra: {a: [1, \"2\"]}", text, StringComparison.Ordinal);
        Assert.Contains("future: 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("...", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clusters: [\n")]
    [InlineData("kind: Pod\n")]
    [InlineData("a note")]
    [InlineData("kind: Config\nkind: Config\n")]
    public async Task A_file_that_is_no_kubeconfig_is_left_alone(string text)
    {
        var path = _folder.Write("own/clusters.yaml", text);

        var fault = (await Assert.ThrowsAsync<FaultException>(() => _writer.AddAsync(Cluster("a"), Stop))).Fault;

        Assert.Equal(FaultPhase.Kubeconfig, fault.Phase);
        Assert.Contains(path, fault.Detail, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder["own"]), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    public static TheoryData<string, object> Unusable => new()
    {
        { "no name", new ManualCluster { Name = " ", Server = "https://c" } },
        { "not an http or https address", new ManualCluster { Name = "a", Server = "c:6443" } },
        { "only one of them", new ManualCluster { Name = "a", Server = "https://c", CertificateAuthority = "pem", InsecureSkipTlsVerify = true } },
        { "proxy-url", new ManualCluster { Name = "a", Server = "https://c", ProxyUrl = "proxy" } },
        { "belong together", new ManualCluster { Name = "a", Server = "https://c", ClientCertificate = "pem" } },
        { "belong together", new ManualCluster { Name = "a", Server = "https://c", ClientKey = "pem" } },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public async Task A_cluster_that_could_not_be_used_is_refused(string why, object cluster)
    {
        var fault = (await Assert.ThrowsAsync<FaultException>(() => _writer.AddAsync((ManualCluster)cluster, Stop))).Fault;

        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Contains(why, fault.Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(_writer.FilePath));
    }

    [Fact]
    public async Task Only_the_owner_may_read_what_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows and wine keep the profile's own permissions.");
        if (OperatingSystem.IsWindows()) return;

        await _writer.AddAsync(Cluster("a"), Stop);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_writer.FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["own"]));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_clear_error()
    {
        var writer = new KubeconfigWriter(Path.Combine(_folder.Write("file", ""), "clusters.yaml"));

        var fault = (await Assert.ThrowsAsync<FaultException>(() => writer.AddAsync(Cluster("a"), Stop))).Fault;

        Assert.StartsWith($"{writer.FilePath} cannot be written", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_session_at_work_is_waited_for_and_then_named()
    {
        var time = new TestClock();
        var writer = new KubeconfigWriter(_writer.FilePath, time);
        using var held = await FileLock.TakeAsync(_writer.FilePath, TimeProvider.System, Stop);
        var adding = writer.AddAsync(Cluster("a"), Stop);

        while (!adding.IsCompleted)
        {
            await Task.WhenAny(adding, time.WhenTimersAsync(1, Stop));
            time.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(FaultPhase.Conflict, (await Assert.ThrowsAsync<FaultException>(() => adding)).Fault.Phase);
    }

    [Fact]
    public async Task Sessions_that_add_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => new KubeconfigWriter(_writer.FilePath).AddAsync(Cluster($"c{i}"), Stop)));

        Assert.Equal(8, Written().Contexts.Count);
    }
}
