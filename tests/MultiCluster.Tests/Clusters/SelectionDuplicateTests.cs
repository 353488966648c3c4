using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

public sealed class SelectionDuplicateTests
{
    private const string Refusal = "prod is already active. Duplicate context names are not allowed.";

    [Fact]
    public async Task The_second_context_of_a_name_is_refused()
    {
        await using var session = Twins();
        var result = await session.Pool.SelectAsync(new SelectionRequest { Names = ["prod"], Kubeconfig = Files(session) }, TestContext.Current.CancellationToken);
        Assert.Equal(["eu.yaml:prod"], session.Pool.Selected.Select(cluster => cluster.ClusterId));
        var refusal = Assert.Single(result.Refusals);
        Assert.Equal(Refusal, refusal.Fault.Message);
        Assert.Equal(FaultPhase.Conflict, refusal.Fault.Phase);
        Assert.Contains("-Alias", refusal.Fault.Advice, StringComparison.Ordinal);
        Assert.Equal("us.yaml:prod", ((KubeCluster)refusal.Target).ClusterId);
    }

    [Fact]
    public async Task A_name_that_is_active_already_is_refused_and_listed_with_the_reason()
    {
        await using var session = Twins();
        await session.Pool.SelectAsync(new SelectionRequest { Ids = ["us.yaml:prod"], Kubeconfig = Files(session) }, TestContext.Current.CancellationToken);
        var result = await session.Pool.SelectAsync(new SelectionRequest { Ids = ["eu.yaml:prod"], Kubeconfig = Files(session), Add = true }, TestContext.Current.CancellationToken);
        Assert.Equal(Refusal, Assert.Single(result.Refusals).Fault.Message);
        Assert.Equal(["us.yaml:prod"], session.Pool.Selected.Select(cluster => cluster.ClusterId));

        var known = session.Pool.Known(Files(session)).Clusters;
        Assert.Equal([Refusal, null], known.Select(cluster => cluster.Reason));
        Assert.Equal([false, true], known.Select(cluster => cluster.Selected));
    }

    [Fact]
    public async Task The_other_one_takes_the_place_when_the_selection_is_replaced()
    {
        await using var session = Twins();
        await session.Pool.SelectAsync(new SelectionRequest { Ids = ["us.yaml:prod"], Kubeconfig = Files(session) }, TestContext.Current.CancellationToken);
        var result = await session.Pool.SelectAsync(new SelectionRequest { Ids = ["eu.yaml:prod"], Kubeconfig = Files(session) }, TestContext.Current.CancellationToken);
        Assert.Empty(result.Refusals);
        Assert.Equal(["eu.yaml:prod"], session.Pool.Selected.Select(cluster => cluster.ClusterId));
    }

    [Fact]
    public async Task An_alias_resolves_it()
    {
        await using var session = Twins();
        await AliasAsync(session, "us.yaml:prod", "prod-us");
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = Files(session) }, TestContext.Current.CancellationToken);
        Assert.Empty(result.Refusals);
        Assert.Equal(["prod", "prod-us"], session.Names);
    }

    [Fact]
    public async Task An_alias_that_is_another_clusters_name_is_refused_too()
    {
        await using var session = TestSession.Offline("prod", "staging");
        await AliasAsync(session, "fleet.yaml:staging", "prod");
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true }, TestContext.Current.CancellationToken);
        Assert.Equal(Refusal, Assert.Single(result.Refusals).Fault.Message);
    }

    [Fact]
    public async Task A_cluster_that_got_an_alias_is_added_under_it_in_place_of_the_old_name()
    {
        await using var session = TestSession.Offline("prod", "staging");
        await session.SelectAsync("prod", "staging");
        var old = session.Connection("staging");
        await AliasAsync(session, "fleet.yaml:staging", "test");
        var result = await session.Pool.SelectAsync(new SelectionRequest { Names = ["test"], Add = true }, TestContext.Current.CancellationToken);
        Assert.Empty(result.Refusals);
        Assert.Equal(["prod", "test"], session.Names);
        Assert.Same(session.Cluster("test"), Assert.Single(result.Clusters));
        Assert.Same(old, session.Connection("test"));
    }

    [Fact]
    public async Task An_alias_that_another_session_sets_makes_no_second_cluster_of_a_selected_one()
    {
        await using var session = TestSession.Offline("prod", "staging");
        await session.SelectAsync("staging");

        await AliasAsync(session, "fleet.yaml:staging", "test");

        var listed = session.Pool.Known().Clusters.Single(static cluster => cluster.Context == "staging");
        Assert.Equal(("staging", true), (listed.ClusterName, listed.Selected)); // until this session reads it
        await session.Pool.ApplyPreferencesAsync();
        listed = session.Pool.Known().Clusters.Single(static cluster => cluster.Context == "staging");
        Assert.Equal(("test", true), (listed.ClusterName, listed.Selected));
        Assert.Equal(["test"], session.Names);
    }

    [Fact]
    public async Task Preferences_that_cannot_be_read_take_no_protection_away()
    {
        await using var session = TestSession.Offline("prod");
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Protected = true }.ApplyTo("prod"), TestContext.Current.CancellationToken);
        await session.SelectAsync("prod");
        await File.WriteAllTextAsync(session.Pool.Preferences.FilePath, "{ damaged", TestContext.Current.CancellationToken);

        await session.Pool.ApplyPreferencesAsync();

        Assert.True(session.Cluster("prod").Protected);
    }

    [Fact]
    public async Task The_advice_is_the_command_that_helps()
    {
        await using var session = TestSession.Offline("x");
        string[] files = [session.Folder.Write("one/config", Yaml.Of("prod")), session.Folder.Write("two/config", Yaml.Of("prod"))];
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = files }, TestContext.Current.CancellationToken);
        Assert.Single(session.Pool.Selected);
        var refusal = Assert.Single(result.Refusals);
        Assert.Equal(Refusal, refusal.Fault.Message);
        Assert.Equal($"Give one of them an alias, which becomes its name: Set-KubeCluster -Id 'two/config:prod' -Kubeconfig '{files[1]}' -Alias 'two'", refusal.Fault.Advice);
    }

    [Fact]
    public async Task What_the_usual_places_lead_to_needs_no_file_in_the_advice()
    {
        await using var session = Twins();
        session.Variables["KUBECONFIG"] = session.Folder["eu.yaml"];
        session.Folder.Write("home/.kube/lab's", Yaml.Of("prod").Replace("10.0.0", "10.0.1", StringComparison.Ordinal));
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true }, TestContext.Current.CancellationToken);
        Assert.Equal("Give one of them an alias, which becomes its name: Set-KubeCluster -Id 'lab''s:prod' -Alias 'lab''s'", Assert.Single(result.Refusals).Fault.Advice);
    }

    [Fact]
    public async Task An_alias_that_is_taken_is_not_advised()
    {
        await using var session = Twins();
        string[] files = [.. Files(session), session.Folder.Write("other.yaml", Yaml.Of("us"))];
        var result = await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = files }, TestContext.Current.CancellationToken);
        Assert.EndsWith(" -Alias 'us-prod'", Assert.Single(result.Refusals).Fault.Advice, StringComparison.Ordinal);
    }

    private static TestSession Twins()
    {
        var session = TestSession.Offline("x");
        session.Folder.Write("eu.yaml", Yaml.Of("prod"));
        session.Folder.Write("us.yaml", Yaml.Of("prod"));
        return session;
    }

    private static string[] Files(TestSession session) => [session.Folder["eu.yaml"], session.Folder["us.yaml"]];

    private static Task<LoadedPreferences> AliasAsync(TestSession session, string id, string alias) =>
        session.Pool.Preferences.UpdateAsync(new PreferenceChange { Alias = alias }.ApplyTo(id), TestContext.Current.CancellationToken);
}
