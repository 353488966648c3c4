using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigReaderTests
{
    private static readonly string FilePath = Path.Combine(Path.GetTempPath(), "kube", "config");

    internal const string Usual = """
        apiVersion: v1
        kind: Config
        preferences: {}
        current-context: prod
        clusters:
        - cluster:
            server: https://prod.example:6443/k8s/clusters/c-1
            certificate-authority-data: Q0E=
            tls-server-name: api.prod
            proxy-url: socks5://proxy:1080
            disable-compression: true
          name: prod-cluster
        users:
        - name: jane
          user:
            token: "1234"
            as: admin
            as-uid: "7"
            as-groups: [ops, dev]
            as-user-extra:
              reason: [incident, drill]
        contexts:
        - context:
            cluster: prod-cluster
            user: jane
            namespace: web
          name: prod
        """;

    private static KubeconfigFile Read(string text) => KubeconfigReader.Read(FilePath, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Every_cluster_field_is_read()
    {
        var cluster = Read(Usual).Clusters["prod-cluster"];

        Assert.Equal("https://prod.example:6443/k8s/clusters/c-1", cluster.Server);
        Assert.Equal("Q0E=", cluster.CertificateAuthorityData);
        Assert.Equal("api.prod", cluster.TlsServerName);
        Assert.Equal("socks5://proxy:1080", cluster.ProxyUrl);
        Assert.True(cluster.DisableCompression);
        Assert.False(cluster.InsecureSkipTlsVerify);
    }

    [Fact]
    public void Impersonation_is_read()
    {
        var user = Read(Usual).Users["jane"];

        Assert.Equal("1234", user.Token);
        Assert.Equal("admin", user.Impersonate);
        Assert.Equal("7", user.ImpersonateUid);
        Assert.Equal(["ops", "dev"], user.ImpersonateGroups);
        Assert.Equal(["incident", "drill"], user.ImpersonateExtra["reason"]);
    }

    [Fact]
    public void A_context_is_read_with_its_namespace()
    {
        var file = Read(Usual);

        Assert.Equal([new ContextEntry("prod", "prod-cluster", "jane", "web")], file.Contexts);
        Assert.Equal("prod", file.CurrentContext);
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Paths_resolve_against_the_folder_of_the_file()
    {
        var file = Read("""
            clusters:
            - name: c
              cluster: {certificate-authority: pki/ca.crt}
            users:
            - name: u
              user:
                client-certificate: ../client.crt
                client-key: client.key
                tokenFile: token
                exec: {command: ./bin/login}
            """);

        var folder = Path.GetDirectoryName(FilePath)!;
        Assert.Equal(Path.Combine(folder, "pki", "ca.crt"), file.Clusters["c"].CertificateAuthorityFile);
        var user = file.Users["u"];
        Assert.Equal(Path.Combine(Path.GetDirectoryName(folder)!, "client.crt"), user.ClientCertificateFile);
        Assert.Equal(Path.Combine(folder, "client.key"), user.ClientKeyFile);
        Assert.Equal(Path.Combine(folder, "token"), user.TokenFile);
        Assert.Equal(Path.Combine(folder, "bin", "login"), user.Exec!.Command);
    }

    [Fact]
    public void A_plugin_without_a_separator_is_left_to_PATH()
    {
        var exec = Read("""
            users:
            - name: u
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: aws
                  args: [eks, get-token, --cluster-name, "7"]
                  env:
                  - {name: AWS_PROFILE, value: prod}
                  installHint: Install the CLI.
                  provideClusterInfo: true
                  interactiveMode: Never
            """).Users["u"].Exec!;

        Assert.Equal("aws", exec.Command);
        Assert.Equal("client.authentication.k8s.io/v1", exec.ApiVersion);
        Assert.Equal(["eks", "get-token", "--cluster-name", "7"], exec.Args);
        Assert.Equal([new("AWS_PROFILE", "prod")], exec.Env);
        Assert.Equal("Install the CLI.", exec.InstallHint);
        Assert.True(exec.ProvideClusterInfo);
        Assert.Equal("Never", exec.InteractiveMode);
    }

    [Fact]
    public void The_exec_extension_of_a_cluster_becomes_json()
    {
        var cluster = Read("""
            clusters:
            - name: c
              cluster:
                extensions:
                - extension: {last-update: today, version: v1}
                  name: cluster_info
                - name: client.authentication.k8s.io/exec
                  extension:
                    audience: "06e3"
                    port: 8443
                    ratio: 0.5
                    on: true
                    nothing: null
                    scopes: [a, b]
            """).Clusters["c"];

        Assert.Equal("""{"audience":"06e3","port":8443,"ratio":0.5,"on":true,"nothing":null,"scopes":["a","b"]}""", cluster.ExecExtension);
    }

    [Fact]
    public void An_auth_provider_is_named_without_its_secrets()
    {
        var user = Read("users: [{name: u, user: {auth-provider: {config: {refresh-token: x}, name: oidc}}}]").Users["u"];

        Assert.Equal(("oidc", "x"), (user.AuthProvider!.Name, user.AuthProvider.Config["refresh-token"]));
    }

    [Fact]
    public void Unknown_fields_and_extensions_are_passed_over()
    {
        var file = Read("""
            future: {deep: [{er: 1}]}
            ? [complex, key]
            : value
            contexts:
            - name: a
              extra: [1, 2]
              context:
                cluster: c
                user: u
                extensions: [{name: minikube, extension: {provider: minikube.sigs.k8s.io}}]
            """);

        Assert.Equal([new ContextEntry("a", "c", "u", null)], file.Contexts);
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void An_entry_of_the_wrong_shape_costs_only_itself()
    {
        var file = Read("""
            clusters: oops
            contexts:
            - just a text
            - {name: [not, a, text]}
            - name: good
              context: {cluster: c, user: u, namespace: [not, a, text]}
            """);

        Assert.Equal([new ContextEntry("", null, null, null), new ContextEntry("good", "c", "u", null)], file.Contexts);
        Assert.Equal([1, 3, 4, 6], file.Problems.Select(p => p.Line));
    }

    [Fact]
    public void A_syntax_error_is_told_with_its_place()
    {
        var problem = Assert.Single(Read("apiVersion: v1\nclusters:\n- name: a\n cluster: {\n").Problems);

        Assert.True(problem.IsFileLost);
        Assert.Equal(FilePath, problem.Path);
        Assert.InRange(problem.Line, 3, 5);
        Assert.StartsWith($"{FilePath}({problem.Line},{problem.Column}): This is not valid YAML.", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users:\n- name: u\n  user:\n    token: s3cr3t: s3cr3t\n")]
    [InlineData("users:\n- name: u\n  user:\n    token: \"s3cr3t\n")]
    [InlineData("users:\n- name: u\n  user:\n    token: !s3cr3t!x y\n")]
    [InlineData("users:\n- name: u\n  user:\n    token: *s3cr3t\n")]
    [InlineData("users:\n- name: u\n  user:\n    token: @s3cr3t\n")]
    [InlineData("users:\n- name: u\n  user:\n    token: [s3cr3t\n")]
    [InlineData("users:\n- name: u\n  user:\n    token: \"\\s3cr3t\"\n")]
    [InlineData("{\"users\": [{\"name\": \"u\", \"user\": {\"token\": s3cr3t}}")]
    [InlineData("users:\n- name: u\n  user: s3cr3t\n")]
    [InlineData("users:\n- name: u\n  user: {client-key-data: [s3cr3t]}\n")]
    public void No_message_repeats_what_the_file_holds(string text)
    {
        var file = Read(text);

        Assert.NotEmpty(file.Problems);
        Assert.DoesNotContain(file.Problems, p => p.ToString().Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_stay_the_text_they_are()
    {
        var user = Read("users: [{name: u, user: {client-key-data: '%%% no base64', token: '007'}}]").Users["u"];

        Assert.Equal("%%% no base64", user.ClientKeyData);
        Assert.Equal("007", user.Token);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("True", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("", false)]
    public void Booleans_are_read_as_kubectl_reads_them(string text, bool expected)
    {
        var file = Read($"clusters:\n- name: c\n  cluster:\n    insecure-skip-tls-verify: {text}\n");

        Assert.Equal(expected, file.Clusters["c"].InsecureSkipTlsVerify);
        Assert.Empty(file.Problems);
    }
}
