using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

public sealed class AccessTests
{
    private static readonly FleetOptions One = new() { Pods = 80 };

    [Fact]
    public async Task Where_the_cluster_is_forbidden_the_readable_namespaces_are_read_and_the_rest_is_named()
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        var answer = await session.ReadAsync("pods");
        Assert.Equal(session.Fleet["sim-1"].Store.List("pods", "web").Select(pod => pod.Name), answer.Names("sim-1"));
        var fault = answer.Fault("sim-1");
        Assert.Equal(FaultPhase.Forbidden, fault.Phase);
        Assert.StartsWith("sim-1: cannot list pods in all namespaces: Forbidden", fault.Message, StringComparison.Ordinal);
        Assert.Contains("only namespace web could be read, left out: cert-manager, checkout, default", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("left out: web", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("-Namespace", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(FanOutOutcome.Failed, Assert.Single(answer.Report.Clusters).Outcome);
    }

    [Fact]
    public async Task Where_namespaces_cannot_be_listed_the_present_one_is_read()
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [new AccessRule("get list watch", "pods", "web")];
        session.Pool.Namespaces.SetForAll("web");
        var answer = await session.ReadAsync("pods");
        Assert.NotEmpty(answer.Objects);
        Assert.Contains("the namespaces cannot be listed", answer.Fault("sim-1").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_every_namespace_can_be_read_nothing_is_missing_and_nothing_failed()
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [
            .. session.Fleet["sim-1"].Store.List("namespaces").Select(ns => new AccessRule("list", "pods", ns.Name)),
            new AccessRule("list", "namespaces"),
        ];
        var answer = await session.ReadAsync("pods");
        Assert.Empty(answer.Faults);
        Assert.Equal(80, answer.Objects.Count);
    }

    [Fact]
    public async Task Where_nothing_can_be_read_the_servers_own_words_remain()
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        var answer = await session.ReadAsync("secrets");
        Assert.Empty(answer.Objects);
        Assert.Contains("cannot list resource \"secrets\"", answer.Fault("sim-1").Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", answer.Fault("sim-1").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forbidden_namespace_does_not_keep_the_next_from_being_read()
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], Namespaces = ["payments", "web"] });
        Assert.NotEmpty(answer.Objects);
        Assert.Contains("cannot list pods in namespace payments", answer.Fault("sim-1").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_looked_for_in_the_readable_namespaces_and_the_rest_is_named()
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        var name = session.Fleet["sim-1"].Store.List("pods", "web")[0].Name;
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, Names = [name, "absent"] });
        Assert.Equal([name], answer.Names("sim-1"));
        Assert.Equal([name, "absent"], answer.Items.OfType<FanOutFault>().Select(fault => fault.Target));
        Assert.All(answer.Faults, fault => Assert.Equal(FaultPhase.Forbidden, fault.Phase));
        Assert.StartsWith("sim-1: cannot get pod absent in all namespaces: Forbidden", answer.Faults[1].Message, StringComparison.Ordinal);
        Assert.Contains("only namespace web could be read", answer.Faults[1].Detail, StringComparison.Ordinal);
        Assert.Single(session.Fleet["sim-1"].Requests.All, request => request.Path == "/api/v1/namespaces");
    }

    [Fact]
    public async Task A_name_that_no_namespace_holds_is_missing_where_every_namespace_can_be_read()
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [
            .. session.Fleet["sim-1"].Store.List("namespaces").Select(ns => new AccessRule("list", "pods", ns.Name)),
            new AccessRule("list", "namespaces"),
        ];
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, Names = ["absent"] });
        Assert.Equal(FaultPhase.NotFound, answer.Fault("sim-1").Phase);
    }

    [Theory]
    [InlineData("get", false)]
    [InlineData("list", true)]
    public async Task A_role_for_one_name_gives_its_object_whatever_else_is_asked_for(string verb, bool everywhere)
    {
        await using var session = await TestSession.SelectedAsync(One, UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [new AccessRule(verb, "services", Name: "storefront")];
        var answer = await session.ReadAsync(new ResourceQuery
        {
            Kinds = ["services"],
            Namespaces = everywhere ? [] : ["web"],
            AllNamespaces = everywhere,
            Names = ["api-gateway", "storefront"],
        });
        Assert.Equal(["storefront"], answer.Names("sim-1"));
        var fault = Assert.Single(answer.Items.OfType<FanOutFault>());
        Assert.Equal(("api-gateway", FaultPhase.Forbidden), (fault.Target, fault.Fault.Phase));
    }
}
