using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

public sealed class NameTests
{
    private static readonly ResourceQuery Services = new() { Kinds = ["services"], Namespaces = ["web"] };
    private static readonly ResourceQuery Everywhere = new() { Kinds = ["configmaps"], AllNamespaces = true };

    [Fact]
    public async Task An_exact_name_is_asked_for_alone()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 80 });
        var answer = await session.ReadAsync(Services with { Names = ["storefront"] });
        Assert.Equal(["storefront"], answer.Names("sim-1"));
        Assert.Equal(["/api/v1/namespaces/web/services/storefront"], Paths(session));
    }

    [Fact]
    public async Task Wildcards_list_and_filter()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 80 });
        var answer = await session.ReadAsync(Services with { Names = ["storefr?nt", "api-gateway"] });
        Assert.Equal(["api-gateway", "storefront"], answer.Names("sim-1"));
        Assert.Equal(["/api/v1/namespaces/web/services"], Paths(session));
    }

    [Fact]
    public async Task A_name_that_one_cluster_lacks_is_its_fault_with_the_name()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 80 });
        session.Fleet["sim-2"].Store.Remove("services", "web", "storefront");
        var answer = await session.ReadAsync(Services with { Names = ["storefront", "api-gateway"] });
        Assert.Equal(["storefront", "api-gateway"], answer.Names("sim-1"));
        Assert.Equal(["api-gateway"], answer.Names("sim-2"));
        var fault = Assert.Single(answer.Items.OfType<FanOutFault>());
        Assert.Equal("storefront", fault.Target);
        Assert.Equal(FaultPhase.NotFound, fault.Fault.Phase);
        Assert.StartsWith("sim-2: cannot get service storefront in namespace web: NotFound", fault.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_together_with_selectors_obey_both()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 80 });
        var answer = await session.ReadAsync(Services with { Names = ["storefront", "api-gateway"], FieldSelector = "metadata.name=storefront" });
        Assert.Equal(["storefront"], answer.Names("sim-1"));
        Assert.Equal(["storefront", "api-gateway"], NamesAskedFor(session));
        Assert.StartsWith("sim-1: cannot get service api-gateway in namespace web: NotFound (services \"api-gateway\" not found among those that fit the selectors)", answer.Fault("sim-1").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_all_namespaces_only_the_objects_of_the_name_travel()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, ConfigMaps = 300 });
        var answer = await session.ReadAsync(Everywhere with { Names = ["kube-root-ca.crt", "settings-3"] });
        Assert.Empty(answer.Faults);
        var namespaces = session.Fleet["sim-1"].Store.List("namespaces").Count;
        Assert.Equal([.. Enumerable.Repeat("kube-root-ca.crt", namespaces), "settings-3"], answer.Names("sim-1"));
        Assert.Equal(["kube-root-ca.crt", "settings-3"], NamesAskedFor(session));
    }

    [Fact]
    public async Task A_name_that_no_namespace_holds_is_a_fault_of_each_cluster_without_it()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 80 });
        session.Fleet["sim-2"].Store.Remove("services", "web", "storefront");
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["services"], AllNamespaces = true, Names = ["storefront", "api-gateway"] });
        Assert.Equal(["storefront", "api-gateway"], answer.Names("sim-1"));
        Assert.Equal(["api-gateway"], answer.Names("sim-2"));
        var fault = Assert.Single(answer.Items.OfType<FanOutFault>());
        Assert.Equal("storefront", fault.Target);
        Assert.Equal((FaultPhase.NotFound, "NotFound"), (fault.Fault.Phase, fault.Fault.Reason));
        Assert.Equal("sim-2: cannot get service storefront in all namespaces: NotFound (services \"storefront\" not found in any namespace).", fault.Fault.Message);
    }

    [Fact]
    public async Task A_name_that_fits_selectors_in_no_namespace_is_a_fault_that_says_so()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, ConfigMaps = 20 });
        var answer = await session.ReadAsync(Everywhere with { Names = ["settings-1", "settings-2"], LabelSelector = "app=settings-1" });
        Assert.Equal(["settings-1"], answer.Names("sim-1"));
        var fault = answer.Fault("sim-1");
        Assert.Contains("\"settings-2\" not found in any namespace among those that fit the selectors", fault.Detail, StringComparison.Ordinal);
        Assert.Equal("Check the name and the selectors.", fault.Advice);
    }

    [Fact]
    public async Task Kinds_without_namespaces_are_found_by_name_and_selector()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["ns"], AllNamespaces = true, Names = ["web", "nowhere"], FieldSelector = "status.phase=Active" });
        Assert.Equal(["web"], answer.Names("sim-1"));
        Assert.StartsWith("sim-1: cannot get namespace nowhere: NotFound", answer.Fault("sim-1").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exact_names_beside_wildcards_cost_one_list_and_are_missed_when_absent()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, ConfigMaps = 20 });
        var answer = await session.ReadAsync(Everywhere with { Names = ["settings-1?", "settings-3", "absent"] });
        Assert.Equal(11, answer.Objects.Count);
        Assert.Equal(["/api/v1/configmaps"], Paths(session));
        var fault = Assert.Single(answer.Items.OfType<FanOutFault>());
        Assert.Equal("absent", fault.Target);
        Assert.Equal(FaultPhase.NotFound, fault.Fault.Phase);
    }

    [Fact]
    public async Task A_wildcard_that_nothing_fits_is_no_fault()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var answer = await session.ReadAsync(Everywhere with { Names = ["absent*"] });
        Assert.Empty(answer.Items.OfType<FanOutFault>());
        Assert.Empty(answer.Objects);
    }

    [Theory]
    [InlineData("kube-root-ca.crt", "absent")]
    [InlineData("kube-root-*", "absent")]
    public async Task Once_there_are_enough_objects_no_name_is_looked_for(params string[] names)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var answer = await session.ReadAsync(Everywhere with { Names = names, First = 2 });
        Assert.Equal(["kube-root-ca.crt", "kube-root-ca.crt"], answer.Names("sim-1"));
        Assert.Empty(answer.Faults);
        Assert.Single(Paths(session));
    }

    private static IEnumerable<string> NamesAskedFor(TestSession session) => session.Fleet["sim-1"].Requests.All
        .Select(request => Uri.UnescapeDataString(request.Query).Split("metadata.name=")[^1].Split('&')[0]);

    private static IEnumerable<string> Paths(TestSession session) => session.Fleet["sim-1"].Requests.All.Select(request => request.Path);
}
