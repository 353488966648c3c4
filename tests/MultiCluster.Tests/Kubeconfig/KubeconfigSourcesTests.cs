using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigSourcesTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    private KubeconfigSearch Search(string? list = null) => new()
    {
        HomeFolder = _home.Path,
        CurrentFolder = _home.Path,
        ListSeparator = Path.PathSeparator,
        ReadVariable = name => name == "KUBECONFIG" ? list : null,
    };

    private static string List(params string[] paths) => string.Join(Path.PathSeparator, paths);

    private static IEnumerable<string[]> Groups(KubeconfigSearch search) =>
        KubeconfigSources.Of(search).Groups.Select(g => g.Files.ToArray());

    [Fact]
    public void Without_KUBECONFIG_the_default_file_is_read()
    {
        var config = _home.Write(".kube/config", Yaml.Of("a"));

        Assert.Equal([[config]], Groups(Search()));
    }

    [Fact]
    public void The_files_of_KUBECONFIG_are_one_group_in_their_order()
    {
        var b = _home.Write("b", Yaml.Of("b"));
        var a = _home.Write("a", Yaml.Of("a"));

        Assert.Equal([[b, a]], Groups(Search(List(b, "", _home["missing"], a, ""))));
    }

    [Fact]
    public void The_separator_is_the_operating_systems()
    {
        var a = _home.Write("a", Yaml.Of("a"));
        var b = _home.Write("b", Yaml.Of("b"));

        Assert.Equal([[a, b]], Groups(Search("a|b") with { ListSeparator = '|' }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("", "", "")]
    public void An_empty_KUBECONFIG_is_none(params string[] list)
    {
        var config = _home.Write(".kube/config", Yaml.Of("a"));

        Assert.Equal([[config]], Groups(Search(List(list))));
    }

    [Fact]
    public void With_KUBECONFIG_the_default_file_is_not_merged_but_still_listed()
    {
        var own = _home.Write("own", Yaml.Of("own"));
        var config = _home.Write(".kube/config", Yaml.Of("a"));

        Assert.Equal([[own], [config]], Groups(Search(own)));
        Assert.Equal([[own]], Groups(Search(own) with { IncludeFolders = false }));
    }

    [Fact]
    public void A_file_is_read_once_however_often_it_is_named()
    {
        var config = _home.Write(".kube/config", Yaml.Of("a"));

        Assert.Equal([[config]], Groups(Search(List(config, "~/.kube/config", ".kube/../.kube/config")) with { ExtraPaths = [config, "~/.kube"] }));
    }

    [Fact]
    public void A_folder_in_KUBECONFIG_is_a_problem()
    {
        var problem = Assert.Single(KubeconfigSources.Of(Search(_home.Path)).Problems);

        Assert.Equal(_home.Path, problem.Path);
    }

    [Fact]
    public void Every_file_of_the_kube_folder_is_an_island()
    {
        var config = _home.Write(".kube/config", Yaml.Of("a"));
        var prod = _home.Write(".kube/prod.yaml", Yaml.Of("b"));
        _home.Write(".kube/nested/deeper", Yaml.Of("c"));

        Assert.Equal([[config], [prod]], Groups(Search()));
    }

    [Theory]
    [InlineData(".hidden")]
    [InlineData("config.bak")]
    [InlineData("config.BACKUP")]
    [InlineData("config.old")]
    [InlineData("config.tmp")]
    [InlineData("config.swp")]
    [InlineData("config.swo")]
    [InlineData("config~")]
    [InlineData("config.orig")]
    [InlineData("config.rej")]
    [InlineData("config.lock")]
    [InlineData("config.log")]
    [InlineData("kubelogin-cache.json")]
    [InlineData("Tokens.yaml")]
    [InlineData("aws-credentials")]
    public void Leftovers_and_secrets_in_a_folder_are_skipped(string name)
    {
        _home.Write($".kube/{name}", Yaml.Of("a"));

        Assert.Empty(Groups(Search()));
    }

    [Fact]
    public void A_file_that_would_be_skipped_is_read_when_it_is_named()
    {
        var backup = _home.Write("config.bak", Yaml.Of("a"));

        Assert.Equal([[backup]], Groups(Search() with { ExplicitPaths = [backup] }));
    }

    [Fact]
    public void Explicit_paths_are_all_there_is_and_each_file_an_island()
    {
        _home.Write(".kube/config", Yaml.Of("a"));
        var one = _home.Write("one", Yaml.Of("b"));
        var two = _home.Write("folder/two", Yaml.Of("c"));
        var three = _home.Write("folder/three", Yaml.Of("d"));

        Assert.Equal([[one], [three], [two]], Groups(Search(one) with { ExplicitPaths = ["~/one", "folder/"], ExtraPaths = ["~/.kube"] }));
    }

    [Fact]
    public void An_explicit_path_that_is_not_there_is_a_problem_that_names_it()
    {
        var problem = Assert.Single(KubeconfigSources.Of(Search() with { ExplicitPaths = ["~/nowhere"] }).Problems);

        Assert.Equal($"{_home["nowhere"]}: There is no such file or folder.", problem.ToString());
    }

    [Fact]
    public void Without_any_kubeconfig_the_places_say_where_it_was_looked_for()
    {
        var sources = KubeconfigSources.Of(Search());

        Assert.Empty(sources.Groups);
        Assert.Empty(sources.Problems);
        Assert.Equal([Path.Combine(_home.Path, ".kube", "config")], sources.Places);
    }

    [Fact]
    public void A_link_is_followed_and_a_broken_link_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows, and wine makes none.");
        var target = _home.Write("elsewhere/real", Yaml.Of("a"));
        Directory.CreateDirectory(_home[".kube"]);
        File.CreateSymbolicLink(_home[".kube/linked"], target);
        File.CreateSymbolicLink(_home[".kube/broken"], _home["gone"]);

        Assert.Equal([[_home[".kube/linked"]]], Groups(Search()));
    }
}
