using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Credentials;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;
using MultiCluster.Typed;
using MultiCluster.Typed.Models;
using MultiCluster.Typed.Transport;
using TestCertificates = MultiCluster.Tests.Http.TestCertificates;

namespace MultiCluster.Tests.Typed;

/// <summary>How KubernetesClient logs in by plugins, beside the same login through ours; see <see cref="PeerTests"/>.</summary>
public sealed class PeerPluginTests : IAsyncDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly ConcurrentBag<IDisposable> _clients = [];
    private readonly WireServer _server;
    private TestSession? _session;
    private string _valid = "one";

    public PeerPluginTests()
    {
        _server = new WireServer(exchange => exchange.AnswerAsync(exchange.Head.Contains($"Bearer {_valid}", StringComparison.Ordinal) ? 200 : 401), _certificates.Server());
        Issue(_valid);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_splits_the_arguments_of_a_plugin_at_blanks()
    {
        Configure(_folder.Plugin($"""echo $# >> "$dir/counts"; {Print}""", ["two words"]));

        await Stock("c0").Version.GetCodeAsync(Stop);
        Assert.Equal(["2"], _folder.Lines("counts").Distinct());
        File.Delete(_folder.File("counts"));
        await (await OursAsync("c0"))[0].Version.GetCodeAsync(Stop);
        Assert.Equal(["1"], _folder.Lines("counts"));
    }

    [Fact]
    public async Task It_runs_a_plugin_twice_for_each_cluster_where_one_login_serves_them_all()
    {
        string[] contexts = [.. Enumerable.Range(0, 10).Select(i => $"c{i}")];
        Configure(_folder.Plugin(Print), contexts);

        foreach (var context in contexts)
            await Stock(context).Version.GetCodeAsync(Stop);
        Assert.Equal(20, _folder.Runs);
        foreach (var client in await OursAsync(contexts))
            await client.Version.GetCodeAsync(Stop);
        Assert.Equal(21, _folder.Runs);
    }

    [Fact]
    public async Task It_does_not_run_a_plugin_again_when_the_server_has_had_enough_of_a_token()
    {
        Configure(_folder.Plugin(Print));
        var stock = Stock("c0");
        var ours = (await OursAsync("c0"))[0];
        await stock.Version.GetCodeAsync(Stop);
        await ours.Version.GetCodeAsync(Stop);
        var runs = _folder.Runs;

        Issue(_valid = "two");

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => stock.Version.GetCodeAsync(Stop));
            Assert.Equal(HttpStatusCode.Unauthorized, refusal.Response.StatusCode);
        }

        Assert.Equal(runs, _folder.Runs);
        await ours.Version.GetCodeAsync(Stop);
        Assert.Equal(runs + 1, _folder.Runs);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        if (_session is not null)
            await _session.DisposeAsync();
        await _server.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    /// <summary>Shell code that prints the token of the hour.</summary>
    private static string Print => """cat "$dir/credential" """;

    private void Issue(string token) => File.WriteAllText(
        _folder.File("credential"), $$"""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"{{token}}"} }""");

    /// <summary>Contexts of as many clusters, and one user who logs in by a plugin.</summary>
    private void Configure(ExecConfig plugin, params string[] contexts)
    {
        contexts = contexts is [] ? ["c0"] : contexts;
        _session = TestSession.Offline(contexts);
        var cluster = new Dictionary<string, string> { ["server"] = _server.Url, ["certificate-authority-data"] = _certificates.AuthorityData };
        var exec = new { apiVersion = plugin.ApiVersion, command = plugin.Command, args = plugin.Args, interactiveMode = plugin.InteractiveMode };
        var text = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = contexts.Select(name => new { name, cluster }),
            ["contexts"] = contexts.Select(name => new { name, context = new { cluster = name, user = "me" } }),
            ["users"] = new[] { new { name = "me", user = new { exec } } },
        });
        File.WriteAllText(_session.Kubeconfig, text);
    }

    private IKubernetes Stock(string context) => Kept(new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(_session!.Kubeconfig, context)));

    private async Task<IKubernetes[]> OursAsync(params string[] contexts)
    {
        await _session!.SelectAsync(contexts);
        return [.. contexts.Select(name => Kept(KubeClient.Of(_session.Connection(name), ModelStore.Of(_session.Pool), new KubeClientOptions())))];
    }

    private IKubernetes Kept(IKubernetes client)
    {
        _clients.Add(client);
        return client;
    }
}
