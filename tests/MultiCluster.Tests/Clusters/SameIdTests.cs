using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>Two kubeconfigs of one name with one context, as the installer of OpenShift writes them: each can be named, selected, set and remembered.</summary>
public sealed class SameIdTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_are_listed_with_ids_of_their_own()
    {
        await using var session = Twins();
        Assert.Equal(["prod/auth/kubeconfig:admin", "stage/auth/kubeconfig:admin"], Twin(session.Pool.Known()).Select(cluster => cluster.ClusterId));
    }

    [Fact]
    public async Task Each_is_selected_by_its_id_and_both_with_an_alias()
    {
        await using var session = Twins();
        await session.Pool.SelectAsync(new SelectionRequest { Ids = ["stage/auth/kubeconfig:admin"] }, Stop);
        Assert.Equal([File(session, "stage")], session.Pool.Selected.Select(cluster => cluster.Kubeconfig));

        var refused = Assert.Single((await session.Pool.SelectAsync(new SelectionRequest { Ids = ["prod/auth/kubeconfig:admin"], Add = true }, Stop)).Refusals);
        Assert.Equal("admin is already active. Duplicate context names are not allowed.", refused.Fault.Message);
        Assert.EndsWith("Set-KubeCluster -Id 'prod/auth/kubeconfig:admin' -Alias 'prod'", refused.Fault.Advice, StringComparison.Ordinal);

        var prod = session.Pool.Known().Clusters.Single(cluster => cluster.ClusterId == "prod/auth/kubeconfig:admin");
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Alias = "prod" }.ApplyTo(prod.ClusterId, [prod]), Stop);
        await session.Pool.SelectAsync(new SelectionRequest { Names = ["prod"], Add = true }, Stop);
        Assert.Equal(["admin", "prod"], session.Names);
    }

    [Fact]
    public async Task An_alias_of_one_does_not_show_on_the_other_wherever_that_is_found()
    {
        await using var session = TestSession.Offline("x");
        string[] files = [session.Folder.Write("prod/auth/kubeconfig", Yaml.Of("admin")), session.Folder.Write("stage/auth/kubeconfig", Yaml.Of("admin"))];
        var prod = Assert.Single(session.Pool.Known(files[0]).Clusters);
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Alias = "prod", Protected = true }.ApplyTo("kubeconfig:admin", [prod]), Stop);

        var stage = Assert.Single(session.NewPool().Known(files[1]).Clusters);
        Assert.Equal(("kubeconfig:admin", "admin", false), (stage.ClusterId, stage.ClusterName, stage.Protected));
        Assert.Equal(["prod", "admin"], session.NewPool().Known(files).Clusters.Select(cluster => cluster.ClusterName));
    }

    [Fact]
    public async Task A_kubeconfig_that_was_moved_keeps_its_protection_and_nothing_else()
    {
        await using var session = TestSession.Offline("x");
        var file = session.Folder.Write("old/kubeconfig", Yaml.Of("admin"));
        var cluster = Assert.Single(session.Pool.Known(file).Clusters);
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Alias = "prod", Protected = true }.ApplyTo("kubeconfig:admin", [cluster]), Stop);
        Directory.Move(session.Folder["old"], session.Folder["new"]);

        var moved = Assert.Single(session.NewPool().Known(session.Folder["new/kubeconfig"]).Clusters);
        Assert.Equal(("admin", true), (moved.ClusterName, moved.Protected));

        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Protected = false }.ApplyTo("kubeconfig:admin", [moved]), Stop);
        Assert.False(Assert.Single(session.NewPool().Known(session.Folder["new/kubeconfig"]).Clusters).Protected);
    }

    [Fact]
    public async Task A_rule_that_a_person_wrote_for_the_short_id_holds_for_both()
    {
        await using var session = Twins();
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Protected = true }.ApplyTo("kubeconfig:admin"), Stop);
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Group = ["g"] }.ApplyTo("kubeconfig:*"), Stop);
        Assert.All(Twin(session.Pool.Known()), cluster => Assert.True(cluster.Protected));
        Assert.All(Twin(session.Pool.Known()), cluster => Assert.Equal(["g"], cluster.Group));
    }

    [Fact]
    public async Task A_name_that_both_have_gives_each_what_its_rule_said()
    {
        await using var session = Twins();
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Group = ["g"] }.ApplyTo("admin"), Stop);
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Qps = 5 }.ApplyTo("admin", Twin(session.Pool.Known())), Stop);
        Assert.All(Twin(session.Pool.Known()), cluster => Assert.Equal(("g", 5), (Assert.Single(cluster.Group), cluster.Preferences.Qps)));
    }

    [Fact]
    public async Task The_last_selection_is_found_again_whatever_its_id_is_by_then()
    {
        await using var session = Twins();
        var first = session.NewPool();
        await first.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [File(session, "stage")] }, Stop);
        Assert.Equal("kubeconfig:admin", Assert.Single(first.Selected).ClusterId);

        await session.Pool.SelectAsync(new SelectionRequest { Last = true }, Stop);
        var selected = Assert.Single(session.Pool.Selected);
        Assert.Equal((File(session, "stage"), "stage/auth/kubeconfig:admin"), (selected.Kubeconfig, selected.ClusterId));
    }

    [Theory]
    [InlineData("kubeconfig:admin")]
    [InlineData("auth/kubeconfig:admin")]
    public async Task An_id_that_fits_both_is_refused_with_both_ids_and_files(string id)
    {
        await using var session = Twins();
        foreach (var request in (SelectionRequest[])[new() { Ids = [id] }, new() { Names = [id] }])
        {
            var fault = Assert.Single((await session.Pool.SelectAsync(request, Stop)).Refusals).Fault;
            Assert.Equal(FaultPhase.Invalid, fault.Phase);
            foreach (var text in (string[])["'prod/auth/kubeconfig:admin'", "'stage/auth/kubeconfig:admin'", File(session, "prod"), File(session, "stage")])
                Assert.Contains(text, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_appears_changes_no_id_of_the_session()
    {
        await using var session = Twins("prod");
        await session.Pool.SelectAsync(new SelectionRequest { Ids = ["kubeconfig:admin"] }, Stop);
        session.Folder.Write("home/stage/auth/kubeconfig", Yaml.Of("admin"));
        await session.Pool.Preferences.UpdateAsync(preferences => preferences with { Search = [.. preferences.Search, File(session, "stage")] }, Stop);

        Assert.Equal(["kubeconfig:admin", "stage/auth/kubeconfig:admin"], Twin(session.Pool.Known()).Select(cluster => cluster.ClusterId));
        Assert.True(session.Pool.Known().Clusters.Single(cluster => cluster.ClusterId == "kubeconfig:admin").Selected);
        Assert.Equal([File(session, "prod")], Targets(session, new ExactId("kubeconfig:admin")));
    }

    [Fact]
    public async Task An_id_never_leads_to_the_other_one_because_that_is_selected()
    {
        await using var session = Twins();
        session.Pool.Known();
        await session.Pool.SelectAsync(new SelectionRequest { Ids = ["stage/auth/kubeconfig:admin"] }, Stop);

        Assert.Equal([File(session, "stage")], Targets(session, new ExactId("stage/auth/kubeconfig:admin")));
        Assert.Equal(FaultPhase.ClusterNotSelected, Refusal(session, new ExactId("prod/auth/kubeconfig:admin")).Phase);
        Assert.Equal(FaultPhase.Invalid, Refusal(session, new ExactId("kubeconfig:admin")).Phase);
        Assert.Equal(FaultPhase.Invalid, Refusal(session, "auth/kubeconfig:admin").Phase);
        Assert.Equal([File(session, "stage")], Targets(session, "kubeconfig:ad*"));
    }

    [Fact]
    public async Task An_id_with_more_folders_than_needed_leads_to_its_cluster()
    {
        await using var session = Twins("prod");
        await session.Pool.SelectAsync(new SelectionRequest { Ids = ["prod/auth/kubeconfig:admin"] }, Stop);
        Assert.Equal("kubeconfig:admin", Assert.Single(session.Pool.Selected).ClusterId);
        Assert.Equal([File(session, "prod")], Targets(session, new ExactId("auth/kubeconfig:admin")));
    }

    [Fact]
    public async Task An_id_of_this_session_that_the_usual_places_do_not_lead_to_is_answered_with_the_way()
    {
        await using var session = TestSession.Offline("x");
        var file = session.Folder.Write("lab/kubeconfig", Yaml.Of("admin"));
        session.Pool.Known(file);
        var fault = Assert.Single((await session.Pool.SelectAsync(new SelectionRequest { Ids = ["kubeconfig:admin"] }, Stop)).Refusals).Fault;
        Assert.Equal(FaultPhase.NotFound, fault.Phase);
        Assert.EndsWith($"Select-KubeCluster -Id 'kubeconfig:admin' -Kubeconfig '{file}'", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_of_another_session_takes_this_sessions_id()
    {
        await using var session = Twins();
        var stage = Assert.Single(session.NewPool().Known(File(session, "stage")).Clusters);
        session.Pool.Known();
        await session.Pool.SelectAsync(new SelectionRequest { Clusters = [stage] }, Stop);
        Assert.Equal(("kubeconfig:admin", "stage/auth/kubeconfig:admin"), (stage.ClusterId, Assert.Single(session.Pool.Selected).ClusterId));
    }

    [Fact]
    public async Task Objects_of_two_sessions_with_one_id_are_not_asked_in_one_call()
    {
        await using var session = Twins();
        ClusterPool[] pools = [session.NewPool(), session.NewPool()];
        await pools[0].SelectAsync(new SelectionRequest { All = true, Kubeconfig = [File(session, "prod")] }, Stop);
        await pools[1].SelectAsync(new SelectionRequest { All = true, Kubeconfig = [File(session, "stage")] }, Stop);
        var targets = ClusterTargets.Resolve(session.Pool, [pools[0].Selected[0], pools[1].Selected[0]]);
        Assert.Equal([File(session, "prod")], targets.Clusters.Select(cluster => cluster.Kubeconfig));
        Assert.Equal(FaultPhase.Conflict, Assert.Single(targets.Refusals).Fault.Phase);

        await pools[1].SelectAsync(new SelectionRequest { All = true, Kubeconfig = [File(session, "prod")] }, Stop);
        Assert.Single(ClusterTargets.Resolve(session.Pool, [pools[0].Selected[0], pools[1].Selected[0]]).Clusters);
    }

    private static TestSession Twins(params string[] which)
    {
        var session = TestSession.Offline("x");
        string[] twins = which.Length == 0 ? ["prod", "stage"] : which;
        foreach (var twin in twins)
            session.Folder.Write($"home/{twin}/auth/kubeconfig", Yaml.Of("admin"));
        session.Pool.Preferences.UpdateAsync(preferences => preferences with { Search = [.. twins.Select(twin => File(session, twin))] }, Stop).GetAwaiter().GetResult();
        return session;
    }

    private static string File(TestSession session, string twin) => session.Folder[$"home/{twin}/auth/kubeconfig"];

    private static KubeCluster[] Twin(KnownClusters known) => [.. known.Clusters.Where(cluster => cluster.Context == "admin")];

    private static IEnumerable<string> Targets(TestSession session, object target) => ClusterTargets.Resolve(session.Pool, [target]).Clusters.Select(cluster => cluster.Kubeconfig);

    private static Fault Refusal(TestSession session, object target) => Assert.Single(ClusterTargets.Resolve(session.Pool, [target]).Refusals).Fault;
}
