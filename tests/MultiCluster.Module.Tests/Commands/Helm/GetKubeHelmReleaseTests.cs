using MultiCluster.Faults;
using MultiCluster.Helm;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Helm;

/// <summary>Get-KubeHelmRelease over simulated clusters with releases.</summary>
public sealed class GetKubeHelmReleaseTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Names = ["east", "west"], Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            cluster.AddRelease("web", "cache", 9, "superseded", version: "18.0.0");
            cluster.AddRelease("web", "cache", 10, "deployed");
            cluster.AddRelease("web", "shop", 1, "pending-install", chart: "shop", version: "0.1.0", appVersion: "");
            cluster.AddRelease("payments", "ledger", 2, "failed", chart: "ledger", version: "3.0.0", configMap: true);
        }
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void The_latest_revision_of_each_release_of_all_clusters_is_a_row()
    {
        using var shell = Open();

        var run = shell.Run("Get-KubeHelmRelease -A");

        Assert.Empty(run.Errors);
        Assert.Equal(
            ["east payments/ledger 2 failed ledger-3.0.0 7.2.1", "east web/cache 10 deployed redis-18.1.0 7.2.1", "east web/shop 1 pending-install shop-0.1.0 ", "west payments/ledger 2 failed ledger-3.0.0 7.2.1", "west web/cache 10 deployed redis-18.1.0 7.2.1", "west web/shop 1 pending-install shop-0.1.0 "],
            run.Of<KubeHelmRelease>().Select(static one => $"{one.ClusterName} {one.Namespace}/{one.Name} {one.Revision} {one.State} {one.Chart} {one.AppVersion}").Order());
        Assert.All(run.Of<KubeHelmRelease>(), static one => Assert.Equal((null, null), (one.Values, one.Manifest)));
    }

    [Fact]
    public void History_has_every_revision_in_its_order()
    {
        using var shell = Open("east");

        var history = shell.Run("Get-KubeHelmRelease cache -Namespace web -History").Of<KubeHelmRelease>();

        Assert.Equal(["9 redis-18.0.0 superseded 9", "10 redis-18.1.0 deployed 10"], history.Select(static one => $"{one.Revision} {one.Chart} {one.Description}"));
    }

    [Fact]
    public void Only_the_payloads_of_the_revisions_that_are_shown_are_read()
    {
        using var shell = Open("east");

        shell.Run("Get-KubeHelmRelease -A");

        Assert.Equal(["cache.v10", "ledger.v2", "shop.v1"], Gets());
    }

    [Fact]
    public void With_MetadataOnly_no_payload_is_read()
    {
        using var shell = Open("east");

        var rows = shell.Run("Get-KubeHelmRelease -A -MetadataOnly").Of<KubeHelmRelease>();

        Assert.Equal(["cache 10 deployed", "ledger 2 failed", "shop 1 pending-install"], rows.Select(static one => $"{one.Name} {one.Revision} {one.State}").Order());
        Assert.All(rows, static one => Assert.Null(one.Chart));
        Assert.All(rows, static one => Assert.Equal(new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc), one.Updated!.Value.ToUniversalTime()));
        Assert.Empty(Gets());
    }

    [Fact]
    public void Values_and_manifest_come_where_they_are_asked_for()
    {
        using var shell = Open("east");

        Assert.Equal([10L], shell.Run("(Get-KubeHelmRelease cache -n web -Values).Values.replicas").Output);
        Assert.Equal(["  password: s3cret", "auth:", "replicas: 10"], [.. shell.Run("(Get-KubeHelmRelease cache -n web -Values).Values | ConvertTo-KubeYaml").Of<string>().SelectMany(static text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Where(static line => line != "---").Order(StringComparer.Ordinal)]);
        Assert.Equal(["---\n# revision 10\nkind: Service\n"], shell.Run("(Get-KubeHelmRelease cache -n web -Manifest).Manifest").Output);
    }

    [Fact]
    public void A_release_that_is_piped_in_is_read_anew()
    {
        using var shell = Open();

        var run = shell.Run("Get-KubeHelmRelease cache -n web -Cluster west | Get-KubeHelmRelease -History");

        Assert.Equal(["west 9", "west 10"], run.Of<KubeHelmRelease>().Select(static one => $"{one.ClusterName} {one.Revision}"));
    }

    [Fact]
    public void Names_take_wildcards_and_one_that_no_release_has_is_an_error()
    {
        using var shell = Open("east");

        Assert.Equal(["cache", "ledger"], shell.Run("Get-KubeHelmRelease c*, l* -A").Of<KubeHelmRelease>().Select(static one => one.Name).Order());
        var fault = shell.Run("Get-KubeHelmRelease nosuch -A").Error.Fault();
        Assert.Equal(FaultPhase.NotFound, fault.Phase);
        Assert.Contains("nosuch", fault.Message);
    }

    [Fact]
    public void A_payload_that_is_no_release_is_one_error_and_its_row_shows_what_the_labels_say()
    {
        _fleet["east"].AddStored("web", "odd", 1, "deployed", "s3cret"u8.ToArray());
        using var shell = Open("east");

        var run = shell.Run("Get-KubeHelmRelease -n web");

        Assert.Equal(["cache", "odd", "shop"], run.Of<KubeHelmRelease>().Select(static one => one.Name));
        Assert.Equal(FaultPhase.Decode, run.Error.Fault().Phase);
        Assert.Null(run.Of<KubeHelmRelease>().Single(static one => one.Name == "odd").Chart);
    }

    [Fact]
    public void Who_may_not_read_Secrets_is_told_and_gets_what_ConfigMaps_keep()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.LimitedUser.Rules = [new AccessRule("get list", "configmaps"), new AccessRule("get list", "secrets", "web"), new AccessRule("list", "namespaces")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("east");

        var run = shell.Run("Get-KubeHelmRelease -A");

        Assert.Equal(["cache", "ledger", "shop"], run.Of<KubeHelmRelease>().Select(static one => one.Name).Order());
        Assert.Equal(FaultPhase.Forbidden, run.Error.Fault().Phase);
        Assert.Contains("left out", run.Error.Fault().Message);
    }

    [Fact]
    public void Who_may_list_and_not_read_them_is_told_once_and_gets_rows_without_charts()
    {
        _fleet["east"].LimitedUser.Rules = [new AccessRule("list", "configmaps secrets namespaces")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("east");

        var run = shell.Run("Get-KubeHelmRelease -A");

        Assert.Equal(3, run.Output.Count);
        Assert.Equal(FaultPhase.Forbidden, run.Error.Fault().Phase);
    }

    [Fact]
    public void A_cluster_that_hangs_delays_no_other_and_Ctrl_C_ends_its_requests()
    {
        _fleet["west"].Faults.Add(ClusterFault.NeverAnswer());
        using var shell = Open();
        using var running = shell.Start("Get-KubeHelmRelease -A");

        running.Until(static one => one.Output.Count == 3);
        running.Stop();

        Eventually.True(() => _fleet["west"].ActiveRequests == 0, "A request goes on.");
    }

    [Fact]
    public void Names_of_releases_are_completed()
    {
        using var shell = Open("east");

        shell.Offers("Get-KubeHelmRelease -Namespace web -Name ca", static came => came.Select(static one => one.CompletionText).SequenceEqual(["cache"]));
    }

    private Shell Open(string clusters = "*") => new Shell(_fleet).Select(clusters);

    /// <summary>What was read by its name, after what all names have in common.</summary>
    private IEnumerable<string> Gets() => _fleet["east"].Requests.All
        .Select(static request => request.Path).Where(static path => path.Contains("sh.helm.release.v1.", StringComparison.Ordinal))
        .Select(static path => path.Split("sh.helm.release.v1.")[1]).Order();
}
