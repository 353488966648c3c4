using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Overview;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>A cluster of OpenShift beside one that is none: its kinds with the columns of oc, its projects, and Gateway API's kinds.</summary>
public sealed class OpenShiftTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync() => _fleet = await SimulatedFleet.StartAsync(
        new FleetOptions { Clusters = 2, Names = ["plain", "shift"], OpenShift = 1, Pods = 12, Nodes = 6 }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void The_version_names_its_channel_and_the_updates_that_wait()
    {
        using var shell = Open("shift");

        var version = Assert.Single(shell.Run("Get-KubeResource clusterversion").Of<KubeClusterVersion>());

        Assert.Equal(("4.18.7", "4.18.7", "stable-4.18", "True", "False"), (version.Version, version.DesiredVersion, version.Channel, version.Available, version.Progressing));
        Assert.Equal(["4.18.12", "4.18.9"], version.AvailableUpdates);
        Assert.Null(version.Failure);
    }

    [Fact]
    public void Of_the_operators_one_is_degraded_and_one_progresses_and_both_say_why()
    {
        using var shell = Open("shift");

        var told = shell.Run("Get-KubeResource co").Of<KubeClusterOperator>();

        Assert.Equal(22, told.Count);
        Assert.All(told, static one => Assert.Equal(("4.18.7", "True"), (one.Version, one.Available)));
        Assert.StartsWith("RouteHealthDegraded", Assert.Single(told, static one => one.Degraded == "True" && one.Name == "console").Message, StringComparison.Ordinal);
        Assert.Equal("Rolling out the stack.", Assert.Single(told, static one => one.Progressing == "True" && one.Name == "monitoring").Message);
        Assert.All(told.Where(static one => one.Name is not ("console" or "monitoring")), static one => Assert.Null(one.Message));
    }

    [Fact]
    public void A_pool_counts_its_machines()
    {
        using var shell = Open("shift");

        Assert.Equal(
            ["master True False 3/3", "worker False True 2/3"],
            shell.Run("Get-KubeResource mcp").Of<KubeMachineConfigPool>().Select(static one => $"{one.Name} {one.Updated} {one.Updating} {one.Ready}"));
    }

    [Fact]
    public void Routes_older_workloads_builds_and_images_have_the_columns_of_oc()
    {
        using var shell = Open("shift");

        Assert.Equal(
            ["api-gateway.apps.example.com api-gateway http edge/Redirect False", "storefront.apps.example.com storefront http edge/Redirect True"],
            shell.Run("Get-KubeResource route -n web").Of<KubeRoute>().Select(static one => $"{one.Host} {string.Join(",", one.Services)} {one.Port} {one.Termination} {one.Admitted}"));
        var config = Assert.Single(shell.Run("Get-KubeResource dc -n web").Of<KubeDeploymentConfig>());
        Assert.Equal((7, 2, 2, "1/2"), (config.Revision, config.Desired, config.Current, config.Ready));
        Assert.Equal(["config", "image(legacy-shop:latest)"], config.TriggeredBy);
        var build = Assert.Single(shell.Run("Get-KubeResource bc -n web").Of<KubeBuildConfig>());
        Assert.Equal(("Source", "Git@main", 12), (build.Type, build.From, build.Latest));
        var stream = Assert.Single(shell.Run("Get-KubeResource is -n web").Of<KubeImageStream>());
        Assert.Equal(["latest", "1.0"], stream.Tags);
        Assert.Equal("registry.apps.example.com/web/legacy-shop", stream.Repository);
        Assert.Equal(20, (DateTime.Now - stream.Updated!.Value).Days);
    }

    [Fact]
    public void Kinds_of_Gateway_API_have_the_columns_of_kubectl()
    {
        using var shell = Open("shift");

        var (gatewayClass, gateway, route) = (shell.Run("Get-KubeResource gatewayclass").Of<KubeGatewayClass>(), shell.Run("Get-KubeResource gateway -A").Of<KubeGateway>(), shell.Run("Get-KubeResource httproute -A").Of<KubeHttpRoute>());

        Assert.Equal(("openshift.io/gateway-controller/v1", "True"), (Assert.Single(gatewayClass).Controller, gatewayClass[0].Accepted));
        Assert.Equal(("openshift-default", "203.0.113.20", "True", 1), (Assert.Single(gateway).Class, string.Join(",", gateway[0].Addresses), gateway[0].Programmed, gateway[0].AttachedRoutes));
        Assert.Equal(("shop.example.com", "public", "True"), (string.Join(",", Assert.Single(route).Hostnames), string.Join(",", route[0].Gateways), route[0].Accepted));
    }

    [Fact]
    public void A_cluster_that_is_none_serves_none_of_it()
    {
        using var shell = Open();

        var run = shell.Run("Get-KubeResource clusteroperator");

        Assert.Equal(["shift"], run.Of<KubeObject>().Select(static one => one.ClusterName).Distinct());
        Assert.Equal(FaultPhase.KindNotFound, run.Error.Fault().Phase);
    }

    [Fact]
    public void Where_namespaces_are_forbidden_projects_are_shown_in_their_place()
    {
        OnlyProjects("web", "payments");
        using var shell = new Shell(_fleet, UserKind.Limited).Select("*");

        var run = shell.Run("Get-KubeNamespace");

        Assert.Equal(["plain Namespace", "shift Project"], run.Of<KubeNamespace>().Select(static one => $"{one.ClusterName} {one.Kind}").Distinct().Order());
        Assert.Equal(["payments Active", "web Active"], run.Of<KubeNamespace>().Where(static one => one.ClusterName == "shift").Select(static one => $"{one.Name} {one.State}"));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void A_project_by_its_name_a_pattern_and_one_that_is_not_there()
    {
        OnlyProjects("web", "payments");
        using var shell = new Shell(_fleet, UserKind.Limited).Select("shift");

        Assert.Equal(["web"], shell.Run("Get-KubeNamespace web").Of<KubeNamespace>().Select(static one => one.Name));
        Assert.Equal(["payments"], shell.Run("Get-KubeNamespace pay*").Of<KubeNamespace>().Select(static one => one.Name));
        Assert.Equal(FaultPhase.NotFound, shell.Run("Get-KubeNamespace pay*, nosuch").Error.Fault().Phase);
    }

    [Fact]
    public void A_project_becomes_the_sessions_namespace_and_projects_are_completed()
    {
        OnlyProjects("web", "payments");
        using var shell = new Shell(_fleet, UserKind.Limited).Select("shift");

        shell.Offers("Get-KubeResource pod -Namespace pay", static came => came.Select(static one => one.CompletionText).SequenceEqual(["payments"]));
        shell.Run("Get-KubeNamespace payments | Set-KubeNamespace");
        Assert.Equal("payments", shell.Session.Pool.Namespaces.For(shell.Selected[0]));
    }

    [Fact]
    public void Where_all_namespaces_are_forbidden_those_of_the_projects_are_read()
    {
        OnlyProjects("web", "payments");
        _fleet["shift"].LimitedUser.Rules = [.. _fleet["shift"].LimitedUser.Rules, new AccessRule("list", "pods", "payments")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("shift");

        var run = shell.Run("Get-KubeResource pod -A");

        Assert.Equal(["payments", "web"], run.Of<KubeObject>().Select(static one => one.Namespace).Distinct().Order());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void The_overview_and_what_needs_a_look_are_of_those_projects_and_name_the_rest()
    {
        OnlyProjects("web", "payments");
        _fleet["shift"].LimitedUser.Rules = [.. _fleet["shift"].LimitedUser.Rules, new AccessRule("list", "pods", "payments")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("shift");

        var row = Assert.Single(shell.Run("Get-KubeOverview").Of<KubeOverview>());

        var pods = _fleet["shift"].Store.List("pods").Count(static pod => pod.Namespace is "web" or "payments");
        Assert.Equal(pods, row.PodsRunning + row.PodsPending + row.PodsSucceeded + row.PodsFailed + row.PodsUnknown);
        Assert.Contains("pods (only in payments and web)", row.Unseen);
        var warning = Assert.Single(shell.Run("Get-KubeAttention").Warnings);
        Assert.Contains("pods (only in payments and web)", warning);
        Assert.Contains("name those that you may read with -Namespace", warning);
    }

    [Fact]
    public void Where_there_are_no_projects_the_word_on_namespaces_stands()
    {
        _fleet["plain"].LimitedUser.Rules = [];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("plain");

        var fault = shell.Run("Get-KubeNamespace").Error.Fault();

        Assert.Equal(FaultPhase.Forbidden, fault.Phase);
        Assert.Contains("namespaces", fault.Message);
    }

    private Shell Open(string clusters = "*") => new Shell(_fleet).Select(clusters);

    /// <summary>Jane may see these projects, and no namespaces of the whole cluster.</summary>
    private void OnlyProjects(params string[] names)
    {
        var cluster = _fleet["shift"];
        cluster.LimitedUser.Rules = [new AccessRule("get list", "projects"), new AccessRule("list", "pods", "web")];
        foreach (var project in cluster.Store.List("projects").Where(project => !names.Contains(project.Name)))
            cluster.Store.Remove("projects", null, project.Name);
    }
}
