using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Finding;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Finding;

/// <summary>Find-KubeResource over simulated clusters in which something was hidden.</summary>
public sealed class FindKubeResourceTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Names = ["east", "west"], Pods = 6 }, TestContext.Current.CancellationToken);
        _fleet["east"].Store.Add(Object("v1", "ConfigMap", "lost-treasure", "web"));
        _fleet["east"].Store.Add(Object("v1", "Secret", "lost-treasure-key", "payments"));
        _fleet["east"].Store.Add(Object("example.com/v1", "Widget", "lost-treasure", "default"));
        _fleet["west"].Store.Add(Object("rbac.authorization.k8s.io/v1", "ClusterRole", "lost-treasure"));
        _fleet["west"].Store.Add(Object("v1", "Event", "lost-treasure.17", "web"));
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void An_object_is_found_among_all_kinds_of_all_clusters_by_a_part_of_its_name()
    {
        using var shell = Open();

        var run = shell.Run("Find-KubeResource *treasure*");

        Assert.Equal(["east ConfigMap web/lost-treasure", "east Secret payments/lost-treasure-key", "east Widget default/lost-treasure", "west ClusterRole /lost-treasure"], Told(run));
        Assert.Empty(run.Errors);
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public void Labels_find_as_well_and_narrow_names()
    {
        using var shell = Open();

        Assert.Equal(4, shell.Run("Find-KubeResource -LabelSelector hidden=deep").Output.Count);
        Assert.Equal(["east Secret payments/lost-treasure-key"], Told(shell.Run("Find-KubeResource *-key -LabelSelector hidden=deep")));
    }

    [Fact]
    public void Metadata_alone_is_asked_for_and_the_server_selects_by_an_exact_name()
    {
        using var shell = Open();

        Assert.Equal(3, shell.Run("Find-KubeResource lost-treasure").Output.Count);

        var lists = _fleet["east"].Requests.All.Where(static request => request.Query.Contains("limit=", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lists);
        Assert.All(lists, static request => Assert.Contains("metadata.name%3Dlost-treasure", request.Query));
        Assert.All(lists, static request => Assert.Contains("PartialObjectMetadataList", request.Header("Accept")));
    }

    [Fact]
    public void Of_many_names_each_kind_is_listed_once()
    {
        using var shell = Open("east");

        Assert.Equal(["east ConfigMap web/lost-treasure", "east Secret payments/lost-treasure-key"], Told(shell.Run("Find-KubeResource lost-treasure, lost-treasure-key, b, c -Kind configmaps, secrets")));

        Assert.Equal(2, _fleet["east"].Requests.All.Count(static request => request.Query.Contains("limit=", StringComparison.Ordinal)));
    }

    [Fact]
    public void Events_are_searched_only_where_they_are_named_and_an_object_of_two_groups_is_found_once()
    {
        using var shell = Open();

        Assert.Equal(["west Event web/lost-treasure.17"], Told(shell.Run("Find-KubeResource lost-* -Kind events, events.events.k8s.io")));
    }

    [Fact]
    public void Namespaces_narrow_the_search_and_leave_out_what_lives_outside_of_them()
    {
        using var shell = Open();

        Assert.Equal(["east ConfigMap web/lost-treasure"], Told(shell.Run("Find-KubeResource *treasure* -Namespace web")));
    }

    [Fact]
    public void No_more_come_than_are_wanted()
    {
        using var shell = Open();

        Assert.Equal(2, shell.Run("Find-KubeResource * -First 2").Output.Count);
    }

    [Fact]
    public void What_may_not_be_listed_is_one_warning_per_cluster_and_a_row_of_the_report_for_each_kind()
    {
        _fleet["east"].LimitedUser.Rules = [new AccessRule("list", "configmaps"), new AccessRule("list", "secrets", "payments"), new AccessRule("list", "namespaces")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("east");

        var run = shell.Run("Find-KubeResource *treasure*");

        Assert.Equal(["east ConfigMap web/lost-treasure", "east Secret payments/lost-treasure-key"], Told(run));
        Assert.Empty(run.Errors);
        Assert.StartsWith("east: not everything was searched: you may not list ", Assert.Single(run.Warnings), StringComparison.Ordinal);
        var unread = shell.Run("(Get-KubeFanOut).Clusters.Results").Of<KubeUnreadKind>();
        Assert.DoesNotContain(unread, static kind => kind.Resource is "configmaps" or "namespaces");
        Assert.EndsWith("searched in payments", unread.Single(static kind => kind.Resource == "secrets").Reason, StringComparison.Ordinal);
        Assert.Contains(unread, static kind => kind.Resource == "widgets.example.com");
    }

    [Fact]
    public void An_API_group_that_does_not_answer_is_told_and_the_others_are_searched()
    {
        _fleet["east"].Faults.Add(ClusterFault.InternalError().When(static request => request.Resource == "widgets"));
        using var shell = Open("east");

        var run = shell.Run("Find-KubeResource *treasure*");

        Assert.Equal(2, run.Output.Count);
        Assert.Contains("widgets.example.com could not be listed", Assert.Single(run.Warnings));
    }

    [Fact]
    public void Without_a_name_and_a_selector_nothing_is_asked()
    {
        using var shell = Open();

        var fault = shell.Run("Find-KubeResource -Kind pods").Terminated!.Fault();

        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Empty(_fleet["east"].Requests.All);
    }

    [Fact]
    public void A_kind_that_one_cluster_lacks_is_its_error()
    {
        _fleet["west"].Faults.Add(ClusterFault.MissingKind("widgets"));
        using var shell = Open();

        var run = shell.Run("Find-KubeResource lost-treasure -Kind widgets");

        Assert.Equal(["east Widget default/lost-treasure"], Told(run));
        Assert.Equal(FaultPhase.KindNotFound, run.Error.Fault().Phase);
    }

    [Fact]
    public void A_cluster_that_hangs_delays_no_other_and_Ctrl_C_ends_its_requests()
    {
        _fleet["west"].Faults.Add(ClusterFault.NeverAnswer());
        using var shell = Open();
        using var running = shell.Start("Find-KubeResource *treasure*");

        running.Until(static one => one.Output.Count == 3);
        running.Stop();

        Eventually.True(() => _fleet["west"].ActiveRequests == 0, "A request goes on.");
    }

    [Fact]
    public void No_more_requests_than_some_are_under_way_in_a_cluster()
    {
        _fleet["east"].Faults.Add(ClusterFault.NeverAnswer().When(static request => request.Verb == "list"));
        using var shell = Open("east");
        shell.Run("Get-KubeApiResource");
        using var running = shell.Start("Find-KubeResource *treasure*");

        Eventually.True(() => _fleet["east"].ActiveRequests == 6, "It does not begin.");
        running.Stop();

        Assert.Equal(FanOutOutcome.Skipped, shell.Run("(Get-KubeFanOut).Clusters").Of<FanOutRow>().Single().Outcome);
    }

    private Shell Open(string clusters = "*") => new Shell(_fleet).Select(clusters);

    private static IEnumerable<string> Told(ShellRun run) => run.Of<KubeObject>().Select(static one => $"{one.ClusterName} {one.Kind} {one.Namespace}/{one.Name}").Order(StringComparer.Ordinal);

    private static string Object(string apiVersion, string kind, string name, string? ns = null) =>
        $$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}","metadata":{"name":"{{name}}"{{(ns is null ? "" : $",\"namespace\":\"{ns}\"")}},"labels":{"hidden":"deep"} } }""";
}
