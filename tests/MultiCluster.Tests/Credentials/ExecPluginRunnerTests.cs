using MultiCluster.Credentials;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

public sealed class ExecPluginRunnerTests : IDisposable
{
    private static readonly KubeconfigCluster Cluster = new() { Name = "prod", Server = "https://prod:6443" };

    private readonly PluginFolder _folder = new();
    private readonly TestClock _time = new();
    private readonly ExecPluginRunner _runner;

    public ExecPluginRunnerTests() => _runner = new ExecPluginRunner(_time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plugin_prints_a_token()
    {
        var result = await GetAsync(_folder.Plugin(PluginFolder.Print("abc")));

        Assert.Equal("Bearer abc", result.Authorization?.ToString());
        Assert.Null(result.Certificate);
        Assert.Null(result.Expires);
    }

    [Fact(Timeout = 30_000)]
    public async Task Both_supported_versions_are_understood()
    {
        const string Beta = "client.authentication.k8s.io/v1beta1";

        var result = await GetAsync(_folder.Plugin(PluginFolder.Print("beta", apiVersion: Beta), apiVersion: Beta));

        Assert.Equal("beta", result.Authorization?.Parameter);
    }

    [Fact(Timeout = 30_000)]
    public async Task Twenty_callers_share_one_process()
    {
        var plugin = _folder.Plugin($"{_folder.Announce()}; {_folder.Wait()}; {PluginFolder.Print("shared")}");
        var calls = Enumerable.Range(0, 20).Select(i => GetAsync(plugin, $"cluster-{i}")).ToList();
        using var alive = await _folder.StartedAsync(Cancellation);
        await _folder.ReleaseAsync(Cancellation);

        var results = await Task.WhenAll(calls);

        Assert.Single(results.Distinct());
        Assert.Equal(1, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_credential_without_expiry_is_kept()
    {
        var plugin = _folder.Plugin(PluginFolder.Print("kept"));
        await GetAsync(plugin);
        _time.Advance(TimeSpan.FromDays(30));
        await GetAsync(plugin);

        Assert.Equal(1, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_credential_is_renewed_30_seconds_before_it_expires()
    {
        var plugin = _folder.Plugin(PluginFolder.Print("short", _time.GetUtcNow().AddMinutes(10)));
        await GetAsync(plugin);
        _time.Advance(TimeSpan.FromSeconds(569));
        await GetAsync(plugin);
        Assert.Equal(1, _folder.Runs);

        _time.Advance(TimeSpan.FromSeconds(1));
        await GetAsync(plugin);

        Assert.Equal(2, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_credential_near_its_end_is_kept_for_half_of_what_is_left()
    {
        var plugin = _folder.Plugin(PluginFolder.Print("near", _time.GetUtcNow().AddSeconds(20)));
        await GetAsync(plugin);
        _time.Advance(TimeSpan.FromSeconds(9));
        await GetAsync(plugin);
        Assert.Equal(1, _folder.Runs);

        _time.Advance(TimeSpan.FromSeconds(1));
        await GetAsync(plugin);

        Assert.Equal(2, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task Go_s_zero_time_is_no_expiry() =>
        Assert.Null((await GetAsync(_folder.Plugin(PluginFolder.Print("zero", DateTimeOffset.MinValue)))).Expires);

    [Fact(Timeout = 30_000)]
    public async Task Other_arguments_or_variables_make_another_run()
    {
        var plugin = _folder.Plugin("""printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s-%s"}}' "$1" "$WHO" """);
        ExecConfig With(string argument, string who) => new()
        {
            ApiVersion = plugin.ApiVersion,
            Command = plugin.Command,
            Args = [.. plugin.Args, argument],
            Env = [KeyValuePair.Create("WHO", who)],
            InteractiveMode = "Never",
        };

        var tokens = new List<string?>();
        foreach (var exec in new[] { With("a", "jane"), With("b", "jane"), With("a", "joe"), With("a", "jane") })
            tokens.Add((await GetAsync(exec)).Authorization?.Parameter);

        Assert.Equal(["a-jane", "b-jane", "a-joe", "a-jane"], tokens);
        Assert.Equal(3, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_cluster_makes_another_run_only_where_the_plugin_is_told_about_it()
    {
        var other = new KubeconfigCluster { Name = "dev", Server = "https://dev:6443" };
        var blind = _folder.Plugin(PluginFolder.Print("blind"));
        await _runner.GetAsync(blind, Cluster, new ExecContext("a", false), Cancellation);
        await _runner.GetAsync(blind, other, new ExecContext("b", false), Cancellation);
        Assert.Equal(1, _folder.Runs);

        var told = _folder.Plugin(PluginFolder.Print("told"), provideClusterInfo: true);
        await _runner.GetAsync(told, Cluster, new ExecContext("a", false), Cancellation);
        await _runner.GetAsync(told, other, new ExecContext("b", false), Cancellation);
        await _runner.GetAsync(told, Cluster with { Name = "alias" }, new ExecContext("c", false), Cancellation);
        Assert.Equal(3, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_one_cluster_rejects_stays_good_for_the_others()
    {
        var plugin = _folder.Plugin(PluginFolder.Print("token"));
        var first = await GetAsync(plugin, "a");
        _runner.Invalidate(plugin, Cluster, new ExecContext("a", false), first);

        Assert.Same(first, await GetAsync(plugin, "b"));
        Assert.Equal(1, _folder.Runs);
        var second = await GetAsync(plugin, "a");
        Assert.Equal(2, _folder.Runs);
        Assert.Same(second, await GetAsync(plugin, "b"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_rejection_of_an_older_credential_changes_nothing()
    {
        var plugin = _folder.Plugin(PluginFolder.Print("token"));
        var context = new ExecContext("a", false);
        var first = await GetAsync(plugin, "a");
        _runner.Invalidate(plugin, Cluster, context, first);
        var second = await GetAsync(plugin, "a");

        _runner.Invalidate(plugin, Cluster, context, first);

        Assert.Same(second, await GetAsync(plugin, "a"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_failure_is_not_kept()
    {
        var plugin = _folder.Plugin($"if [ -e \"$dir/ok\" ]; then {PluginFolder.Print("late")}\nelse exit 1; fi");
        await ExecPluginFaultTests.FaultAsync(GetAsync(plugin));
        File.WriteAllText(_folder.File("ok"), "");

        Assert.Equal("late", (await GetAsync(plugin)).Authorization?.Parameter);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_stops_waiting_does_not_stop_the_plugin_for_the_others()
    {
        var plugin = _folder.Plugin($"{_folder.Announce()}; {_folder.Wait()}; {PluginFolder.Print("patient")}");
        using var hasty = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var left = GetAsync(plugin, "a", hasty.Token);
        var stayed = GetAsync(plugin, "b");
        using var alive = await _folder.StartedAsync(Cancellation);

        await hasty.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await _folder.ReleaseAsync(Cancellation);

        Assert.Equal("patient", (await stayed).Authorization?.Parameter);
    }

    [Fact(Timeout = 30_000)]
    public async Task When_the_last_one_leaves_the_plugin_and_its_children_end()
    {
        var plugin = _folder.Plugin($"{_folder.Announce()}; sleep 1000 & sleep 1000");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task[] calls = [GetAsync(plugin, "a", cancel.Token), GetAsync(plugin, "b", cancel.Token)];
        using var alive = await _folder.StartedAsync(Cancellation);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(calls));
        Assert.Null(await alive.ReadLineAsync(Cancellation));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_comes_after_a_cancelled_run_gets_a_run_of_its_own()
    {
        var plugin = _folder.Plugin(
            $"if [ -e \"$dir/again\" ]; then {PluginFolder.Print("second")}\nexit; fi\ntouch \"$dir/again\"; {_folder.Announce()}; sleep 1000");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = GetAsync(plugin, "a", cancel.Token);
        using var alive = await _folder.StartedAsync(Cancellation);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.Equal("second", (await GetAsync(plugin)).Authorization?.Parameter);
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_ends_the_plugins()
    {
        var call = GetAsync(_folder.Plugin($"{_folder.Announce()}; sleep 1000"));
        using var alive = await _folder.StartedAsync(Cancellation);

        _runner.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(await alive.ReadLineAsync(Cancellation));
    }

    [Fact(Timeout = 30_000)]
    public async Task Interactive_plugins_run_one_after_the_other()
    {
        string Code(int number) => $"echo start {number} >> \"$dir/order\"; {_folder.Wait($"go{number}")}; echo end {number} >> \"$dir/order\"; {PluginFolder.Print("t")}";
        var context = new ExecContext("a", InteractiveAllowed: true);
        var first = _runner.GetAsync(_folder.Plugin(Code(1), interactiveMode: "Always"), Cluster, context, Cancellation);
        var second = _runner.GetAsync(_folder.Plugin(Code(2), interactiveMode: "IfAvailable"), Cluster, context, Cancellation);
        await _folder.ReleaseAsync(Cancellation, "go1");
        await first;
        await _folder.ReleaseAsync(Cancellation, "go2");
        await second;

        Assert.Equal(["start 1", "end 1", "start 2", "end 2"], _folder.Lines("order"));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_the_user_logged_in_for_serves_those_who_cannot_ask()
    {
        var plugin = _folder.Plugin(PluginFolder.Print("t"), interactiveMode: "IfAvailable");
        var asked = await _runner.GetAsync(plugin, Cluster, new ExecContext("a", InteractiveAllowed: true), Cancellation);

        Assert.Same(asked, await GetAsync(plugin, "b"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_can_answer_a_prompt_does_not_share_a_run_that_cannot_ask()
    {
        var plugin = _folder.Plugin(
            $"case \"$KUBERNETES_EXEC_INFO\" in *'\"interactive\":true'*) {PluginFolder.Print("asked")}\n;; *) {_folder.Announce()}; {_folder.Wait()}; exit 1;; esac",
            interactiveMode: "IfAvailable");
        var mute = GetAsync(plugin, "a");
        using var alive = await _folder.StartedAsync(Cancellation);

        var asked = await _runner.GetAsync(plugin, Cluster, new ExecContext("b", InteractiveAllowed: true), Cancellation);

        Assert.Equal("asked", asked.Authorization?.Parameter);
        await _folder.ReleaseAsync(Cancellation);
        await ExecPluginFaultTests.FaultAsync(mute);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_waiting_interactive_plugin_does_not_delay_one_that_asks_nobody()
    {
        var context = new ExecContext("a", InteractiveAllowed: true);
        var asking = _runner.GetAsync(
            _folder.Plugin($"{_folder.Wait()}; {PluginFolder.Print("asked")}", interactiveMode: "Always"), Cluster, context, Cancellation);

        await _runner.GetAsync(_folder.Plugin(PluginFolder.Print("quiet")), Cluster, context, Cancellation);

        Assert.False(asking.IsCompleted);
        await _folder.ReleaseAsync(Cancellation);
        await asking;
    }

    [Fact(Timeout = 30_000)]
    public async Task An_interactive_plugins_prompt_is_shown_while_it_waits()
    {
        var prompt = new TaskCompletionSource<string>();
        using var runner = new ExecPluginRunner(_time, text => prompt.TrySetResult(text));
        var call = runner.GetAsync(
            _folder.Plugin($"printf 'Open https://login and type ABCD' >&2; {_folder.Wait()}; {PluginFolder.Print("t")}", interactiveMode: "IfAvailable"),
            Cluster,
            new ExecContext("a", InteractiveAllowed: true),
            Cancellation);

        Assert.Equal("Open https://login and type ABCD", await prompt.Task.WaitAsync(Cancellation));
        await _folder.ReleaseAsync(Cancellation);
        await call;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plugin_that_asks_nobody_finds_its_stdin_closed()
    {
        var plugin = _folder.Plugin($"cat > \"$dir/stdin\"; {PluginFolder.Print("t")}", interactiveMode: "IfAvailable");

        await GetAsync(plugin);

        Assert.Empty(_folder.Lines("stdin"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_daemon_that_keeps_the_plugins_stderr_open_does_not_hold_up_the_credential()
    {
        var result = await GetAsync(_folder.Plugin($"{_folder.Wait()} & {PluginFolder.Print("ready")}"));

        Assert.Equal("ready", result.Authorization?.Parameter);
        await _folder.ReleaseAsync(Cancellation);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_daemon_that_keeps_the_plugins_stdout_open_holds_up_the_credential_for_two_seconds()
    {
        // More blanks than a pipe holds: when the plugin has ended, the credential before them has been read.
        const string Blanks = "head -c 300000 /dev/zero | tr '\\0' ' '";
        var call = GetAsync(_folder.Plugin($"{PluginFolder.Print("ready")}\n{Blanks}; {{ {_folder.Wait()}; }} 3>&1 &"));
        // The bound on the run, then the grace for the pipes.
        await _time.WhenTimersAsync(2, Cancellation);
        Assert.False(call.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("ready", (await call).Authorization?.Parameter);
        await _folder.ReleaseAsync(Cancellation);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_finished_run_leaves_no_timer()
    {
        await GetAsync(_folder.Plugin(PluginFolder.Print("t")));

        Assert.Equal(0, _time.ActiveTimers);
    }

    private Task<ExecCredentialResult> GetAsync(ExecConfig exec, string clusterId = "config:prod", CancellationToken? cancellationToken = null) =>
        _runner.GetAsync(exec, Cluster, new ExecContext(clusterId, InteractiveAllowed: false), cancellationToken ?? Cancellation);
}
