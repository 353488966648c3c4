using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>Ids of contexts that several files of one name have.</summary>
public sealed class ClusterIdTests
{
    private readonly ClusterIds _ids = new();

    private string[] Assign(params string[] files) => [.. Assigned([.. files.Select(file => (file, "admin"))]).Select(identity => identity.ClusterId)];

    private ClusterIdentity[] Assigned(params (string File, string Context)[] contexts)
    {
        List<KubeconfigContext> list = [.. contexts.Select(one => new KubeconfigContext { Identity = ClusterIdentity.Of(one.File, one.Context) })];
        _ids.Assign(list);
        return [.. list.Select(context => context.Identity)];
    }

    [Fact]
    public void An_id_without_a_rival_is_file_and_context()
    {
        Assert.Equal(["config:admin", "lab.yaml:admin"], Assign("/a/config", "/b/lab.yaml"));
    }

    [Fact]
    public void Rivals_are_told_apart_by_the_shortest_folders()
    {
        Assert.Equal(["prod/auth/kubeconfig:admin", "stage/auth/kubeconfig:admin"], Assign("/c/prod/auth/kubeconfig", "/c/stage/auth/kubeconfig"));
    }

    [Fact]
    public void Each_gets_only_the_folders_that_it_needs()
    {
        Assert.Equal(["a/x/config:admin", "b/x/config:admin", "y/config:admin"], Assign("/r/a/x/config", "/r/b/x/config", "/r/y/config"));
    }

    [Fact]
    public void A_path_that_ends_another_is_told_whole()
    {
        Assert.Equal(["/config:admin", "/a/config:admin", "b/a/config:admin"], Assign("/config", "/a/config", "/b/a/config"));
    }

    [Fact]
    public void Only_the_contexts_that_both_have_get_folders()
    {
        var ids = Assigned(("/a/config", "admin"), ("/a/config", "mine"), ("/b/config", "admin"), ("/b/config", "yours"));

        Assert.Equal(["a/config:admin", "config:mine", "b/config:admin", "config:yours"], ids.Select(id => id.ClusterId));
    }

    [Fact]
    public void An_id_stays_what_it_was_when_a_rival_appears()
    {
        Assert.Equal(["kubeconfig:admin"], Assign("/prod/auth/kubeconfig"));
        Assert.Equal(["stage/auth/kubeconfig:admin", "kubeconfig:admin"], Assign("/stage/auth/kubeconfig", "/prod/auth/kubeconfig"));
        Assert.Equal(["test/auth/kubeconfig:admin"], Assign("/test/auth/kubeconfig"));
        Assert.Equal(["stage/auth/kubeconfig:admin"], Assign("/stage/auth/kubeconfig"));
    }

    [Fact]
    public void An_id_that_was_given_means_its_own_context_alone()
    {
        Assign("/prod/auth/kubeconfig");
        Assign("/stage/auth/kubeconfig");

        Assert.Equal([("kubeconfig:admin", "/prod/auth/kubeconfig")], _ids.Meant("kubeconfig:admin"));
        Assert.Equal([("stage/auth/kubeconfig:admin", "/stage/auth/kubeconfig")], _ids.Meant("stage/auth/kubeconfig:admin"));
    }

    [Fact]
    public void An_id_of_another_time_leads_to_its_context_while_it_can_be_only_that()
    {
        Assign("/c/prod/auth/kubeconfig", "/c/stage/auth/kubeconfig");

        Assert.Equal("prod/auth/kubeconfig:admin", Assert.Single(_ids.Meant("c/prod/auth/kubeconfig:admin")).Id);
        Assert.Equal("stage/auth/kubeconfig:admin", Assert.Single(_ids.Meant("/c/stage/auth/kubeconfig:admin")).Id);
        Assert.Equal(2, _ids.Meant("kubeconfig:admin").Count);
        Assert.Equal(2, _ids.Meant("auth/kubeconfig:admin").Count);
        Assert.Empty(_ids.Meant("h/kubeconfig:admin"));
        Assert.Empty(_ids.Meant("other/auth/kubeconfig:admin"));
        Assert.Empty(_ids.Meant("kubeconfig:other"));
    }

    [Fact]
    public void A_long_id_is_split_at_its_first_colon()
    {
        var id = Assigned(("/a/eks", "arn:aws:eks:eu:1:cluster/x"), ("/b/eks", "arn:aws:eks:eu:1:cluster/x"))[1];

        Assert.Equal("b/eks:arn:aws:eks:eu:1:cluster/x", id.ClusterId);
        Assert.True(ClusterIdentity.TryParse(id.ClusterId, out var file, out var context));
        Assert.Equal(("b/eks", "arn:aws:eks:eu:1:cluster/x"), (file, context));
        Assert.Equal("eks:arn:aws:eks:eu:1:cluster/x", id.PlainId);
    }

    [Fact]
    public void Colons_in_names_of_files_never_make_one_id_of_two()
    {
        var ids = Assigned(("/r/x:y/f", "c"), ("/r/z/f", "c"), ("/r/x", "y/f:c")).Select(id => id.ClusterId).ToArray();

        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public void A_loader_gives_the_ids_and_keeps_them()
    {
        using var home = new TempFolder();
        var loader = new KubeconfigLoader();
        string[] files = [home.Write("prod/auth/kubeconfig", Yaml.Of("admin")), home.Write("stage/auth/kubeconfig", Yaml.Of("admin"))];
        string Id(int file) => Assert.Single(loader.Load(new KubeconfigSearch { ExplicitPaths = [files[file]] }, TestContext.Current.CancellationToken).Contexts).Identity.ClusterId;

        Assert.Equal("kubeconfig:admin", Id(0));
        Assert.Equal("stage/auth/kubeconfig:admin", Id(1));
        Assert.Equal("kubeconfig:admin", Id(0));
    }
}
