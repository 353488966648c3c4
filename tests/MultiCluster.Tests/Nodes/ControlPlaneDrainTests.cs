using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Draining;
using MultiCluster.Nodes.Jobs;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Nodes;

/// <summary>
/// Drains of two real clusters with their controllers: the budgets' numbers are the controller's own. There is no scheduler and no kubelet:
/// the tests bind pods, make them ready, and have them end at once.
/// </summary>
[Trait("Category", "ControlPlane")]
public sealed class ControlPlaneDrainTests(ControlPlaneDrainTests.Servers servers) : IClassFixture<ControlPlaneDrainTests.Servers>
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_nodes_of_two_clusters_are_drained_while_a_pod_waits_for_its_budget()
    {
        Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");
        await using var session = TestSession.Offline("nothing");
        await session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = servers.Kubeconfigs }, TestContext.Current.CancellationToken);
        var connections = session.Pool.Selected.Select(cluster => cluster.Connection!).ToArray();
        await Task.WhenAll(connections.Select(FillAsync));
        var options = new DrainOptions { GracePeriodSeconds = 0, MaxUnavailable = IntOrPercent.Parse("2") };
        var nodes = new NodeQuery { Names = ["node-a", "node-b", "node-strict"] };

        var planner = new DrainPlanner(options);
        await using var planning = new DrainStream(session, (connection, sink, stop) => planner.PlanAsync(connection, nodes, CallContext.Default, sink, stop), null);
        await planning.EndAsync();
        Assert.Empty(planning.Faults);
        var plans = planning.Of<KubeDrainPlan>().ToArray();
        Assert.Equal(6, plans.Length);
        Assert.All(plans, plan => Assert.Equal((plan.Node == "node-strict", false), (plan.IsBlocked, plan.Unschedulable)));
        Assert.All(plans.Where(plan => plan.IsBlocked), plan => Assert.Contains("Budget default/strict can never be met: it wants 1 pod available (minAvailable 1), and there are to be 1", plan.Reasons[0], StringComparison.Ordinal));

        var drain = new FleetDrain(plans, options, DrainStore.Of(session.Pool));
        await using var stream = new DrainStream(session, (connection, sink, stop) => drain.DrainAsync(connection, CallContext.Default, sink, stop), drain);
        await stream.UntilAsync(() => stream.Objects.Where(one => one is { Phase: DrainPhase.Waiting, Budget: "one-at-a-time" }).Select(one => one.ClusterId).Distinct().Count() == 2, "a pod waits in each cluster");
        await Task.WhenAll(connections.Select(connection => HealAsync(connection, "node-c")));
        await stream.EndAsync();
        Assert.Empty(stream.Faults);
        Assert.Equal(
            ["node-a Drained", "node-a Drained", "node-b Drained", "node-b Drained", "node-strict Blocked", "node-strict Blocked"],
            stream.Results.Select(result => $"{result.Node} {result.State}").Order(StringComparer.Ordinal));
        foreach (var connection in connections)
        {
            Assert.True((await NodeAsync(connection, "node-a")).Unschedulable && (await NodeAsync(connection, "node-b")).Unschedulable);
            Assert.False((await NodeAsync(connection, "node-strict")).Unschedulable);
            Assert.DoesNotContain(await PodsAsync(connection), pod => pod.Node is "node-a" or "node-b");
        }
    }

    /// <summary>Two pods of a ReplicaSet, of which one must be there, on two nodes; and one pod that must stay, on a third.</summary>
    private static async Task FillAsync(ClusterConnection connection)
    {
        foreach (var node in (string[])["node-a", "node-b", "node-c", "node-strict"])
            await DrainServer.AddNodeAsync(connection, node);
        await AddSetAsync(connection, "web", 2);
        await AddSetAsync(connection, "single", 1);
        await AddBudgetAsync(connection, "one-at-a-time", "web");
        await AddBudgetAsync(connection, "strict", "single");
        await UntilAsync(async () => (await PodsAsync(connection)).Count == 3, "the pods are there");
        var web = 0;
        foreach (var pod in await PodsAsync(connection))
            await StartAsync(connection, pod, pod.Name.StartsWith("single", StringComparison.Ordinal) ? "node-strict" : web++ == 0 ? "node-a" : "node-b");
        await UntilAsync(async () => (await BudgetsAsync(connection)).OrderBy(budget => budget.Name, StringComparer.Ordinal).Select(budget => (budget.CurrentHealthy, budget.AllowedDisruptions)).SequenceEqual([(2, 1), (1, 0)]), "the budgets have been worked out");
    }

    /// <summary>The pod that replaces the one that went starts elsewhere.</summary>
    private static async Task HealAsync(ClusterConnection connection, string node)
    {
        await UntilAsync(async () => (await PodsAsync(connection)).Any(IsNew), "the replacement is there");
        await StartAsync(connection, (await PodsAsync(connection)).First(IsNew), node);

        static bool IsNew(KubePod pod) => pod.Node is null && pod.Name.StartsWith("web", StringComparison.Ordinal);
    }

    private static Task AddSetAsync(ClusterConnection connection, string name, int replicas) =>
        DrainServer.PostAsync(connection, "/apis/apps/v1/namespaces/default/replicasets", $$"""
            {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"{{name}}"},"spec":{"replicas":{{replicas}},"selector":{"matchLabels":{"app":"{{name}}"} },
             "template":{"metadata":{"labels":{"app":"{{name}}"} },"spec":{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"x"}]} } } }
            """);

    private static Task AddBudgetAsync(ClusterConnection connection, string name, string app) =>
        DrainServer.PostAsync(connection, "/apis/policy/v1beta1/namespaces/default/poddisruptionbudgets", $$"""
            {"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"{{name}}"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"{{app}}"} } } }
            """);

    private static async Task StartAsync(ClusterConnection connection, KubePod pod, string node)
    {
        await DrainServer.PostAsync(connection, $"/api/v1/namespaces/default/pods/{pod.Name}/binding", $$"""{"apiVersion":"v1","kind":"Binding","metadata":{"name":"{{pod.Name}}"},"target":{"kind":"Node","name":"{{node}}"} }""");
        await DrainServer.PatchAsync(connection, $"/api/v1/namespaces/default/pods/{pod.Name}/status", """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]} }""");
    }

    private static async Task<IReadOnlyList<KubePod>> PodsAsync(ClusterConnection connection) => [.. (await ListAsync(connection, NodeKinds.Pod)).Cast<KubePod>()];

    private static async Task<IReadOnlyList<KubePodDisruptionBudget>> BudgetsAsync(ClusterConnection connection) =>
        [.. (await ListAsync(connection, await DrainInventory.BudgetKindAsync(connection, Cancelled))).Cast<KubePodDisruptionBudget>()];

    private static async Task<IReadOnlyList<KubeObject>> ListAsync(ClusterConnection connection, ResourceKind kind)
    {
        var found = new List<KubeObject>();
        await foreach (var piece in connection.Session.Objects.ListAsync(kind, new ListQuery { Namespace = "default" }, CallContext.Default, Cancelled))
            found.AddRange(piece);
        return found;
    }

    private static async Task<KubeNode> NodeAsync(ClusterConnection connection, string name) =>
        (KubeNode)await connection.Session.Objects.GetAsync(NodeKinds.Node, null, name, metadataOnly: false, CallContext.Default, Cancelled);

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(Bound);
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
                Assert.Fail($"This did not come true: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancelled);
        }
    }

    public sealed class Servers : IAsyncLifetime
    {
        private ControlPlane? _servers;

        public IReadOnlyList<string> Kubeconfigs => _servers!.Kubeconfigs;

        public async ValueTask InitializeAsync()
        {
            if (ControlPlane.Missing is null)
                _servers = await ControlPlane.StartAsync(servers: 2, controllerManager: true);
        }

        public async ValueTask DisposeAsync()
        {
            if (_servers is not null)
                await _servers.DisposeAsync();
        }
    }
}
