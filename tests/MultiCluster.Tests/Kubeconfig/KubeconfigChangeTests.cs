using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigChangeTests : IDisposable
{
    private const string Whole = """
        clusters: [{name: c, cluster: {server: "https://c"}}]
        users: [{name: u, user: {token: t, as-groups: [g], exec: {command: login, args: [a]}}}]
        contexts: [{name: x, context: {cluster: c, user: u, namespace: web}}]
        """;

    private readonly TempFolder _folder = new();
    private int _minute;

    public void Dispose() => _folder.Dispose();

    private KubeconfigSnapshot Load(params string[] names) => new KubeconfigLoader().Load(
        new KubeconfigSearch { HomeFolder = _folder.Path, ListSeparator = ';', ReadVariable = _ => string.Join(';', names.Select(n => _folder[n])) },
        TestContext.Current.CancellationToken);

    private void Write(string name, string text) =>
        _folder.Write(name, text, new DateTime(2025, 1, 1, 0, _minute++, 0, DateTimeKind.Utc));

    private KubeconfigChange Change(string before, Action act)
    {
        Write("config", before);
        var old = Load("config");
        act();
        return Assert.Single(KubeconfigChange.Between(old, Load("config"), [ClusterIdentity.Of(_folder["config"], "x") with { ClusterName = "alias" }]));
    }

    [Fact]
    public void A_file_written_with_the_same_content_changes_nothing()
    {
        var change = Change(Whole, () => Write("config", "# touched\n" + Whole));

        Assert.Equal(KubeconfigChangeKind.Unchanged, change.Kind);
    }

    [Fact]
    public void A_new_namespace_needs_no_new_connection()
    {
        var change = Change(Whole, () => Write("config", Whole.Replace("namespace: web", "namespace: db", StringComparison.Ordinal)));

        Assert.Equal(KubeconfigChangeKind.Unchanged, change.Kind);
        Assert.Equal("db", change.Context!.Namespace);
    }

    [Theory]
    [InlineData("id-token: a", "id-token: b", false)]
    [InlineData("refresh-token: a", "refresh-token: b", false)]
    [InlineData("client-id: a", "client-id: b", true)]
    [InlineData("name: oidc", "name: gcp", true)]
    public void Renewed_tokens_need_no_new_connection_and_another_login_does(string what, string by, bool changes)
    {
        var text = Whole.Replace("token: t", "auth-provider: {name: oidc, config: {id-token: a, refresh-token: a, client-id: a}}", StringComparison.Ordinal);

        var change = Change(text, () => Write("config", text.Replace(what, by, StringComparison.Ordinal)));

        Assert.Equal(changes ? KubeconfigChangeKind.Changed : KubeconfigChangeKind.Unchanged, change.Kind);
        Assert.NotEqual(text, text.Replace(what, by, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://c", "https://d")]
    [InlineData("token: t", "token: new")]
    [InlineData("as-groups: [g]", "as-groups: [g, h]")]
    [InlineData("args: [a]", "args: [b]")]
    [InlineData("command: login", "command: other")]
    [InlineData("[{name: c,", "[{name: gone,")]
    public void Other_data_of_cluster_or_user_is_a_change(string what, string by)
    {
        var change = Change(Whole, () => Write("config", Whole.Replace(what, by, StringComparison.Ordinal)));

        Assert.Equal(KubeconfigChangeKind.Changed, change.Kind);
        Assert.NotNull(change.Context);
    }

    [Fact]
    public void A_context_that_vanished_is_gone()
    {
        var change = Change(Whole, () => Write("config", Whole.Replace("name: x", "name: y", StringComparison.Ordinal)));

        Assert.Equal(KubeconfigChangeKind.Gone, change.Kind);
    }

    [Fact]
    public void A_file_that_vanished_is_gone()
    {
        var change = Change(Whole, () => File.Delete(_folder["config"]));

        Assert.Equal(KubeconfigChangeKind.Gone, change.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("clusters: [{name: c,")]
    [InlineData("apiVersion: v1\n")]
    public void A_file_between_two_writes_keeps_the_cluster(string half)
    {
        var change = Change(Whole, () => Write("config", half));

        Assert.Equal(KubeconfigChangeKind.Unreadable, change.Kind);
    }

    [Fact]
    public void An_empty_file_in_a_searched_folder_keeps_the_cluster()
    {
        KubeconfigSnapshot LoadFolder() => new KubeconfigLoader().Load(
            new KubeconfigSearch { ExplicitPaths = [_folder.Path] }, TestContext.Current.CancellationToken);
        Write("config", Whole);
        var old = LoadFolder();
        Write("config", "");

        var change = Assert.Single(KubeconfigChange.Between(old, LoadFolder(), old.Contexts.Select(c => c.Identity)));

        Assert.Equal(KubeconfigChangeKind.Unreadable, change.Kind);
    }

    [Fact]
    public void A_context_whose_user_is_in_an_unreadable_file_of_the_list_is_kept()
    {
        Write("contexts", "clusters: [{name: c, cluster: {server: https://c}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]");
        Write("users", "users: [{name: u, user: {token: t}}]");
        var old = Load("contexts", "users");
        Write("users", "");

        var change = Assert.Single(KubeconfigChange.Between(old, Load("contexts", "users"), old.Contexts.Select(c => c.Identity)));

        Assert.Equal(KubeconfigChangeKind.Unreadable, change.Kind);
    }

    [Fact]
    public void The_cluster_of_the_pod_has_no_file_to_change()
    {
        var identity = new ClusterIdentity("in-cluster:web", "in-cluster", "web", "");

        var change = Assert.Single(KubeconfigChange.Between(new KubeconfigSnapshot(), new KubeconfigSnapshot(), [identity]));

        Assert.Equal(KubeconfigChangeKind.Unchanged, change.Kind);
    }
}
