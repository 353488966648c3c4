using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>Renewed tokens go into the kubeconfig, and nothing else of it changes.</summary>
public sealed class AuthProviderFileTests : IDisposable
{
    private static readonly Dictionary<string, string> Values = new() { ["id-token"] = "new\"id'", ["refresh-token"] = "new-refresh" };

    private const string Whole = """
        # mine
        clusters: [{name: it, cluster: {server: "https://127.0.0.1:1"}}]
        users:
        - name: other
          user:
            auth-provider: {name: oidc, config: &theirs {id-token: theirs}}
        - user:
            auth-provider: ENTRY
          name: it
        - name: it
          user: {token: second}
        contexts: [{name: it, context: {cluster: it, user: it}}]
        future: [1, 2]

        """;

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("name: oidc\n      config:\n        # the tokens\n        id-token: old # this one\n        refresh-token: 'old'\n        client-id: it", "name: oidc\n      config:\n        # the tokens\n        id-token: \"new\\\"id'\" # this one\n        refresh-token: \"new-refresh\"\n        client-id: it")]
    [InlineData("config:\n        client-id: it\n      name: oidc", "config:\n        refresh-token: \"new-refresh\"\n        id-token: \"new\\\"id'\"\n        client-id: it\n      name: oidc")]
    [InlineData("{name: oidc, config: {client-id: it}}", "{name: oidc, config: {\"refresh-token\": \"new-refresh\", \"id-token\": \"new\\\"id'\", client-id: it}}")]
    [InlineData("{\"name\":\"oidc\",\"config\":{\"id-token\":\"old\",\"client-id\":\"it\",\"refresh-token\":\"old\"}}", "{\"name\":\"oidc\",\"config\":{\"id-token\":\"new\\\"id'\",\"client-id\":\"it\",\"refresh-token\":\"new-refresh\"}}")]
    public async Task Only_the_tokens_change(string before, string after)
    {
        var path = _folder.Write("config", Text(before));

        await WriteAsync(path);

        Assert.Equal(Text(after), await File.ReadAllTextAsync(path, Stop));
        var user = KubeconfigReader.Read(path, await File.ReadAllTextAsync(path, Stop), Stop).Users["it"];
        Assert.Equal(("new\"id'", "new-refresh", "it"), (user.AuthProvider!.Config["id-token"], user.AuthProvider.Config["refresh-token"], user.AuthProvider.Config["client-id"]));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("# 😀 é\n", "\n")]
    [InlineData("", "\r\n")]
    public async Task Marks_letters_and_line_ends_stay(string start, string lineEnd)
    {
        string Of(string token) => start + Text($"name: oidc\n      config:\n        refresh-token: {token}\n        id-token: old").Replace("\n", lineEnd, StringComparison.Ordinal);
        var path = _folder.Write("config", Of("old"));

        await new AuthProviderFile(path, "it").WriteAsync(new Dictionary<string, string> { ["refresh-token"] = "new" }, TimeProvider.System, Stop);

        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(Of("\"new\"")), await File.ReadAllBytesAsync(path, Stop));
    }

    [Theory]
    [InlineData("{name: oidc, config: *theirs}")]
    [InlineData("name: oidc\n      config:\n        id-token: >-\n          ol\n          d\n        client-id: it")]
    [InlineData("name: oidc\n      config: {}")]
    [InlineData("name: oidc")]
    [InlineData("name: oidc\n      config: {id-token: &t old, refresh-token: *t}")]
    public async Task A_file_that_cannot_be_changed_without_changing_more_stays_what_it_is(string entry)
    {
        var text = Text(entry);
        var path = _folder.Write("config", text);

        var fault = (await Assert.ThrowsAsync<FaultException>(() => WriteAsync(path))).Fault;

        Assert.Contains(path, fault.Detail, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path, Stop));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_link_and_the_files_mode_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows and wine have no modes of files.");
        if (OperatingSystem.IsWindows()) return;
        var target = _folder.Write("real", Text("{name: oidc, config: {client-id: it}}"));
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(_folder["config"], target);

        await WriteAsync(_folder["config"]);

        Assert.Equal(target, new FileInfo(_folder["config"]).LinkTarget);
        Assert.Contains("new-refresh", await File.ReadAllTextAsync(target, Stop), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task It_waits_for_kubectls_lock()
    {
        var time = new TestClock();
        var path = _folder.Write("config", Text("{name: oidc, config: {client-id: it}}"));
        _folder.Write("config.lock", "");
        var writing = new AuthProviderFile(path, "it").WriteAsync(Values, time, Stop);
        await time.WhenTimersAsync(1, Stop);

        File.Delete(_folder["config.lock"]);
        time.Advance(TimeSpan.FromSeconds(1));
        await writing;

        Assert.Contains("new-refresh", await File.ReadAllTextAsync(path, Stop), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["config.lock"]));
    }

    [Fact]
    public async Task A_lock_that_stays_is_told_and_left()
    {
        var time = new TestClock();
        var path = _folder.Write("config", Text("{name: oidc, config: {client-id: it}}"));
        _folder.Write("config.lock", "");
        var writing = new AuthProviderFile(path, "it").WriteAsync(Values, time, Stop);
        await time.WhenTimersAsync(1, Stop);
        time.Advance(TimeSpan.FromSeconds(6));

        var fault = (await Assert.ThrowsAsync<FaultException>(() => writing)).Fault;

        Assert.Contains("config.lock is there", fault.Detail, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["config.lock"]));
    }

    private static Task WriteAsync(string path) => new AuthProviderFile(path, "it").WriteAsync(Values, TimeProvider.System, Stop);

    private static string Text(string entry) => Whole.Replace(" ENTRY", $"{(entry.StartsWith('{') ? " " : "\n      ")}{entry}", StringComparison.Ordinal);
}
