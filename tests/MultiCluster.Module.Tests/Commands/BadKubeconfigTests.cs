using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands;

/// <summary>Kubeconfigs and preferences that cannot be used: each is an error that names the thing and the way out.</summary>
public sealed class BadKubeconfigTests(SharedFleet shared)
{
    private const string Server = "{\"server\": \"https://127.0.0.1:9\"}";

    [Fact]
    public void No_kubeconfig_at_all()
    {
        using var session = new FleetSession();

        var listed = Assert.Single(session.Run(new CmdletRunner<GetKubeClusterCommand>()).Errors);
        var selected = Assert.Single(session.Run(new CmdletRunner<SelectKubeClusterCommand> { "prod" }).Errors);

        Check(listed, "Kube.Kubeconfig", "no kubeconfig with a context was found", session.Kubeconfig, "KUBECONFIG");
        Check(selected, "Kube.Kubeconfig", "no kubeconfig with a context was found", session.Kubeconfig, "KUBECONFIG");
    }

    [Fact]
    public void A_file_that_does_not_parse_is_named_with_line_and_column_and_the_others_are_listed()
    {
        using var session = new FleetSession(shared.Fleet);
        var broken = session.File("broken");
        File.WriteAllText(broken, "apiVersion: v1\nclusters:\n- name: a\n  cluster: {server: 'https://a'\nusers: [s3cret\n");

        var sink = session.Run(new CmdletRunner<GetKubeClusterCommand> { ["Kubeconfig"] = new[] { session.Kubeconfig, broken } });

        Assert.Equal(3, sink.Objects.Count);
        Check(Assert.Single(sink.Errors), "Kube.Kubeconfig", $"{broken}(", "Correct the file");
        Assert.Matches(@"\(\d+,\d+\): ", sink.Errors[0].Fault.Message);
    }

    [Fact]
    public void A_file_named_with_Kubeconfig_that_is_not_there()
    {
        using var session = new FleetSession(shared.Fleet);

        Check(Assert.Single(session.Run(new CmdletRunner<GetKubeClusterCommand> { ["Kubeconfig"] = session.File("nowhere") }).Errors), "Kube.Kubeconfig", session.File("nowhere"), "Correct the path");
    }

    [Theory]
    [InlineData("no-cluster", "{\"user\": \"u\"}", "cluster")]
    [InlineData("lost-cluster", "{\"cluster\": \"gone\", \"user\": \"u\"}", "gone")]
    [InlineData("lost-user", "{\"cluster\": \"c\", \"user\": \"gone\"}", "gone")]
    [InlineData("no-key", "{\"cluster\": \"c\", \"user\": \"no-key\"}", "without its key")]
    [InlineData("both", "{\"cluster\": \"both\", \"user\": \"u\"}", "insecure-skip-tls-verify")]
    public void A_context_that_cannot_be_used_is_listed_with_its_reason_and_refused(string name, string context, string reason)
    {
        using var session = new FleetSession();
        Write(session.Kubeconfig, [("c", Server), ("both", "{\"server\": \"https://a\", \"certificate-authority-data\": \"YQ==\", \"insecure-skip-tls-verify\": true}")], "{\"token\": \"s3cret\"}", (name, context));

        var listed = Assert.IsType<KubeCluster>(Assert.Single(session.Run(new CmdletRunner<GetKubeClusterCommand>()).Objects));
        Assert.False(listed.Selectable);
        Assert.Contains(reason, listed.Reason);

        var refused = session.Run(new CmdletRunner<SelectKubeClusterCommand> { name });
        Check(Assert.Single(refused.Errors), "Kube.Kubeconfig", name, reason, session.Kubeconfig);
        Assert.Empty(session.Selected);
    }

    [Fact]
    public void An_id_that_fits_two_files_is_refused_with_both_paths()
    {
        using var session = new FleetSession(shared.Fleet);
        Directory.CreateDirectory(session.File("other"));
        var twin = session.WriteCopy("other/sandbox", "staging", "staging");

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["Id"] = "sandbox:staging", ["Kubeconfig"] = new[] { session.Kubeconfig, twin } });

        Check(Assert.Single(sink.Errors), "Kube.Invalid", session.Kubeconfig, twin, "-Kubeconfig");
        Assert.Empty(session.Selected);
    }

    [Theory]
    [InlineData("{\"client-certificate\": \"no-such.pem\", \"client-key\": \"no-such.key\"}", "Kube.Credential", "no-such.pem")]
    [InlineData("{\"client-certificate-data\": \"czNjcmV0\", \"client-key-data\": \"czNjcmV0\"}", "Kube.Credential", "client-certificate")]
    [InlineData("{\"tokenFile\": \"no-such-file\"}", "Kube.Credential", "no-such-file")]
    [InlineData("{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1\", \"command\": \"no-such-helper\", \"interactiveMode\": \"Never\", \"installHint\": \"Install it.\"}}", "Kube.Credential", "no-such-helper", "Install it.")]
    [InlineData("{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1alpha1\", \"command\": \"sh\"}}", "Kube.Kubeconfig", "v1alpha1")]
    [InlineData("{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1\", \"interactiveMode\": \"Never\", \"command\": \"sh\", \"args\": [\"-c\", \"echo token=s3cret >&2; exit 3\"]}}", "Kube.Credential", "sh")]
    [InlineData("{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1\", \"interactiveMode\": \"Never\", \"command\": \"sh\", \"args\": [\"-c\", \"echo s3cret garbage\"]}}", "Kube.Credential", "sh")]
    [InlineData("{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1\", \"interactiveMode\": \"Never\", \"command\": \"sh\", \"args\": [\"-c\", \"echo '{\\\"apiVersion\\\":\\\"client.authentication.k8s.io/v1\\\",\\\"kind\\\":\\\"ExecCredential\\\",\\\"status\\\":{\\\"token\\\":\\\"s3cret\\\",\\\"expirationTimestamp\\\":\\\"2001-01-01T00:00:00Z\\\"}}'\"]}}", "Kube.Credential", "expired")]
    public void A_credential_that_cannot_be_had_is_the_clusters_error(string user, string errorId, params string[] words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugins are shell scripts.");
        using var session = new FleetSession();
        Write(session.Kubeconfig, [("c", $"{{\"server\": \"{shared.Fleet["staging"].Server}\", \"insecure-skip-tls-verify\": true}}")], user, ("prod", "{\"cluster\": \"c\", \"user\": \"u\"}"));

        var sink = session.Run(new CmdletRunner<SelectKubeClusterCommand> { "prod" });

        Check(Assert.Single(sink.Errors), errorId, ["prod", .. words]);
        Assert.Contains("insecure-skip-tls-verify", Assert.Single(sink.Warnings));
    }

    [Fact]
    public void A_plugin_that_hangs_is_given_up_with_the_calls_deadline()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugins are shell scripts.");
        using var session = new FleetSession();
        Write(
            session.Kubeconfig,
            [("c", $"{{\"server\": \"{shared.Fleet["staging"].Server}\", \"insecure-skip-tls-verify\": true}}")],
            "{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1\", \"interactiveMode\": \"Never\", \"command\": \"sleep\", \"args\": [\"3600\"]}}",
            ("prod", "{\"cluster\": \"c\", \"user\": \"u\"}"));
        session.Select("prod");

        Check(Assert.Single(session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["DeadlineSec"] = 1 }).Errors), "Kube.Timeout", "prod", "-DeadlineSec");
    }

    [Fact]
    public void A_server_with_another_key_than_the_certificates()
    {
        using var session = new FleetSession(shared.Fleet, UserKind.ClientCertificate);
        var keys = File.ReadAllLines(session.Kubeconfig).Where(line => line.Contains("client-key-data", StringComparison.Ordinal)).ToArray();
        File.WriteAllText(session.Kubeconfig, File.ReadAllText(session.Kubeconfig).Replace(keys[0], keys[1], StringComparison.Ordinal));

        Check(Assert.Single(session.Run(new CmdletRunner<SelectKubeClusterCommand> { "prod-eu" }).Errors), "Kube.Credential", "prod-eu", "key");
    }

    [Fact]
    public void Damaged_preferences_are_set_aside_with_a_warning_and_nothing_is_lost()
    {
        using var session = new FleetSession(shared.Fleet);
        Preferences(session, "{ damaged");

        var sink = session.Run(new CmdletRunner<GetKubeClusterCommand>());

        Assert.Equal(3, sink.Objects.Count);
        Assert.Contains("are kept as", Assert.Single(sink.Warnings));
        Assert.Equal("{ damaged", File.ReadAllText(Assert.Single(Directory.GetFiles(session.File("configuration"), "preferences.damaged-*"))));
    }

    [Fact]
    public void Preferences_of_a_newer_version_are_read_and_not_changed()
    {
        using var session = new FleetSession(shared.Fleet);
        Preferences(session, "{\"schemaVersion\": 99}");

        Check(session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "staging", ["Alias"] = "x" }).Terminated!, "Kube.Invalid", "99", "Update MultiCluster.");
        Assert.Equal("{\"schemaVersion\": 99}", File.ReadAllText(session.Session.Pool.Preferences.FilePath));

        Assert.Contains("not remembered", session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["Name"] = "staging", ["NoConnect"] = true }).Warnings[^1]);
        Assert.Equal("staging", session.SelectedNames);
    }

    [Fact]
    public void Preferences_that_cannot_be_written_do_not_keep_clusters_from_being_selected()
    {
        using var session = new FleetSession(shared.Fleet);
        Preferences(session, "{}");
        var path = session.Session.Pool.Preferences.FilePath;
        File.SetAttributes(path, FileAttributes.ReadOnly);

        Check(session.Run(new CmdletRunner<SetKubeClusterCommand> { ["Name"] = "staging", ["Alias"] = "x" }).Terminated!, "Kube.Invalid", path, "read-only");
        Assert.Contains("not remembered", Assert.Single(session.Run(new CmdletRunner<SelectKubeClusterCommand> { ["Name"] = "staging", ["NoConnect"] = true }).Warnings));
        Assert.Equal("staging", session.SelectedNames);
        File.SetAttributes(path, FileAttributes.Normal);
    }

    private static void Check(CmdletError error, string errorId, params string[] words)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{error.ErrorId}: {error.Fault.Message} -> {error.Fault.Advice}");
        Assert.Equal(errorId, error.ErrorId);
        Assert.False(string.IsNullOrEmpty(error.Fault.Advice), "The error says no way out.");
        var text = $"{error.Fault.Message} {error.Fault.Advice}";
        Assert.All(words, word => Assert.Contains(word, text));
    }

    private static void Preferences(FleetSession session, string text)
    {
        Directory.CreateDirectory(session.File("configuration"));
        File.WriteAllText(session.Session.Pool.Preferences.FilePath, text);
    }

    private static void Write(string path, (string Name, string Cluster)[] clusters, string user, (string Name, string Context) context) => File.WriteAllText(path, $$"""
        {
          "apiVersion": "v1", "kind": "Config",
          "clusters": [{{string.Join(", ", clusters.Select(cluster => $"{{\"name\": \"{cluster.Name}\", \"cluster\": {cluster.Cluster}}}"))}}],
          "users": [{"name": "u", "user": {{user}}}, {"name": "no-key", "user": {"client-certificate-data": "czNjcmV0"} }],
          "contexts": [{"name": "{{context.Name}}", "context": {{context.Context}}}]
        }
        """);
}
