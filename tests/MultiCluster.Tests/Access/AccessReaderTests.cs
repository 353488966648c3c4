using MultiCluster.Access;
using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Access;

public sealed class AccessReaderTests
{
    private static readonly FleetOptions Two = new() { Clusters = 2, Pods = 20 };

    [Fact]
    public async Task What_the_user_may_do_is_told_for_each_verb_kind_and_namespace()
    {
        await using var session = await TestSession.SelectedAsync(Two, UserKind.Limited);
        var answers = await AskAsync(session, new AccessQuery { Verbs = ["list", "delete"], Kinds = ["po", "deploy", "nodes"], Namespaces = ["web", "checkout"] });
        foreach (var cluster in (string[])["sim-1", "sim-2"])
        {
            Assert.Equal(
                [
                    "may list pods in namespace web", "may not delete pods in namespace web", "may not list pods in namespace checkout", "may not delete pods in namespace checkout",
                    "may list deployments.apps in namespace web", "may not delete deployments.apps in namespace web", "may not list deployments.apps in namespace checkout", "may not delete deployments.apps in namespace checkout",
                    "may not list nodes", "may not delete nodes",
                ],
                answers.Where(answer => answer.ClusterName == cluster).Select(answer => answer.ToString()[$"{cluster}: ".Length..]));
        }
    }

    [Fact]
    public async Task Rules_that_are_read_once_answer_every_question_about_their_namespace()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 20 }, UserKind.Limited);
        await AskAsync(session, new AccessQuery { Verbs = ["get", "list", "watch"], Kinds = ["pods", "deployments", "services"], Namespaces = ["web"] });
        await AskAsync(session, new AccessQuery { Verbs = ["get"], Kinds = ["jobs"], Namespaces = ["web"] });
        Assert.Equal("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", Assert.Single(session.Fleet["sim-1"].Requests.All, request => request.Method == "POST").Path);
    }

    [Fact]
    public async Task The_whole_cluster_a_name_and_a_subresource_can_be_asked_for()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 20 }, UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [new AccessRule("create", "pods/eviction"), new AccessRule("get", "secrets", "web", Name: "one")];
        Assert.True(Assert.Single(await AskAsync(session, new AccessQuery { Verbs = ["create"], Kinds = ["pods"], Subresource = "eviction", AllNamespaces = true })).Allowed);
        Assert.False(Assert.Single(await AskAsync(session, new AccessQuery { Verbs = ["create"], Kinds = ["pods"], AllNamespaces = true })).Allowed);
        var one = Assert.Single(await AskAsync(session, new AccessQuery { Verbs = ["get"], Kinds = ["secrets"], Namespaces = ["web"], Name = "one" }));
        Assert.Equal((true, "one", "web", "secrets"), (one.Allowed, one.Name, one.Namespace, one.Resource));
        Assert.False(Assert.Single(await AskAsync(session, new AccessQuery { Verbs = ["get"], Kinds = ["secrets"], Namespaces = ["web"], Name = "two" })).Allowed);
    }

    [Fact]
    public async Task A_drain_that_lacks_rights_names_them_all_before_it_reads_anything()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 20 }, UserKind.Limited);
        var cluster = session.Fleet["sim-1"];
        cluster.LimitedUser.Rules = [new AccessRule("get list watch", "nodes pods"), new AccessRule("list", "daemonsets poddisruptionbudgets")];
        var planner = new DrainPlanner(new DrainOptions());
        async Task<Fault> PlanAsync()
        {
            var error = await Assert.ThrowsAsync<FaultException>(async () =>
            {
                var nodes = new List<MultiCluster.Objects.KubeNode>();
                await foreach (var piece in session.Connection("sim-1").Session.Objects.ListAsync(NodeKinds.Node, new ListQuery(), CallContext.Default, TestContext.Current.CancellationToken))
                    nodes.AddRange(piece.Cast<MultiCluster.Objects.KubeNode>());
                await planner.PlanAsync(session.Connection("sim-1"), nodes, CallContext.Default, TestContext.Current.CancellationToken);
            });
            return error.Fault;
        }

        var fault = await PlanAsync();
        Assert.Equal("sim-1: cannot drain nodes: the user may not patch nodes.", fault.Message);
        Assert.DoesNotContain(cluster.Requests.All, request => request.Path == "/api/v1/pods");
        Assert.Equal("Forbidden", fault.Phase.ToString());
    }

    private static async Task<IReadOnlyList<KubeAccess>> AskAsync(TestSession session, AccessQuery query)
    {
        var reader = new AccessReader(query);
        await using var run = FanOutRun.Start(
            [.. session.Pool.Selected.Select(cluster => cluster.Connection!)],
            new FanOutOptions(),
            (connection, sink, stop) => reader.ReadAsync(connection, "default", CallContext.Default, sink, stop));
        var answer = await TestAnswer.OfAsync(run);
        Assert.Empty(answer.Faults);
        return [.. answer.Items.OfType<FanOutObjects<KubeAccess>>().SelectMany(item => item.Objects)];
    }
}
