using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox.Acting;

/// <summary>Workloads and the pods that they get back.</summary>
public sealed class WorkloadTests
{
    private const string Pods = ActingCluster.Pods;

    [Fact]
    public async Task A_Deployments_pod_that_is_evicted_comes_back_elsewhere()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.Cluster.Controllers.PodStartTime = TimeSpan.FromSeconds(3);
        acting.Cluster.Controllers.PodTerminationTime = TimeSpan.FromSeconds(10);
        await acting.DeployAsync("Deployment", "web", 2);
        acting.Advance(3);
        Assert.Equal(["n1 Running True", "n2 Running True"], Without(await acting.PodsAsync()).Order());
        var old = (await acting.PodsAsync()).Single(p => p.Contains(" n1 ", StringComparison.Ordinal)).Split(' ')[0];
        await acting.CordonAsync("n1");
        await acting.EvictAsync(old);
        Assert.Equal(["n1 Running True -", "n2 Pending -", "n2 Running True"], Without(await acting.PodsAsync()).Order());
        acting.Advance(3);
        Assert.Equal(["n1 Running True -", "n2 Running True", "n2 Running True"], Without(await acting.PodsAsync()).Order());
        acting.Advance(7);
        Assert.Equal(["n2 Running True", "n2 Running True"], Without(await acting.PodsAsync()));
        Assert.DoesNotContain(old, await acting.NamesAsync());
    }

    [Fact]
    public async Task A_Deployments_status_follows()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 4);
        Assert.Equal("4 4 4 4 - True", await StatusAsync(acting));
        foreach (var pod in (await acting.NamesAsync()).Take(2)) await acting.EvictAsync(pod);
        Assert.Equal("4 4 2 2 2 False", await StatusAsync(acting));
        var sets = await acting.Client.GetAsync(ActingCluster.PathOf("ReplicaSet"));
        Assert.Equal("2", Assert.Single(sets["items"]!.AsArray())!["status"]!["readyReplicas"]!.ToString());
        acting.Advance(1);
        Assert.Equal("4 4 4 4 - True", await StatusAsync(acting));

        static async Task<string> StatusAsync(ActingCluster acting)
        {
            var status = (await acting.Client.GetAsync($"{ActingCluster.PathOf("Deployment")}/web"))["status"]!;
            var available = status["conditions"]!.AsArray().Single(c => c!["type"]!.ToString() == "Available")!["status"];
            return $"{status["replicas"]} {status["updatedReplicas"]} {status["readyReplicas"]} {status["availableReplicas"]} {status["unavailableReplicas"]?.ToString() ?? "-"} {available}";
        }
    }

    [Fact]
    public async Task A_scale_makes_pods_and_takes_those_that_serve_least()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Deployment", "web", 1);
        var ready = Assert.Single(await acting.NamesAsync());
        var scale = $"{ActingCluster.PathOf("Deployment")}/web/scale";
        await acting.Client.PatchAsync(scale, """{"spec":{"replicas":3}}""");
        Assert.Equal(3, (await acting.NamesAsync()).Count);
        await acting.Client.PatchAsync(scale, """{"spec":{"replicas":1}}""");
        acting.Advance(1);
        Assert.Equal([ready], await acting.NamesAsync());
    }

    [Fact]
    public async Task A_StatefulSets_pod_comes_back_under_its_name_when_the_old_one_is_gone()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("StatefulSet", "db", 3);
        Assert.Equal(["db-0", "db-1", "db-2"], await acting.NamesAsync());
        var uid = (await acting.Client.GetAsync($"{Pods}/db-1"))["metadata"]!["uid"]!.ToString();
        await acting.EvictAsync("db-1");
        Assert.Equal(["db-0", "db-1", "db-2"], await acting.NamesAsync());
        Assert.Equal("3 2", await StatusAsync(acting));
        acting.Advance(1);
        var back = await acting.Client.GetAsync($"{Pods}/db-1");
        Assert.NotEqual(uid, back["metadata"]!["uid"]!.ToString());
        Assert.Equal("db-1", back["metadata"]!["labels"]!["statefulset.kubernetes.io/pod-name"]!.ToString());
        Assert.Equal("3 2", await StatusAsync(acting));
        acting.Advance(1);
        Assert.Equal("3 3", await StatusAsync(acting));

        static async Task<string> StatusAsync(ActingCluster acting)
        {
            var status = (await acting.Client.GetAsync($"{ActingCluster.PathOf("StatefulSet")}/db"))["status"]!;
            return $"{status["replicas"]} {status["readyReplicas"]}";
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\"podManagementPolicy\":\"Parallel\",", 3)]
    public async Task A_StatefulSets_pods_come_one_after_the_other_unless_it_says_otherwise(string policy, int first)
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("StatefulSet", "db", 3, policy);
        foreach (var pod in await acting.NamesAsync()) await acting.Client.DeleteAsync($"{Pods}/{pod}", """{"gracePeriodSeconds":0}""");
        Assert.Equal(first, (await acting.NamesAsync()).Count);
        acting.Advance(1);
        acting.Advance(1);
        Assert.Equal(["db-0", "db-1", "db-2"], await acting.NamesAsync());
    }

    [Fact]
    public async Task A_DaemonSets_pod_comes_back_on_its_node_cordoned_or_not()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("DaemonSet", "agent");
        await acting.CordonAsync("n1");
        var old = (await acting.PodsAsync()).Single(p => p.Contains(" n1 ", StringComparison.Ordinal)).Split(' ')[0];
        await acting.EvictAsync(old);
        Assert.Equal(2, (await acting.NamesAsync()).Count);
        acting.Advance(1);
        Assert.Equal(["n1 Pending -", "n2 Running True"], Without(await acting.PodsAsync()).Order());
        acting.Advance(1);
        var status = (await acting.Client.GetAsync($"{ActingCluster.PathOf("DaemonSet")}/agent"))["status"]!;
        Assert.Equal("2 2 2 0", $"{status["desiredNumberScheduled"]} {status["currentNumberScheduled"]} {status["numberReady"]} {status["numberMisscheduled"]}");
    }

    [Fact]
    public async Task A_DaemonSet_covers_new_nodes_and_leaves_those_that_are_gone()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("DaemonSet", "agent");
        acting.Cluster.Store.Add(ActingCluster.Node("n3"));
        acting.Cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n4"},"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]}}""");
        await acting.Client.DeleteAsync("/api/v1/nodes/n1");
        Assert.Equal(["n2", "n3"], (await acting.PodsAsync()).Select(p => p.Split(' ')[1]).Order());
    }

    [Fact]
    public async Task A_Jobs_pod_comes_back_until_the_Job_is_done()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Job", "sum", 1);
        var first = Assert.Single(await acting.NamesAsync());
        await acting.EvictAsync(first);
        acting.Advance(1);
        var second = Assert.Single(await acting.NamesAsync());
        Assert.NotEqual(first, second);
        await acting.Client.PatchAsync($"{Pods}/{second}/status", """{"status":{"phase":"Succeeded"}}""");
        var job = await acting.Client.GetAsync($"{ActingCluster.PathOf("Job")}/sum");
        Assert.Equal("1 Complete", $"{job["status"]!["succeeded"]} {job["status"]!["conditions"]![0]!["type"]}");
        await acting.Client.DeleteAsync($"{Pods}/{second}");
        Assert.Empty(await acting.NamesAsync());
    }

    [Fact]
    public async Task A_Job_fails_when_its_pods_fail_too_often()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("Job", "sum", 1, "\"backoffLimit\":1,");
        for (var i = 0; i < 2; i++)
        {
            var active = (await acting.PodsAsync()).Single(p => !p.Contains("Failed", StringComparison.Ordinal)).Split(' ')[0];
            await acting.Client.PatchAsync($"{Pods}/{active}/status", """{"status":{"phase":"Failed"}}""");
        }
        var job = await acting.Client.GetAsync($"{ActingCluster.PathOf("Job")}/sum");
        Assert.Equal("2 Failed", $"{job["status"]!["failed"]} {job["status"]!["conditions"]![0]!["type"]}");
        Assert.Equal(2, (await acting.NamesAsync()).Count);
    }

    [Fact]
    public async Task A_pod_without_a_node_waits_and_says_why()
    {
        await using var acting = await ActingCluster.StartAsync();
        foreach (var node in new[] { "n1", "n2" }) await acting.CordonAsync(node);
        acting.Cluster.Store.Add(ActingCluster.Node("n3", "Unknown"));
        await acting.DeployAsync("Deployment", "web", 1);
        var pod = Assert.Single((await acting.Client.GetAsync(Pods))["items"]!.AsArray())!;
        var condition = pod["status"]!["conditions"]![0]!;
        Assert.Equal("False Unschedulable", $"{condition["status"]} {condition["reason"]}");
        Assert.Equal("0/3 nodes are available: 2 node(s) were unschedulable, 1 node(s) were not ready.", condition["message"]!.ToString());
        await acting.CordonAsync("n2", cordoned: false);
        acting.Advance(1);
        Assert.Equal(["n2 Running True"], Without(await acting.PodsAsync()));
    }

    [Fact]
    public async Task A_pod_can_be_made_never_to_get_ready()
    {
        await using var acting = await ActingCluster.StartAsync();
        await acting.DeployAsync("ReplicaSet", "web", 1);
        await acting.Client.PatchAsync($"{ActingCluster.PathOf("ReplicaSet")}/web", $$$$$$"""{"spec":{"template":{"metadata":{"annotations":{"{{{{{{ClusterControllers.StartAnnotation}}}}}}":"never"}}}}}""");
        await acting.EvictAsync(Assert.Single(await acting.NamesAsync()));
        acting.Advance(3600);
        Assert.EndsWith("Pending -", Assert.Single(await acting.PodsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Controllers_that_are_off_leave_everything_as_it_is()
    {
        await using var acting = await ActingCluster.StartAsync(controllers: false);
        await acting.Client.CreateAsync(ActingCluster.PathOf("Deployment"), """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},
             "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        acting.Advance(60);
        Assert.Empty(await acting.NamesAsync());
        acting.Cluster.Controllers.Start();
        Assert.Single(await acting.NamesAsync());
        acting.Advance(1);
        acting.Cluster.Controllers.Stop();
        await acting.Client.DeleteAsync($"{Pods}/{(await acting.NamesAsync())[0]}");
        acting.Advance(1);
        Assert.Empty(await acting.NamesAsync());
    }

    [Fact]
    public async Task Controllers_react_after_the_time_they_are_given()
    {
        await using var acting = await ActingCluster.StartAsync();
        acting.Cluster.Controllers.ReactionTime = TimeSpan.FromSeconds(2);
        await acting.Client.PatchAsync("/api/v1/nodes/n1", """{"spec":{"unschedulable":true}}""");
        acting.Advance(1.9);
        Assert.Null((await acting.Client.GetAsync("/api/v1/nodes/n1"))["spec"]!["taints"]);
        acting.Advance(0.1);
        Assert.NotNull((await acting.Client.GetAsync("/api/v1/nodes/n1"))["spec"]!["taints"]);
    }

    // The names are chance.
    private static IEnumerable<string> Without(IEnumerable<string> pods) => pods.Select(p => p[(p.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
}
