using MultiCluster.Credentials;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

public sealed class ExecPluginFaultTests : IDisposable
{
    private static readonly KubeconfigCluster Cluster = new() { Name = "prod", Server = "https://prod:6443" };

    private readonly PluginFolder _folder = new();
    private readonly TestClock _time = new();
    private readonly ExecPluginRunner _runner;

    public ExecPluginFaultTests() => _runner = new ExecPluginRunner(_time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = 30_000)]
    [InlineData("no-such-kube-plugin")]
    [InlineData("/no/such/kube-plugin")]
    public async Task A_missing_command_shows_how_to_install_it(string command)
    {
        var fault = await FaultOfAsync(new ExecConfig
        {
            ApiVersion = "client.authentication.k8s.io/v1",
            Command = command,
            InstallHint = "\u001b[1mGet it\u001b[0m from https://example.test\n",
        });

        Assert.Equal(FaultPhase.Credential, fault.Phase);
        Assert.Equal(CredentialProblem.MissingHelper, CredentialProblems.Of(fault));
        Assert.Equal($"Exec plugin {command} is not installed", fault.Detail);
        Assert.Equal("Get it from https://example.test", fault.Advice);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_missing_command_without_a_hint_still_has_advice()
    {
        var fault = await FaultOfAsync(new ExecConfig { ApiVersion = "client.authentication.k8s.io/v1", Command = "no-such-kube-plugin" });

        Assert.Equal("Install no-such-kube-plugin and put it on PATH.", fault.Advice);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_command_that_may_not_be_executed_says_so()
    {
        File.WriteAllText(_folder.File("plugin"), "");

        var fault = await FaultOfAsync(new ExecConfig { ApiVersion = "client.authentication.k8s.io/v1", Command = _folder.File("plugin") });

        Assert.Equal(CredentialProblem.HelperFailed, CredentialProblems.Of(fault));
        Assert.Contains("cannot be started (Permission denied)", fault.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_failing_plugin_is_quoted_without_its_secrets()
    {
        var plugin = _folder.Plugin(
            "echo 'token=hunter2hunter2 is no good' >&2; echo \"key was $API_KEY\" >&2; echo 'Login expired.' >&2; exit 7",
            env: KeyValuePair.Create("API_KEY", "s3cr3t"));

        var fault = await FaultOfAsync(plugin);

        Assert.Equal(CredentialProblem.HelperFailed, CredentialProblems.Of(fault));
        Assert.Equal("Exec plugin sh failed with exit code 7: token=*** is no good; key was ***; Login expired", fault.Detail);
    }

    [Fact(Timeout = 30_000)]
    public async Task Only_the_end_of_a_long_stderr_is_kept()
    {
        var fault = await FaultOfAsync(_folder.Plugin("i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done; exit 1"));

        Assert.EndsWith("line 2996; line 2997; line 2998; line 2999", fault.Detail, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("", "printed nothing")]
    [InlineData("<html>secret", "printed something that is not JSON")]
    [InlineData("[]", "printed JSON that is not an ExecCredential")]
    [InlineData("{\"kind\":\"Status\"}", "printed JSON that is not an ExecCredential")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}", "is configured for client.authentication.k8s.io/v1 but printed client.authentication.k8s.io/v1beta1")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"}", "printed an ExecCredential without status")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"\"}}", "printed neither a token nor a client certificate")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientKeyData\":\"x\"}}", "printed a client certificate or key without the other")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"x\",\"expirationTimestamp\":\"soon\"}}", "printed an expirationTimestamp that is no time")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"x\\ny\"}}", "printed a token that no header can carry")]
    [InlineData("{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientKeyData\":\"x\",\"clientCertificateData\":\"y\"}}", "printed a client certificate that cannot be used (clientCertificateData holds no PEM certificate)")]
    public async Task What_is_no_credential_is_named_without_its_words(string output, string expected)
    {
        File.WriteAllText(_folder.File("output"), output);

        var fault = await FaultOfAsync(_folder.Plugin("cat \"$dir/output\""));

        Assert.Equal(CredentialProblem.HelperFailed, CredentialProblems.Of(fault));
        Assert.Equal($"Exec plugin sh {expected}", fault.Detail);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plugin_that_prints_without_end_is_ended()
    {
        var fault = await FaultOfAsync(_folder.Plugin("yes"));

        Assert.Equal("Exec plugin sh printed more than 1024 KB", fault.Detail);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_credential_that_has_expired_is_refused()
    {
        var fault = await FaultOfAsync(_folder.Plugin(PluginFolder.Print("old", _time.GetUtcNow().AddSeconds(-1))));

        Assert.Equal(CredentialProblem.ExpiredCredentials, CredentialProblems.Of(fault));
        Assert.Equal("Exec plugin sh printed a credential that expired at 2025-12-31 23:59:59Z", fault.Detail);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Never", 60)]
    [InlineData("Always", 180)]
    public async Task A_plugin_that_hangs_is_ended_with_its_children(string mode, int seconds)
    {
        var call = _runner.GetAsync(
            _folder.Plugin($"{_folder.Announce()}; sleep 1000 & sleep 1000", interactiveMode: mode),
            Cluster,
            new ExecContext("a", InteractiveAllowed: true),
            Cancellation);
        using var alive = await _folder.StartedAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(call.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));

        var fault = await FaultAsync(call);
        Assert.Equal(CredentialProblem.HelperFailed, CredentialProblems.Of(fault));
        Assert.Equal($"Exec plugin sh printed no credential within {seconds} s and was ended", fault.Detail);
        Assert.IsType<TimeoutException>(fault.Cause);
        Assert.Null(await alive.ReadLineAsync(Cancellation));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("client.authentication.k8s.io/v1alpha1")]
    [InlineData("")]
    public async Task An_unsupported_version_is_refused_before_anything_runs(string version)
    {
        var fault = await FaultOfAsync(_folder.Plugin(PluginFolder.Print("t"), apiVersion: version));

        Assert.Equal(FaultPhase.Kubeconfig, fault.Phase);
        Assert.Contains("client.authentication.k8s.io/v1 or", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(0, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plugin_that_must_ask_needs_somebody_there()
    {
        var fault = await FaultOfAsync(_folder.Plugin(PluginFolder.Print("t"), interactiveMode: "Always"));

        Assert.Contains("this session is not interactive", fault.Detail, StringComparison.Ordinal);
        Assert.Equal(0, _folder.Runs);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_unknown_interactive_mode_is_refused()
    {
        var fault = await FaultOfAsync(_folder.Plugin(PluginFolder.Print("t"), interactiveMode: "Sometimes"));

        Assert.Equal(FaultPhase.Kubeconfig, fault.Phase);
        Assert.Equal("Use Never, IfAvailable or Always.", fault.Advice);
    }

    internal static async Task<Fault> FaultAsync(Task call) => (await Assert.ThrowsAsync<FaultException>(() => call)).Fault;

    private Task<Fault> FaultOfAsync(ExecConfig exec) =>
        FaultAsync(_runner.GetAsync(exec, Cluster, new ExecContext("a", InteractiveAllowed: false), Cancellation));
}
