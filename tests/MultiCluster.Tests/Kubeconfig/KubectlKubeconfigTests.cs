using System.Diagnostics;
using MultiCluster.Clusters;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>Kubeconfigs of all shapes before kubectl and before us: what it takes we take, but for what is said to be ours to refuse.</summary>
public sealed class KubectlKubeconfigTests : IAsyncDisposable
{
    private readonly WireServer _server = new(WireServer.Always(200, """{"gitVersion": "v1.33.0"}"""));
    private readonly TestSession _session = TestSession.Offline("x");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A kubeconfig, whether kubectl takes it, and whether we do.</summary>
    public static TheoryData<string, bool, bool> Kubeconfigs => new()
    {
        { File(), true, true },
        { File(server: "http://localhost:PORT/"), true, true },
        { File(server: "HTTP://127.0.0.1:PORT"), true, true },

        // k3d's default, and what a hostless listener is called with IPv6.
        { File(server: "http://0.0.0.0:PORT"), true, true },
        { File(server: "http://[::]:PORT"), true, true },

        // kubectl proxy: no scheme, no user.
        { File(server: "localhost:PORT"), true, true },
        { File(server: "127.0.0.1:PORT/"), true, true },
        { File(context: "{cluster: c}"), true, true },
        { File(context: "{cluster: c, user: ''}"), true, true },
        { File(server: "localhost:PORT/prefix"), false, false },
        { File(server: "//127.0.0.1:PORT"), false, false },
        { File(server: "/var/run/api"), false, false },
        { File(server: "https:/127.0.0.1"), false, false },

        // kubectl asks as nobody in particular. A user that was renamed in one place only must not become that.
        { File(context: "{cluster: c, user: ghost}"), true, false },
        { File(context: "{cluster: ghost, user: u}"), false, false },

        // Names that are empty or missing are names.
        { File(names: false), true, true },
        { "contexts: [{context: {}}]\nclusters: [{cluster: {server: 'http://127.0.0.1:PORT'}}]\nusers: [{user: {token: t}}]\n", true, true },

        // YAML that tools write.
        { File(token: "!!binary dA=="), true, true },
        { File(token: "!!str t"), true, true },
        { File(token: "!mine t"), true, true },
        { File(token: "!!binary '%%%'"), false, false },
        { File(token: "[t]"), false, false },
        { File(token: "t\n    as: [nobody]"), false, false }, // without it, it would be somebody else who acts
        { File(token: "1234"), false, true },
        { File() + "---\nkind: Pod\n", true, true },
        { File() + "current-context: x\n", true, true },
        { File().Replace("apiVersion: v1\nkind: Config\n", "", StringComparison.Ordinal), true, true },
        { File().Replace("kind: Config", "kind: Pod", StringComparison.Ordinal), false, false },
        { File().Replace("apiVersion: v1", "apiVersion: v2", StringComparison.Ordinal), false, false },
        { "x: &x {server: 'http://127.0.0.1:PORT'}\n" + File().Replace("{server: 'http://127.0.0.1:PORT'}", "{<<: *x}", StringComparison.Ordinal), true, true },

        // One entry that is wrong costs kubectl the file, and us the entry.
        { File() + "clusters2: []\n", true, true },
        { File().Replace("contexts:\n", "contexts:\n- just a text\n", StringComparison.Ordinal), false, true },
        { File().Replace("users:\n", "users:\n- {name: u, user: {token: s}}\n", StringComparison.Ordinal), false, true },
        { """{"kind": "Config", "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:PORT"}}], "contexts": [{"name": "x\ud800", "context": {"cluster": "c"}}], "current-context": "x\ud800"}""", false, true },
    };

    [Theory]
    [MemberData(nameof(Kubeconfigs))]
    public async Task Kubectl_and_we_take_the_same(string kubeconfig, bool kubectl, bool we)
    {
        var path = _session.Folder.Write("tried", kubeconfig.Replace("PORT", $"{_server.Port}", StringComparison.Ordinal));

        Assert.Equal(we, await WeAsync(path));
        Assert.SkipWhen(Kubectl is null, "There is no kubectl in the PATH.");
        Assert.Equal(kubectl, await KubectlAsync(path));
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static string? Kubectl => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(System.IO.File.Exists);

    private static string File(string server = "http://127.0.0.1:PORT", string context = "{cluster: c, user: u}", string token = "t", bool names = true) =>
        $"apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {{server: '{server}'}}\nusers:\n- name: u\n  user:\n    token: {token}\n"
        + $"contexts:\n- context: {context}\n{(names ? "  name: x\ncurrent-context: x\n" : "")}";

    private async Task<bool> WeAsync(string path)
    {
        var result = await _session.Pool.SelectAsync(new SelectionRequest { Current = true, Kubeconfig = [path] }, Stop);
        return result.Clusters is [var cluster] && (await cluster.Connection!.TestAsync(TimeSpan.FromSeconds(30), Stop)).Reachable;
    }

    private static async Task<bool> KubectlAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(Kubectl!, ["get", "--raw", "/version", "--kubeconfig", path, "--request-timeout", "30s"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return process.ExitCode == 0 && output.Contains("v1.33.0", StringComparison.Ordinal);
    }
}
