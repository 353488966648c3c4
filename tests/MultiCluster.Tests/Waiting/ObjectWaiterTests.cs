using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;
using MultiCluster.Waiting;

namespace MultiCluster.Tests.Waiting;

public sealed class ObjectWaiterTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(700);

    private static readonly WaitQuery Deployments = new() { Rule = new RolloutRule(), Kinds = ["deploy"], Namespaces = ["web"] };

    [Fact]
    public async Task Each_object_comes_as_soon_as_it_is_as_it_should_be()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        foreach (var cluster in session.Fleet.Clusters)
            cluster.Store.Add(Deployment("a", available: 3));
        session.Fleet["sim-2"].Store.Add(Deployment("b", available: 1));
        await using var wait = new TestWait(session, Deployments);

        await wait.UntilAsync(() => wait.Objects.Count() == 2, "those that are done come at once");
        await wait.LackAsync("web/b: 1 of 3 replicas are available");
        session.Fleet["sim-2"].Store.Replace(Deployment("b", available: 3));
        await wait.EndAsync();

        Assert.Equal(["sim-1/a", "sim-2/a", "sim-2/b"], wait.Met);
        Assert.Empty(wait.Faults);
        Assert.Equal(3, Assert.IsType<KubeDeployment>(wait.Objects.Last()).Available);
    }

    [Fact]
    public async Task One_list_watch_serves_all_objects_of_a_kind()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var cluster = session.Fleet.Clusters[0];
        foreach (var name in new[] { "a", "b", "c", "d", "e", "f", "g", "h" })
            cluster.Store.Add(Deployment(name, available: 1));
        cluster.Store.Add(Deployment("i", available: 1, ns: "payments"));
        var objects = await session.ReadAsync("deploy");
        var before = cluster.Requests.All.Count(request => request.Path.EndsWith("/deployments", StringComparison.Ordinal));
        await using var wait = new TestWait(session, new WaitQuery { Rule = new RolloutRule(), Targets = objects.Objects.ToLookup(static item => item.ClusterId, WaitTarget.Of) });
        await wait.LackAsync("payments/i: 1 of 3 replicas are available");
        foreach (var item in objects.Objects)
            cluster.Store.Replace(Deployment(item.Name, available: 3, item.Namespace!));
        await wait.EndAsync();

        Assert.Equal(9, wait.Objects.Count());
        var asked = cluster.Requests.All.Where(request => request.Path.EndsWith("/deployments", StringComparison.Ordinal)).Skip(before).ToList();
        Assert.Single(asked, static request => request.Query.Contains("watch=true", StringComparison.Ordinal));
        Assert.InRange(asked.Count, 1, 2);
    }

    [Fact]
    public async Task A_name_that_is_not_there_yet_is_waited_for()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        await using var wait = new TestWait(session, Deployments with { Names = ["late"] });

        await wait.LackAsync("web/late: it is not there");
        session.Fleet.Clusters[0].Store.Add(Deployment("late", available: 3));
        await wait.EndAsync();

        Assert.Equal(["sim-1/late"], wait.Met);
    }

    [Fact]
    public async Task What_does_not_come_in_time_is_a_fault_of_each_object_that_says_what_it_lacks()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        session.Fleet.Clusters[0].Store.Add(Deployment("a", available: 1));
        await using var wait = new TestWait(session, Deployments with { Names = ["a", "b"], Limit = Soon });

        await wait.EndAsync();

        Assert.Equal(
            [
                "sim-1 Timeout: deployment web/a was not rolled out within 0.7 s: 1 of 3 replicas are available",
                "sim-1 Timeout: deployment web/b was not rolled out within 0.7 s: it is not there",
            ],
            wait.Unmet);
    }

    [Fact]
    public async Task A_rollout_that_fails_is_not_waited_for()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        session.Fleet.Clusters[0].Store.Add(Deployment("a", available: 1, progress: "ProgressDeadlineExceeded"));
        await using var wait = new TestWait(session, Deployments with { Names = ["a"] });

        await wait.EndAsync();

        Assert.Equal(["sim-1 Server: deployment web/a was not rolled out: no progress within its deadline of 600 s: 1 of 3 replicas are available"], wait.Unmet);
    }

    [Fact]
    public async Task What_is_deleted_while_it_is_waited_for_is_a_fault_at_once_and_what_is_to_be_deleted_is_done()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        store.Add(Deployment("a", available: 1));
        await using var rollout = new TestWait(session, Deployments with { Names = ["a"] });
        await using var deletion = new TestWait(session, Deployments with { Names = ["a", "never"], Rule = new DeletionRule() });
        await rollout.LackAsync("web/a: 1 of 3 replicas are available");
        await deletion.LackAsync("web/a: it is still there");

        store.Remove("deployments.apps", "web", "a");
        await rollout.EndAsync();
        await deletion.EndAsync();

        Assert.Equal(["sim-1 NotFound: deployment web/a was deleted while it was waited for"], rollout.Unmet);
        Assert.Equal(["sim-1/a"], deletion.Met);
        Assert.Empty(deletion.Faults);
    }

    [Fact]
    public async Task An_object_that_was_replaced_is_another_one()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        store.Add(Deployment("a", available: 1));
        var target = WaitTarget.Of((await session.ReadAsync("deploy")).Objects.Single());
        store.Remove("deployments.apps", "web", "a");
        store.Add(Deployment("a", available: 3));
        var targets = new[] { target }.ToLookup(_ => session.Cluster("sim-1").ClusterId);
        await using var rollout = new TestWait(session, new WaitQuery { Rule = new RolloutRule(), Targets = targets });
        await using var deletion = new TestWait(session, new WaitQuery { Rule = new DeletionRule(), Targets = targets });

        await rollout.EndAsync();
        await deletion.EndAsync();

        Assert.Equal(["sim-1 NotFound: the deployment web/a that was meant is gone, and another bears its name now"], rollout.Unmet);
        Assert.Empty(deletion.Faults);
    }

    [Fact]
    public async Task Wildcards_and_selectors_mean_what_is_there()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        session.Fleet.Clusters[0].Store.Add(Deployment("a1", available: 3));
        session.Fleet.Clusters[0].Store.Add(Deployment("b", available: 1));
        await using var some = new TestWait(session, Deployments with { Names = ["a*"] });
        await using var none = new TestWait(session, Deployments with { LabelSelector = "app=nobody" });

        await some.EndAsync();
        await none.EndAsync();

        Assert.Equal(["sim-1/a1"], some.Met);
        Assert.Equal(["sim-1 NotFound: there are no deployments to wait for in namespace web that fit app=nobody"], none.Unmet);
    }

    [Fact]
    public async Task A_service_is_done_when_an_endpoint_is_ready()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var store = session.Fleet.Clusters[0].Store;
        store.Add("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"shop","namespace":"web"},"spec":{"type":"ClusterIP","selector":{"app":"shop"}}}""");
        store.Add(Slice(ready: false));
        await using var wait = new TestWait(session, new WaitQuery { Rule = new RolloutRule(), Kinds = ["svc"], Names = ["shop"], Namespaces = ["web"] });
        await wait.LackAsync("web/shop: it has no ready endpoint");

        store.Replace(Slice(ready: true));
        await wait.EndAsync();

        Assert.Equal(["sim-1/shop"], wait.Met);
    }

    [Fact]
    public async Task A_cluster_that_dies_in_the_middle_goes_on_when_it_is_back()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var cluster = session.Fleet.Clusters[0];
        cluster.Store.Add(Deployment("a", available: 1));
        await using var wait = new TestWait(session, Deployments with { Names = ["a"] });
        await wait.LackAsync("web/a: 1 of 3 replicas are available");

        await cluster.StopAsync();
        cluster.Store.Replace(Deployment("a", available: 3));
        await cluster.StartAgainAsync();
        await wait.EndAsync();

        Assert.Equal(["sim-1/a"], wait.Met);
    }

    [Fact]
    public async Task A_cluster_that_hangs_delays_no_other_and_times_out()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 0 });
        foreach (var cluster in session.Fleet.Clusters)
            cluster.Store.Add(Deployment("a", available: 3));
        session.Fleet["sim-2"].Faults.Add(ClusterFault.BlackHole());
        await using var wait = new TestWait(session, Deployments with { Names = ["a"], Limit = TimeSpan.FromSeconds(4) }, new RequestTimeouts { Silence = TimeSpan.FromSeconds(1) });

        await wait.UntilAsync(() => wait.Objects.Count() == 2, "the others are done");
        Assert.Empty(wait.Faults);
        await wait.EndAsync();

        Assert.Equal(["sim-1/a", "sim-3/a"], wait.Met);
        Assert.Equal([FaultPhase.Timeout], wait.Faults.Select(static fault => fault.Phase).Distinct());
        Assert.Contains("sim-2 Timeout: deployment web/a was not rolled out within 4 s: its cluster has not told of it", wait.Unmet);
    }

    [Fact]
    public async Task Where_the_whole_cluster_is_forbidden_the_namespaces_of_the_objects_are_watched()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var cluster = session.Fleet.Clusters[0];
        cluster.Store.Add(Deployment("a", available: 3));
        cluster.Store.Add(Deployment("b", available: 3, ns: "payments"));
        cluster.Faults.Add(ClusterFault.Forbidden().When(static request => request.Path == "/apis/apps/v1/deployments"));
        await using var wait = new TestWait(session, Deployments with
        {
            Names = ["a", "b"],
            Namespaces = [],
            Targets = new[]
        {
            new WaitTarget("deploy", "web", "a"), new WaitTarget("deploy", "payments", "b"),
        }.ToLookup(_ => session.Cluster("sim-1").ClusterId)
        });

        await wait.EndAsync();

        Assert.Equal(["sim-1/a", "sim-1/b"], wait.Met);
        Assert.Empty(wait.Faults);
    }

    [Fact]
    public async Task A_kind_that_no_cluster_has_ends_the_wait_and_is_told()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        await using var wait = new TestWait(session, Deployments with { Kinds = ["nosuch"], Names = ["a"] });

        await wait.EndAsync();

        Assert.Equal(FaultPhase.KindNotFound, Assert.Single(wait.Faults).Phase);
    }

    [Fact]
    public async Task Nothing_is_left_open_when_it_is_stopped()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        await using (var wait = new TestWait(session, Deployments with { Names = ["late"] }))
            await wait.LackAsync("web/late: it is not there");

        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "no request is open");
    }

    private static string Deployment(string name, int available, string ns = "web", string progress = "ReplicaSetUpdated") => $$$"""
        { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "{{{name}}}", "namespace": "{{{ns}}}", "generation": 1 }, "spec": { "replicas": 3 },
          "status": { "observedGeneration": 1, "replicas": 3, "updatedReplicas": 3, "availableReplicas": {{{available}}},
            "conditions": [ { "type": "Progressing", "status": "True", "reason": "{{{progress}}}" } ] } }
        """;

    private static string Slice(bool ready) => $$$"""
        { "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": { "name": "shop-1", "namespace": "web", "labels": { "kubernetes.io/service-name": "shop" } },
          "addressType": "IPv4", "endpoints": [ { "addresses": [ "10.0.0.1" ], "conditions": { "ready": {{{(ready ? "true" : "false")}}} } } ] }
        """;
}
