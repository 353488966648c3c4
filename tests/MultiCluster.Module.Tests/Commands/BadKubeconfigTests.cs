using MultiCluster.Clusters;
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
        using var shell = new Shell();

        var listed = shell.Run("Get-KubeCluster").Error;
        var selected = shell.Run("Select-KubeCluster prod").Error;

        Guidance.Check(listed, "Kube.Kubeconfig", "no kubeconfig with a context was found", shell.Kubeconfig, "KUBECONFIG");
        Guidance.Check(selected, "Kube.Kubeconfig", "no kubeconfig with a context was found", shell.Kubeconfig, "KUBECONFIG");
    }

    [Fact]
    public void A_file_that_does_not_parse_is_named_with_line_and_column_and_the_others_are_listed()
    {
        using var shell = new Shell(shared.Fleet);
        var broken = shell.File("broken");
        File.WriteAllText(broken, "apiVersion: v1\nclusters:\n- name: a\n  cluster: {server: 'https://a'\nusers: [s3cret\n");

        var run = shell.Run("Get-KubeCluster -Kubeconfig ./sandbox, ./broken");

        Assert.Equal(3, run.Of<KubeCluster>().Count);
        Guidance.Check(run.Error, "Kube.Kubeconfig", $"{broken}(", "Correct the file");
        Assert.Matches(@"\(\d+,\d+\): ", $"{run.Error}");
    }

    [Fact]
    public void A_file_named_with_Kubeconfig_that_is_not_there()
    {
        using var shell = new Shell(shared.Fleet);

        Guidance.Check(shell.Run("Get-KubeCluster -Kubeconfig ./nowhere").Error, "Kube.Kubeconfig", shell.File("nowhere"), "Correct the path");
    }

    [Theory]
    [InlineData("no-cluster", "{\"user\": \"u\"}", "cluster")]
    [InlineData("lost-cluster", "{\"cluster\": \"gone\", \"user\": \"u\"}", "gone")]
    [InlineData("lost-user", "{\"cluster\": \"c\", \"user\": \"gone\"}", "gone")]
    [InlineData("no-key", "{\"cluster\": \"c\", \"user\": \"no-key\"}", "without its key")]
    [InlineData("both", "{\"cluster\": \"both\", \"user\": \"u\"}", "insecure-skip-tls-verify")]
    public void A_context_that_cannot_be_used_is_listed_with_its_reason_and_refused(string name, string context, string reason)
    {
        using var shell = new Shell();
        Write(shell.Kubeconfig, [("c", Server), ("both", "{\"server\": \"https://a\", \"certificate-authority-data\": \"YQ==\", \"insecure-skip-tls-verify\": true}")], "{\"token\": \"s3cret\"}", (name, context));

        var listed = Assert.Single(shell.Run("Get-KubeCluster").Of<KubeCluster>());
        Assert.False(listed.Selectable);
        Assert.Contains(reason, listed.Reason);

        Guidance.Check(shell.Run($"Select-KubeCluster {name}").Error, "Kube.Kubeconfig", name, reason, shell.Kubeconfig);
        Assert.Empty(shell.Selected);
    }

    [Fact]
    public void An_id_that_fits_two_files_is_refused_with_both_paths()
    {
        using var shell = new Shell(shared.Fleet);
        var twin = shell.WriteContexts("other/sandbox", "staging", "staging");

        Guidance.Check(shell.Run("Select-KubeCluster -Id sandbox:staging -Kubeconfig ./sandbox, ./other/sandbox").Error, "Kube.Invalid", shell.Kubeconfig, twin, "-Kubeconfig");
        Assert.Empty(shell.Selected);
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
    public void A_credential_that_cannot_be_had_is_the_clusters_error(string user, string id, params string[] words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Neither Windows nor wine runs shell scripts, which the plugins are.");
        using var shell = new Shell();
        Write(shell.Kubeconfig, [("c", $"{{\"server\": \"{shared.Fleet["staging"].Server}\", \"insecure-skip-tls-verify\": true}}")], user, ("prod", "{\"cluster\": \"c\", \"user\": \"u\"}"));

        var run = shell.Run("Select-KubeCluster prod");

        Guidance.Check(run.Error, id, ["prod", .. words]);
        Assert.Contains("insecure-skip-tls-verify", Assert.Single(run.Warnings));
    }

    [Fact]
    public void A_plugin_that_hangs_is_given_up_with_the_calls_deadline()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Neither Windows nor wine runs shell scripts, which the plugins are.");
        using var shell = new Shell();
        Write(
            shell.Kubeconfig,
            [("c", $"{{\"server\": \"{shared.Fleet["staging"].Server}\", \"insecure-skip-tls-verify\": true}}")],
            "{\"exec\": {\"apiVersion\": \"client.authentication.k8s.io/v1\", \"interactiveMode\": \"Never\", \"command\": \"sleep\", \"args\": [\"3600\"]}}",
            ("prod", "{\"cluster\": \"c\", \"user\": \"u\"}"));
        shell.Select("prod");

        Guidance.Check(shell.Run("Get-KubeResource pod -DeadlineSec 1").Error, "Kube.Timeout", "prod", "-DeadlineSec");
    }

    [Fact]
    public void A_server_with_another_key_than_the_certificates()
    {
        using var shell = new Shell(shared.Fleet, UserKind.ClientCertificate);
        var keys = File.ReadAllLines(shell.Kubeconfig).Where(line => line.Contains("client-key-data", StringComparison.Ordinal)).ToArray();
        File.WriteAllText(shell.Kubeconfig, File.ReadAllText(shell.Kubeconfig).Replace(keys[0], keys[1], StringComparison.Ordinal));

        Guidance.Check(shell.Run("Select-KubeCluster prod-eu").Error, "Kube.Credential", "prod-eu", "key");
    }

    [Fact]
    public void Damaged_preferences_are_set_aside_with_a_warning_and_nothing_is_lost()
    {
        using var shell = new Shell(shared.Fleet);
        Preferences(shell, "{ damaged");

        var run = shell.Run("Get-KubeCluster");

        Assert.Equal(3, run.Of<KubeCluster>().Count);
        Assert.Contains("are kept as", Assert.Single(run.Warnings));
        Assert.Equal("{ damaged", File.ReadAllText(Assert.Single(Directory.GetFiles(shell.File("configuration"), "preferences.damaged-*"))));
    }

    [Fact]
    public void Preferences_of_a_newer_version_are_read_and_not_changed()
    {
        using var shell = new Shell(shared.Fleet);
        Preferences(shell, "{\"schemaVersion\": 99}");

        Guidance.Check(shell.Run("Set-KubeCluster staging -Alias x").Terminated!, "Kube.Invalid", "99", "Update MultiCluster.");
        Assert.Equal("{\"schemaVersion\": 99}", File.ReadAllText(shell.Session.Pool.Preferences.FilePath));

        Assert.Contains("not remembered", shell.Run("Select-KubeCluster staging -NoConnect").Warnings[^1]);
        Assert.Equal("staging", shell.SelectedNames);
    }

    [Fact]
    public void Preferences_that_cannot_be_written_do_not_keep_clusters_from_being_selected()
    {
        using var shell = new Shell(shared.Fleet);
        Preferences(shell, "{}");
        var path = shell.Session.Pool.Preferences.FilePath;
        File.SetAttributes(path, FileAttributes.ReadOnly);

        Guidance.Check(shell.Run("Set-KubeCluster staging -Alias x").Terminated!, "Kube.Invalid", path, "read-only");
        Assert.Contains("not remembered", Assert.Single(shell.Run("Select-KubeCluster staging -NoConnect").Warnings));
        Assert.Equal("staging", shell.SelectedNames);
        File.SetAttributes(path, FileAttributes.Normal);
    }

    private static void Preferences(Shell shell, string text)
    {
        Directory.CreateDirectory(shell.File("configuration"));
        File.WriteAllText(shell.Session.Pool.Preferences.FilePath, text);
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
