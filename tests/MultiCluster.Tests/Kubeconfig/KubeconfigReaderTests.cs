using System.Globalization;
using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigReaderTests
{
    private static readonly string FilePath = Path.Combine(Path.GetTempPath(), "kube", "config");

    private const string Usual = """
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

        Assert.Equal("oidc", user.AuthProvider);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("# a comment\n\n")]
    [InlineData("---\n")]
    [InlineData("%YAML 1.1\n---\n")]
    public void What_stands_in_front_of_the_document_does_not_matter(string front)
    {
        Assert.Equal(["prod"], Read(front + Usual).Contexts.Select(c => c.Name));
    }

    [Fact]
    public void CRLF_is_read_as_LF()
    {
        var file = Read(Usual.ReplaceLineEndings("\r\n"));

        Assert.Equal([new ContextEntry("prod", "prod-cluster", "jane", "web")], file.Contexts);
        Assert.Equal("https://prod.example:6443/k8s/clusters/c-1", file.Clusters["prod-cluster"].Server);
    }

    [Fact]
    public void A_file_in_UTF_16_as_Windows_PowerShell_writes_it_is_read()
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Usual)];

        Assert.Single(KubeconfigReader.Read(FilePath, bytes).Contexts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("# nothing here\n")]
    [InlineData("---\n")]
    [InlineData("null")]
    public void An_empty_file_has_no_contexts_and_no_problem(string text)
    {
        var file = Read(text);

        Assert.Equal(FileContent.Empty, file.Content);
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}")]
    [InlineData("just a note")]
    [InlineData("- a\n- b")]
    [InlineData("apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference")]
    [InlineData("\u007fELF\u0000\u0001")]
    [InlineData("{\"items\": []}")]
    public void Something_else_is_told_from_a_kubeconfig(string text)
    {
        Assert.Equal(FileContent.Other, Read(text).Content);
    }

    [Fact]
    public void A_kubeconfig_without_any_entry_is_one_all_the_same()
    {
        Assert.Equal(FileContent.Kubeconfig, Read("apiVersion: v1\nkind: Config").Content);
        Assert.Equal(FileContent.Kubeconfig, Read("clusters: null\nusers: []\ncontexts:\n").Content);
    }

    [Fact]
    public void Anchors_and_aliases_are_followed()
    {
        var file = Read("""
            clusters:
            - name: a
              cluster: &shared
                server: &address https://shared:6443
                certificate-authority-data: Q0E=
            - name: b
              cluster: *shared
            - name: c
              cluster: {server: *address}
            """);

        Assert.Equal(file.Clusters["a"], file.Clusters["b"] with { Name = "a" });
        Assert.Equal("https://shared:6443", file.Clusters["c"].Server);
    }

    [Fact]
    public void Merge_keys_give_what_the_mapping_itself_lacks()
    {
        var file = Read("""
            x-base: &base {server: "https://base", insecure-skip-tls-verify: true}
            x-more: &more {server: "https://more", tls-server-name: more}
            clusters:
            - name: before
              cluster: {server: "https://own", insecure-skip-tls-verify: false, <<: *base}
            - name: after
              cluster: {<<: *base, server: "https://own"}
            - name: several
              cluster: {<<: [*base, *more]}
            """);

        Assert.Equal("https://own", file.Clusters["before"].Server);
        Assert.False(file.Clusters["before"].InsecureSkipTlsVerify);
        Assert.Equal("https://own", file.Clusters["after"].Server);
        Assert.True(file.Clusters["after"].InsecureSkipTlsVerify);
        Assert.Equal("https://base", file.Clusters["several"].Server);
        Assert.Equal("more", file.Clusters["several"].TlsServerName);
    }

    [Fact]
    public void Aliases_that_blow_up_are_a_problem_and_not_a_hang()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        var problem = Assert.Single(Read(text.ToString()).Problems);

        Assert.True(problem.IsFileLost);
        Assert.Contains("aliases", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clusters: *nowhere")]
    [InlineData("clusters: &loop [*loop]")]
    public void An_alias_without_its_anchor_is_a_problem(string text)
    {
        Assert.Equal(FileContent.Lost, Read(text).Content);
    }

    [Fact]
    public void The_last_of_two_equal_keys_wins()
    {
        var file = Read("""
            current-context: first
            current-context: second
            clusters:
            - name: c
              cluster:
                server: https://first
                server: https://second
            """);

        Assert.Equal("second", file.CurrentContext);
        Assert.Equal("https://second", file.Clusters["c"].Server);
    }

    [Fact]
    public void The_first_of_two_entries_of_one_name_wins_and_the_other_is_reported()
    {
        var file = Read("""
            contexts:
            - {name: a, context: {cluster: first, user: u}}
            - {name: a, context: {cluster: second, user: u}}
            """);

        Assert.Equal("first", Assert.Single(file.Contexts).Cluster);
        var problem = Assert.Single(file.Problems);
        Assert.Equal((3, "The context \"a\" is there twice; the first one is used."), (problem.Line, problem.Message));
        Assert.False(problem.IsFileLost);
    }

    [Fact]
    public void Only_the_first_document_counts()
    {
        var file = Read(Usual + "\n---\nkind: Config\ncurrent-context: other\n---\n{ this is : broken");

        Assert.Equal("prod", file.CurrentContext);
        Assert.Empty(file.Problems);
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
            - context: {cluster: c, user: u}
            - name: good
              context: {cluster: c, user: u, namespace: [not, a, text]}
            """);

        Assert.Equal([new ContextEntry("good", "c", "u", null)], file.Contexts);
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
