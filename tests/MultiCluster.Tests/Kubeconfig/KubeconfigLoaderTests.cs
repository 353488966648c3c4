using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigLoaderTests : IDisposable
{
    private readonly TempFolder _home = new();
    private readonly KubeconfigLoader _loader = new();

    public void Dispose() => _home.Dispose();

    private KubeconfigSearch Search(params string[] list) => new()
    {
        HomeFolder = _home.Path,
        CurrentFolder = _home.Path,
        ListSeparator = ';',
        ReadVariable = name => name == "KUBECONFIG" ? string.Join(';', list) : null,
    };

    private KubeconfigSnapshot Load(KubeconfigSearch search) => _loader.Load(search, TestContext.Current.CancellationToken);

    private KubeconfigContext LoadOne(string yaml) => Assert.Single(Load(Search(_home.Write("config", yaml))).Contexts);

    [Fact]
    public void A_context_carries_its_files_base_name_and_full_path()
    {
        var path = _home.Write(".kube/prod.yaml", Yaml.Of("arn:aws:eks:eu-west-1:1:cluster/x"));

        var identity = Assert.Single(Load(Search()).Contexts).Identity;

        Assert.Equal("prod.yaml:arn:aws:eks:eu-west-1:1:cluster/x", identity.ClusterId);
        Assert.Equal("arn:aws:eks:eu-west-1:1:cluster/x", identity.ClusterName);
        Assert.Equal(path, identity.KubeconfigPath);
    }

    [Fact]
    public void In_a_list_the_first_file_to_define_a_name_wins()
    {
        var first = _home.Write("first", """
            clusters: [{name: c, cluster: {server: "https://first"}}]
            users: [{name: u, user: {token: first}}]
            contexts: [{name: x, context: {cluster: c, user: u, namespace: first}}]
            """);
        var second = _home.Write("second", """
            clusters: [{name: c, cluster: {server: "https://second"}}]
            users: [{name: u, user: {token: second}}]
            contexts:
            - {name: x, context: {cluster: c, user: u, namespace: second}}
            - {name: y, context: {cluster: c, user: u}}
            """);

        var snapshot = Load(Search(first, second));

        Assert.Equal(["first:x", "second:y"], snapshot.Contexts.Select(c => c.Identity.ClusterId));
        Assert.All(snapshot.Contexts, c => Assert.Equal(("https://first", "first"), (c.Cluster!.Server, c.User!.Token)));
        Assert.Equal("first", snapshot.Contexts[0].Namespace);
    }

    [Fact]
    public void A_context_may_use_the_cluster_and_user_of_another_file_of_the_list()
    {
        var contexts = _home.Write("contexts", "contexts: [{name: x, context: {cluster: c, user: u}}]");
        var clusters = _home.Write("pki/clusters", "clusters: [{name: c, cluster: {server: https://c, certificate-authority: ca.crt}}]");
        var users = _home.Write("users", "users: [{name: u, user: {token: t}}]");

        var context = Assert.Single(Load(Search(contexts, clusters, users)).Contexts);

        Assert.Null(context.Problem);
        Assert.Equal(contexts, context.Identity.KubeconfigPath);
        Assert.Equal(_home["pki/ca.crt"], context.Cluster!.CertificateAuthorityFile);
    }

    [Fact]
    public void Files_found_in_a_folder_share_nothing()
    {
        _home.Write(".kube/config", Yaml.Of("a"));
        _home.Write(".kube/other", "contexts: [{name: x, context: {cluster: a, user: a}}]");

        var context = Load(Search()).Contexts.Single(c => c.Identity.Context == "x");

        Assert.Equal("The context's cluster \"a\" is not in the kubeconfig.", context.Problem);
    }

    [Fact]
    public void The_current_context_is_that_of_the_first_file_that_has_one()
    {
        var none = _home.Write("none", "contexts: []");
        var first = _home.Write("first", Yaml.Of("a", "b"));
        var second = _home.Write("second", Yaml.Of("c"));

        var snapshot = Load(Search(none, first, second));

        Assert.Equal("first:a", snapshot.CurrentContext!.Identity.ClusterId);
        Assert.Equal(["a"], snapshot.Contexts.Where(c => c.IsCurrent).Select(c => c.Identity.Context));
    }

    [Fact]
    public void A_file_found_in_a_folder_never_gives_the_current_context()
    {
        _home.Write(".kube/config", "contexts: []");
        _home.Write(".kube/other", Yaml.Of("a"));

        var snapshot = Load(Search());

        Assert.Null(snapshot.CurrentContext);
        Assert.Null(snapshot.CurrentContextName);
        Assert.True(Assert.Single(snapshot.Contexts).IsCurrent);
    }

    [Fact]
    public void A_current_context_that_does_not_exist_is_only_a_name()
    {
        var snapshot = Load(Search(_home.Write("config", "current-context: ghost\ncontexts: []")));

        Assert.Equal("ghost", snapshot.CurrentContextName);
        Assert.Null(snapshot.CurrentContext);
    }

    [Theory]
    [InlineData("context: {user: u}", "The context names no cluster.")]
    [InlineData("context: {cluster: '', user: u}", "The context names no cluster.")]
    [InlineData("context: {cluster: ghost, user: u}", "The context's cluster \"ghost\" is not in the kubeconfig.")]
    [InlineData("context: {cluster: c, user: ghost}", "The context's user \"ghost\" is not in the kubeconfig.")]
    [InlineData("other: 1", "The context names no cluster.")]
    public void A_context_that_leads_nowhere_is_listed_with_its_reason(string context, string reason)
    {
        var found = LoadOne($$"""
            clusters: [{name: c, cluster: {server: https://c} }]
            users: [{name: u, user: {token: t} }]
            contexts: [{name: x, {{context}} }]
            """);

        Assert.Equal(reason, found.Problem);
    }

    [Theory]
    [InlineData("{}", "has no server")]
    [InlineData("{server: ''}", "has no server")]
    [InlineData("{server: 'localhost:6443/prefix'}", "is not an http or https address")]
    [InlineData("{server: 'https:/c'}", "is not an http or https address")]
    [InlineData("{server: /var/run/api}", "is not an http or https address")]
    [InlineData("{server: 'ftp://x'}", "is not an http or https address")]
    [InlineData("{server: 'https://'}", "is not an http or https address")]
    [InlineData("{server: 'https://c', insecure-skip-tls-verify: true, certificate-authority-data: Q0E=}", "only one of them can be meant")]
    [InlineData("{server: 'https://c', insecure-skip-tls-verify: true, certificate-authority: ca.crt}", "only one of them can be meant")]
    [InlineData("{server: 'https://c', proxy-url: 'ftp://proxy'}", "is not an http, https or socks5 address")]
    public void A_cluster_that_cannot_be_reached_as_written_is_listed_with_its_reason(string cluster, string reason)
    {
        var context = LoadOne($$"""
            clusters: [{name: c, cluster: {{cluster}} }]
            users: [{name: u, user: {} }]
            contexts: [{name: x, context: {cluster: c, user: u} }]
            """);

        Assert.Contains(reason, context.Problem, StringComparison.Ordinal);
        Assert.NotNull(context.Cluster);
    }

    [Theory]
    [InlineData("{server: 'https://c'}")]
    [InlineData("{server: 'http://127.0.0.1:8001/prefix'}")]
    [InlineData("{server: 'HTTPS://[::1]:6443'}")]
    [InlineData("{server: 'https://c', insecure-skip-tls-verify: true}")]
    [InlineData("{server: 'https://c', proxy-url: 'socks5://proxy:1080'}")]
    public void A_cluster_that_can_be_reached_has_no_problem(string cluster)
    {
        var context = LoadOne($$"""
            clusters: [{name: c, cluster: {{cluster}} }]
            users: [{name: u, user: {} }]
            contexts: [{name: x, context: {cluster: c, user: u} }]
            """);

        Assert.Null(context.Problem);
    }

    [Theory]
    [InlineData("{client-certificate-data: Q0E=}", "has a client certificate without its key")]
    [InlineData("{exec: {apiVersion: client.authentication.k8s.io/v1}}", "has no command")]
    public void A_user_without_a_usable_credential_is_a_reason(string user, string reason)
    {
        var context = LoadOne($$"""
            clusters: [{name: c, cluster: {server: https://c} }]
            users: [{name: u, user: {{user}} }]
            contexts: [{name: x, context: {cluster: c, user: u} }]
            """);

        Assert.Contains(reason, context.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_an_address_is_not_repeated()
    {
        var context = LoadOne("""
            clusters: [{name: c, cluster: {server: 'ftp://jane:s3cr3t@c'}}]
            users: [{name: u, user: {}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            """);

        Assert.DoesNotContain("s3cr3t", context.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_parse_is_told_once_and_the_rest_go_on()
    {
        var broken = _home.Write(".kube/broken", "contexts: [\n");
        _home.Write(".kube/config", Yaml.Of("a"));

        var snapshot = Load(Search() with { ExtraPaths = ["~/.kube", broken] });

        Assert.Equal(broken, Assert.Single(snapshot.Problems).Path);
        Assert.Equal(["config:a"], snapshot.Contexts.Select(c => c.Identity.ClusterId));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_told_and_the_rest_go_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Needs a user whom permissions bind.");
        var secret = _home.Write(".kube/secret", Yaml.Of("s"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(secret, UnixFileMode.None);
        _home.Write(".kube/config", Yaml.Of("a"));

        var snapshot = Load(Search());

        Assert.Equal($"{secret}: This file may not be read: permission denied.", Assert.Single(snapshot.Problems).ToString());
        Assert.Single(snapshot.Contexts);
    }

    [Fact]
    public void Other_files_of_a_folder_are_passed_over_in_silence()
    {
        _home.Write(".kube/kubectx", "previous-context");
        _home.Write(".kube/kuberc", "kind: Preference");
        _home.Write(".kube/empty", "");

        var snapshot = Load(Search());

        Assert.Empty(snapshot.Problems);
        Assert.Empty(snapshot.Contexts);
    }

    [Fact]
    public void A_named_file_that_is_no_kubeconfig_is_a_problem()
    {
        var manifest = _home.Write("pod.yaml", "kind: Pod");

        var problem = Assert.Single(Load(Search() with { ExplicitPaths = [manifest] }).Problems);

        Assert.True(problem.IsFileLost);
        Assert.Equal(manifest, problem.Path);
    }

    [Fact]
    public void Two_files_of_one_name_are_both_listed_with_ids_of_their_own()
    {
        var one = _home.Write("one/config", Yaml.Of("a"));
        var two = _home.Write("two/config", Yaml.Of("a"));

        var snapshot = Load(Search() with { ExplicitPaths = [one, two] });

        Assert.Equal([one, two], snapshot.Contexts.Select(c => c.Identity.KubeconfigPath));
        Assert.Equal(["one/config:a", "two/config:a"], snapshot.Contexts.Select(c => c.Identity.ClusterId));
    }

    [Fact]
    public void An_id_that_fits_two_files_is_an_error_naming_both()
    {
        var one = _home.Write("one/config", Yaml.Of("a"));
        var two = _home.Write("two/config", Yaml.Of("a"));
        var snapshot = Load(Search() with { ExplicitPaths = [one, two] });

        var fault = Assert.Throws<FaultException>(() => snapshot.Find("config:a")).Fault;

        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Equal($"the id \"config:a\" fits one/config:a in {one} and two/config:a in {two}", fault.Detail);
        Assert.Equal(one, snapshot.Find("one/config:a").Identity.KubeconfigPath);
    }

    [Fact]
    public void An_id_is_found_as_it_is_written()
    {
        var snapshot = Load(Search(_home.Write("config", Yaml.Of("Prod", "prod"))));

        Assert.Equal("prod", snapshot.Find("config:prod").Identity.Context);
        Assert.Equal(FaultPhase.NotFound, Assert.Throws<FaultException>(() => snapshot.Find("config:PROD")).Fault.Phase);
    }

    [Fact]
    public void A_file_that_did_not_change_is_not_parsed_again()
    {
        var search = Search(_home.Write("config", Yaml.Of("a")));

        var first = Assert.Single(Load(search).Contexts);
        var second = Assert.Single(Load(search).Contexts);

        Assert.Same(first.Cluster, second.Cluster);
    }

    [Fact]
    public void A_changed_file_is_read_anew()
    {
        var search = Search(_home.Write("config", Yaml.Of("a")));
        Load(search);

        _home.Write("config", Yaml.Of("b"), new DateTime(2025, 1, 2, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal("b", Assert.Single(Load(search).Contexts).Identity.Context);
    }

    [Fact]
    public void A_file_written_a_moment_ago_is_not_trusted_to_be_the_same()
    {
        var now = DateTime.UtcNow;
        var search = Search(_home.Write("config", Yaml.Of("a"), now));
        Load(search);

        _home.Write("config", Yaml.Of("b"), now);

        Assert.Equal("b", Assert.Single(Load(search).Contexts).Identity.Context);
    }

    [Fact]
    public void A_link_whose_target_changed_is_read_anew()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows, and wine makes none.");
        var target = _home.Write("real", Yaml.Of("a"));
        File.CreateSymbolicLink(_home["config"], target);
        var search = Search(_home["config"]);
        Load(search);

        _home.Write("real", Yaml.Of("b"), new DateTime(2025, 1, 2, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal("b", Assert.Single(Load(search).Contexts).Identity.Context);
    }

    [Theory]
    [InlineData("config:a", "config", "a")]
    [InlineData("config:arn:aws:eks:eu:1:cluster/x", "config", "arn:aws:eks:eu:1:cluster/x")]
    [InlineData("my config: admin@k8s / eu", "my config", " admin@k8s / eu")]
    public void An_id_is_split_at_its_first_colon(string id, string file, string context)
    {
        Assert.True(ClusterIdentity.TryParse(id, out var parsedFile, out var parsedContext));
        Assert.Equal((file, context), (parsedFile, parsedContext));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("config")]
    [InlineData(":a")]
    [InlineData("config:")]
    public void What_lacks_a_part_is_no_id(string? id)
    {
        Assert.False(ClusterIdentity.TryParse(id, out _, out _));
    }
}
