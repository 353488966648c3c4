using System.Diagnostics;
using MultiCluster.Credentials;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

/// <summary>A plugin that is stopped leaves nothing behind. What becomes of it when PowerShell ends is tested with processes of their own.</summary>
public sealed class PluginTreeTests : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly ExecPluginRunner _runner = new(new TestClock());

    public PluginTreeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere only children whose parents live are found.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = 30_000)]
    [InlineData("(sleep 1000 &); sleep 1000")]
    [InlineData("(sh -c 'sleep 1000; true' &); sleep 1000")]
    [InlineData("trap '' INT TERM HUP; sleep 1000 & sleep 1000")]
    [InlineData("sleep 1000 & sleep 1000 & sleep 1000 & while :; do sleep 0.01 & done")]
    public async Task Whatever_it_has_started_ends_with_it(string code)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = GetAsync($"{_folder.Announce()}; {code}", cancel.Token);
        using var alive = await _folder.StartedAsync(Cancellation);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(await alive.ReadLineAsync(Cancellation));
    }

    [Fact(Timeout = 30_000)]
    public async Task When_disposing_is_done_they_are_gone()
    {
        var call = GetAsync($"{_folder.Announce()}; (echo $$ > /dev/null; sleep 1000 & echo $! > \"$dir/orphan\"); echo $$ > \"$dir/plugin\"; sleep 1000");
        using var alive = await _folder.StartedAsync(Cancellation);
        await TestSession.UntilAsync(() => _folder.Lines("plugin").Length == 1, "both run");

        _runner.Dispose();

        foreach (var name in new[] { "orphan", "plugin" })
            Assert.False(Runs(_folder.Lines(name).Single()), name);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => GetAsync("exit 0"));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_a_signal_ends_leaves_no_child_either()
    {
        // Ctrl+C in a terminal goes to the plugin, too, and its children in the background do not hear it.
        var call = GetAsync($"{_folder.Announce()}; (sleep 1000 &); kill -TERM $$; sleep 1000");
        using var alive = await _folder.StartedAsync(Cancellation);

        var fault = await ExecPluginFaultTests.FaultAsync(call);

        Assert.Contains("failed with exit code 143", fault.Detail, StringComparison.Ordinal);
        Assert.Null(await alive.ReadLineAsync(Cancellation));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_daemon_in_a_session_of_its_own_stays()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = GetAsync($"(setsid sh -c \"{_folder.Wait()}; echo here > '{_folder.File("daemon")}'\" &); {_folder.Announce()}; sleep 1000", cancel.Token);
        using var alive = await _folder.StartedAsync(Cancellation);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(await alive.ReadLineAsync(Cancellation));

        await _folder.ReleaseAsync(Cancellation);

        await TestSession.UntilAsync(() => _folder.Lines("daemon") is ["here"], "the daemon goes on");
    }

    [Fact]
    public void Nothing_is_started_once_it_was_ended()
    {
        using var tree = new PluginTree();
        tree.Kill();

        Assert.Throws<OperationCanceledException>(() => tree.Start(new ProcessStartInfo("true")));
    }

    // A zombie, which has ended and whose parent has not been told, does not.
    private static bool Runs(string id) => Directory.Exists($"/proc/{id}") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    private Task<ExecCredentialResult> GetAsync(string code, CancellationToken? cancellationToken = null) =>
        _runner.GetAsync(_folder.Plugin(code), new KubeconfigCluster { Name = "c", Server = "https://c" }, new ExecContext("c", false), cancellationToken ?? Cancellation);
}
