using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Reading;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Reading;

public sealed class NameTests
{
    private static readonly ResourceQuery Services = new() { Kinds = ["services"], Namespaces = ["web"] };

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
        var answer = await session.ReadAsync(Services with { Names = ["store*", "api-gateway"] });
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
    }

    private static IEnumerable<string> Paths(TestSession session) => session.Fleet["sim-1"].Requests.All.Select(request => request.Path);
}
