using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>What lies about in a folder beside kubeconfigs is passed over, with its reason for those who miss one; what is a kubeconfig is not.</summary>
public sealed class FoundFileTests : IDisposable
{
    private readonly TempFolder _home = new();

    public FoundFileTests() => _home.Write(".kube/config", Yaml.Of("good"));

    public void Dispose() => _home.Dispose();

    private KubeconfigSearch Search => new() { HomeFolder = _home.Path, CurrentFolder = _home.Path, ReadVariable = _ => null };

    private KubeconfigSnapshot Load(KubeconfigSearch? search = null) => new KubeconfigLoader().Load(search ?? Search, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("notes.txt", "Ask Jane: she has the key.\n\tthen: call Bob\n")]
    [InlineData("README.md", "# Clusters\n\nUse this:\n\n```yaml\nclusters:\n- cluster: {server: https://a}\n  name: a\n```\n")]
    [InlineData("todo", "users: Jane, Bob\nclusters: [prod, stage\n")]
    [InlineData("plan.yaml", "clusters: prod and stage\nusers: everybody\n")]
    [InlineData("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n")]
    [InlineData("skaffold.yaml", "apiVersion: skaffold/v4beta11\nkind: Config\nbuild: {}\n")]
    [InlineData("talosconfig", "context: a\ncontexts:\n  a:\n    endpoints: [10.0.0.1]\n    ca: Q0E=\n")]
    [InlineData("argocd", "contexts:\n- {name: a, server: a, user: a}\ncurrent-context: a\nservers: [{server: a}]\nusers: [{auth-token: t, name: a}]\n")]
    [InlineData("kubectx", "good")]
    [InlineData("list.json", "[1, 2, {\"a\": ")]
    [InlineData("values.json", "{\"clusters\": {\"a\": 1}}")]
    [InlineData("deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("binary", "\0\u0001\u0002")]
    [InlineData("letter", "Dear all,\n  - this: is\n no yaml at: all: really\n")]
    public void What_is_no_kubeconfig_is_no_problem(string name, string text)
    {
        var path = _home.Write($".kube/{name}", text);

        var snapshot = Load();

        Assert.Empty(snapshot.Problems);
        Assert.Equal(["good"], snapshot.Contexts.Select(c => c.Identity.Context));
        Assert.Equal(path, Assert.Single(snapshot.PassedOver).Path);
    }

    [Theory]
    [InlineData("contexts:\n- name: a\n  context: {cluster: c, user: u}\nusers: [\n")]
    [InlineData("apiVersion: v1\nkind: Config\n\tclusters: []\n")]
    [InlineData("{\"kind\": \"Config\", \"apiVersion\": \"v1\", \"clusters\": [")]
    public void A_kubeconfig_that_is_damaged_is_a_problem(string text)
    {
        var path = _home.Write(".kube/damaged", text);

        var snapshot = Load();

        Assert.Equal(path, Assert.Single(snapshot.Problems).Path);
        Assert.Empty(snapshot.PassedOver);
        Assert.Equal(["good"], snapshot.Contexts.Select(c => c.Identity.Context));
    }

    [Fact]
    public void A_bad_entry_of_a_good_file_stays_listed_with_its_reason()
    {
        _home.Write(".kube/other", Yaml.Of("fine") + "\n- name: bad\n  context: {cluster: ghost, user: fine}");

        var snapshot = Load();

        Assert.Equal(["good", "fine", "bad"], snapshot.Contexts.Select(c => c.Identity.Context));
        Assert.Equal("The context's cluster \"ghost\" is not in the kubeconfig.", snapshot.Contexts[^1].Problem);
        Assert.Empty(snapshot.Problems);
    }

    [Theory]
    [InlineData("notes")]
    [InlineData("clusters: prod\n")]
    [InlineData("kind: Pod\nusers: [{name: u, user: {}}]\n")]
    public void A_file_that_was_named_is_a_problem_whatever_it_is(string text)
    {
        var path = _home.Write(".kube/named", text);

        Assert.Equal(path, Assert.Single(Load(Search with { ExplicitPaths = [path] }).Problems).Path);
        Assert.Equal(path, Assert.Single(Load(Search with { ExtraPaths = [path] }).Problems).Path);
        Assert.Equal(path, Assert.Single(Load(Search with { ReadVariable = name => name == "KUBECONFIG" ? path : null }).Problems).Path);
    }

    [Fact]
    public void Links_that_lead_nowhere_or_in_a_circle_are_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows, and wine makes none.");
        File.CreateSymbolicLink(_home[".kube/a"], _home[".kube/b"]);
        File.CreateSymbolicLink(_home[".kube/b"], _home[".kube/a"]);
        File.CreateSymbolicLink(_home[".kube/gone"], _home["nowhere"]);

        var snapshot = Load();

        Assert.Empty(snapshot.Problems);
        Assert.Equal(
            [$"{_home[".kube/a"]}: This link leads nowhere.", $"{_home[".kube/b"]}: This link leads nowhere.", $"{_home[".kube/gone"]}: This link leads nowhere."],
            snapshot.PassedOver.Select(p => p.ToString()));
    }

    [Fact]
    public void A_link_to_a_file_that_is_read_already_makes_no_second_cluster()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows, and wine makes none.");
        File.CreateSymbolicLink(_home[".kube/current"], _home[".kube/config"]);

        var snapshot = Load();

        Assert.Equal(["config:good"], snapshot.Contexts.Select(c => c.Identity.ClusterId));
        Assert.Equal(_home[".kube/current"], Assert.Single(snapshot.PassedOver).Path);
    }

    [Fact]
    public void A_path_with_a_nul_character_is_a_problem_of_that_path_alone()
    {
        var snapshot = Load(Search with { ExtraPaths = ["a\0b", "~/\0"] });

        Assert.Equal(2, snapshot.Problems.Count);
        Assert.All(snapshot.Problems, p => Assert.Equal("This is no path.", p.Message));
        Assert.Single(snapshot.Contexts);
    }

    [Fact]
    public void A_selected_file_that_is_half_written_is_unreadable_not_gone()
    {
        var path = _home.Write(".kube/other", Yaml.Of("a"));
        var before = Load();
        _home.Write(".kube/other", "apiVersion: v1\n", new DateTime(2025, 1, 2, 0, 0, 0, DateTimeKind.Utc));

        var change = Assert.Single(KubeconfigChange.Between(before, Load(), before.Contexts.Where(c => c.Identity.KubeconfigPath == path).Select(c => c.Identity)));

        Assert.Equal(KubeconfigChangeKind.Unreadable, change.Kind);
    }
}
