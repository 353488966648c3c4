using MultiCluster.Credentials;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Credentials;

public sealed class PluginSecretsTests
{
    [Theory]
    [InlineData("AWS_PROFILE", "customer-acme", "profile customer-acme not found", "profile *** not found")]
    [InlineData("WHO", "swordfish", "preswordfishpost", "pre***post")]
    [InlineData("WHO", "fish", "fishing for fish, fish", "fishing for ***, ***")]
    [InlineData("PIN", "4711", "exit code 4711 of 147112", "exit code *** of 147112")]
    [InlineData("WHO", "  swordfish\n", "bad swordfish", "bad ***")]
    [InlineData("WHO", "s w/ordfish", "GET /?x=s%20w%2Fordfish", "GET /?x=***")]
    [InlineData("WHO", "swordfish", "sent c3dvcmRmaXNo", "sent ***")]
    [InlineData("WHO", "sword\"fish", "{\"x\":\"sword\\\"fish\"}", "{\"x\":\"***\"}")]
    [InlineData("WHO", "first line\nsecond line", "no: second line", "no: ***")]
    [InlineData("WHO", "first line\nsecond line", "no: first line\nsecond line", "no: ***")]
    [InlineData("PASSWORD", "quiet", "too quiet", "too ***")]
    [InlineData("WHO", "swordfish", "sword\u001b[1mfish", "***")]
    public void The_values_of_variables_are_masked_whatever_their_names(string name, string value, string said, string shown) =>
        Assert.Equal(shown, Summarize(said, new ExecConfig { Command = "x", Env = [KeyValuePair.Create(name, value)] }));

    [Theory]
    [InlineData("1", "exit 1 of 1")]
    [InlineData("true", "it is true")]
    [InlineData("INFO", "level=INFO")]
    [InlineData("eu", "no eu here")]
    [InlineData("", "nothing at all")]
    [InlineData("***", "a *** b")]
    [InlineData("----", "a ---- b")]
    public void Commonplaces_leave_a_message_its_sense(string value, string said) =>
        Assert.Equal(said, Summarize(said, new ExecConfig { Command = "x", Env = [KeyValuePair.Create("ANY", value)] }));

    [Theory]
    [InlineData("--client-secret=swordfish")]
    [InlineData("--client-secret", "swordfish")]
    [InlineData("-p", "--api-key", "swordfish")]
    [InlineData("client_secret=swordfish")]
    [InlineData("https://jane:swordfish@host")]
    public void So_is_what_arguments_hold_of_a_secret(params string[] arguments) =>
        Assert.Equal("I was given ***", Summarize("I was given swordfish", new ExecConfig { Command = "x", Args = arguments }));

    [Fact]
    public void Arguments_that_look_like_secrets_are_masked_and_others_are_not()
    {
        var exec = new ExecConfig { Command = "x", Args = ["get-token", "--cluster-name", "customer-acme", "--id=Zx81Qw77Tz90Lp34Rk65Vb21", "eu-central-1"] };

        Assert.Equal("no cluster customer-acme in eu-central-1 for ***", Summarize("no cluster customer-acme in eu-central-1 for Zx81Qw77Tz90Lp34Rk65Vb21", exec));
    }

    [Fact]
    public void So_are_the_passwords_in_the_clusters_addresses()
    {
        var cluster = new KubeconfigCluster { Name = "c", Server = "https://jane:sword%2Ffish@host", ProxyUrl = "http://joe:marlin42@proxy" };

        var secrets = PluginSecrets.Of(new ExecConfig { Command = "x" }, cluster);

        Assert.Equal("*** and *** by ***", SecretMask.Summarize("sword%2Ffish and sword/fish by marlin42", isCut: false, secrets));
    }

    [Fact]
    public void What_a_cut_leaves_of_a_value_with_blanks_is_dropped()
    {
        var exec = new ExecConfig { Command = "x", Env = [KeyValuePair.Create("ANY", "correct horse battery staple")] };

        Assert.Equal("is wrong", SecretMask.Summarize("rse battery staple is wrong", isCut: true, PluginSecrets.Of(exec, new KubeconfigCluster { Name = "c" })));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_plugin_that_prints_its_environment_tells_nothing()
    {
        using var folder = new PluginFolder();
        using var runner = new ExecPluginRunner(TimeProvider.System);
        var plugin = folder.Plugin("env | grep ^MINE >&2; echo \"$@\" >&2; exit 1", args: ["--password", "marlin42"], env: [KeyValuePair.Create("MINE", "swordfish"), KeyValuePair.Create("MINE_TOO", "1")]);

        var fault = await ExecPluginFaultTests.FaultAsync(runner.GetAsync(plugin, new KubeconfigCluster { Name = "c" }, new ExecContext("c", false), TestContext.Current.CancellationToken));

        Assert.DoesNotContain("swordfish", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marlin42", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MINE=***", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MINE_TOO=1", fault.Message, StringComparison.Ordinal);
    }

    private static string Summarize(string said, ExecConfig exec) =>
        SecretMask.Summarize(said, isCut: false, PluginSecrets.Of(exec, new KubeconfigCluster { Name = "c", Server = "https://c" }));
}
