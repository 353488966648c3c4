using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Overview;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;
using MultiCluster.Tests.Caching;
using MultiCluster.Tests.Support;
using static MultiCluster.Tests.Overview.OverviewFleet;

namespace MultiCluster.Tests.Overview;

/// <summary>What rows of an overview say, against what was planted.</summary>
public sealed class OverviewTests
{
    [Fact]
    public async Task Nodes_pods_and_what_they_request_are_counted_as_the_scheduler_does()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        var cluster = session.Fleet["sim-1"];
        AddNode(cluster, "node-1");
        AddNode(cluster, "node-2", ready: false);
        AddNode(cluster, "node-3", cordoned: true);
        AddPod(cluster, "plain");
        AddPod(cluster, "starts", ready: false, spec: """, "initContainers": [ { "name": "init", "resources": { "requests": { "cpu": "1" } } } ], "overhead": { "cpu": "50m" }""");
        AddPod(cluster, "waits", "Pending", ready: false, node: null);
        AddPod(cluster, "done", "Succeeded", ready: false);
        AddPod(cluster, "broken", "Failed", ready: false);

        var row = await OneAsync(session);

        Assert.Equal(("2/3", 2, 3, 1, "AWS"), (row.Nodes, row.NodesReady, row.NodesTotal, row.NodesCordoned, row.Platform));
        Assert.Equal(("1/3", 1, 2, 1, 1, 1, 0), (row.Pods, row.PodsReady, row.PodsRunning, row.PodsPending, row.PodsSucceeded, row.PodsFailed, row.PodsUnknown));
        Assert.Equal(("11700m", "1300m", null), ($"{row.CpuAllocatable}", $"{row.CpuRequest}", row.CpuLimit?.ToString()));
        Assert.Equal(("48Gi", "1Gi", "2Gi"), ($"{row.MemoryAllocatable}", $"{row.MemoryRequest}", $"{row.MemoryLimit}"));
        Assert.Equal((11, 2), (row.CpuRequestPercent, row.MemoryRequestPercent));
        Assert.Empty(row.Unseen);
        Assert.Null(row.Problem);
    }

    [Fact]
    public async Task Workloads_warnings_and_namespaces_are_counted()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        var cluster = session.Fleet["sim-1"];
        AddDeployment(cluster, "good", 2, 2);
        AddDeployment(cluster, "bad", 2, 1);
        AddEvent(cluster, "now", "Warning", TimeSpan.FromMinutes(10));
        AddEvent(cluster, "past", "Warning", TimeSpan.FromMinutes(70));
        AddEvent(cluster, "normal", "Normal", TimeSpan.FromMinutes(1));

        var row = await OneAsync(session);

        Assert.Equal((2, 1, 1, cluster.Store.List("namespaces").Count), (row.Workloads, row.WorkloadsNotReady, row.Warnings, row.Namespaces));
    }

    [Fact]
    public async Task What_has_a_live_cache_is_counted_without_asking_for_it()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        var cluster = session.Fleet["sim-1"];
        AddNode(cluster, "node-1");
        AddPod(cluster, "one");
        AddPod(cluster, "broken", "Failed", ready: false);
        var asked = await OneAsync(session);
        await session.CacheAsync(["pods"]);
        cluster.Requests.Clear();

        var cached = await OneAsync(session);

        Assert.Equal((1, 1, "1/1", "250m"), (cached.PodsRunning, cached.PodsFailed, cached.Nodes, $"{cached.CpuRequest}"));
        Assert.Equal((asked.Pods, asked.CpuRequest, asked.MemoryLimit, asked.Attention), (cached.Pods, cached.CpuRequest, cached.MemoryLimit, cached.Attention));
        Assert.DoesNotContain(cluster.Requests.All, static request => request.Path == "/api/v1/pods");
    }

    [Fact]
    public async Task Usage_is_what_was_measured_and_null_without_metrics()
    {
        await using var session = await TestSession.SelectedAsync(Empty() with { Metrics = true });
        var cluster = session.Fleet["sim-1"];
        AddNode(cluster, "node-1");
        AddNode(cluster, "node-2");
        AddNode(cluster, "node-3");
        AddPod(cluster, "web-0");
        cluster.Metrics.SetNode("node-1", "1500m", "1Gi");
        cluster.Metrics.SetNode("node-2", "250m", "1Gi");
        cluster.Metrics.OmitNode("node-3");
        cluster.Metrics.SetContainer("web", "web-0", "app", "100m", "64Mi");

        var row = await OneAsync(session);
        var place = Assert.Single((await ReadAsync<KubeNamespaceOverview>(session, null, "web")).Rows);
        cluster.Faults.Add(ClusterFault.Unavailable().When(static request => request.Path.StartsWith("/apis/metrics.k8s.io", StringComparison.Ordinal)));
        var (broken, answer) = await ReadAsync<KubeOverview>(session);

        Assert.Equal(("1750m", "2Gi", 15, 4), ($"{row.CpuUsage}", $"{row.MemoryUsage}", row.CpuUsagePercent, row.MemoryUsagePercent));
        Assert.Equal(("100m", "64Mi"), ($"{place.CpuUsage}", $"{place.MemoryUsage}"));
        Assert.Equal((null, null, 3), (broken[0].CpuUsage, broken[0].CpuUsagePercent, broken[0].NodesTotal));
        Assert.Equal(["nodes.metrics.k8s.io (failed)"], broken[0].Unseen);
        Assert.Empty(answer.Faults);
    }

    [Fact]
    public async Task The_server_itself_is_described_and_held_against_the_newest()
    {
        await using var session = await TestSession.SelectedAsync(Empty(2));
        session.Fleet["sim-1"].Version = "v1.31.4-eks-abc";
        await session.ConnectAsync();

        var rows = (await ReadAsync<KubeOverview>(session)).Rows.ToDictionary(static row => row.ClusterName);

        Assert.Equal(("v1.31.4-eks-abc", "EKS", 2), (rows["sim-1"].Version, rows["sim-1"].Distribution, rows["sim-1"].Skew));
        Assert.Equal(("v1.33.1", "Kubernetes", 0), (rows["sim-2"].Version, rows["sim-2"].Distribution, rows["sim-2"].Skew));
        Assert.All(rows.Values, static row => Assert.True(row.CertificateExpires > DateTime.Now));
    }

    [Fact]
    public async Task The_attention_count_is_that_of_the_findings()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        AddDeployment(session.Fleet["sim-1"], "gone", 2, 0);
        AddNode(session.Fleet["sim-1"], "node-1", ready: false);

        Assert.Equal(2, (await OneAsync(session)).Attention);
    }

    [Fact]
    public async Task What_may_not_be_read_is_named_and_has_no_number()
    {
        await using var session = await TestSession.SelectedAsync(Empty(), UserKind.Limited);
        AddNode(session.Fleet["sim-1"], "node-1");
        AddPod(session.Fleet["sim-1"], "mine");
        AddPod(session.Fleet["sim-1"], "theirs", ns: "payments");

        var (rows, answer) = await ReadAsync<KubeOverview>(session);

        var row = Assert.Single(rows);
        Assert.Equal((null, null, 1, "512Mi"), (row.Nodes, row.NodesTotal, row.PodsRunning, $"{row.MemoryRequest}"));
        Assert.Null(row.MemoryRequestPercent);
        Assert.Contains("nodes (forbidden)", row.Unseen);
        Assert.Contains("pods (only in web)", row.Unseen);
        Assert.StartsWith("not seen: ", row.Problem, StringComparison.Ordinal);
        Assert.Empty(answer.Faults);
        Assert.Null(row.Fault);
    }

    [Fact]
    public async Task A_user_who_may_read_nothing_sees_no_zeros()
    {
        await using var session = await TestSession.SelectedAsync(Empty(), UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [new AccessRule("get", "pods", "web")];

        var row = await OneAsync(session);

        Assert.Equal(
            (null, null, null, null, null, null, null, null),
            (row.NodesTotal, row.Pods, row.PodsRunning, row.Workloads, row.WorkloadsNotReady, row.Warnings, row.Namespaces, row.CpuRequest?.ToString()));
        Assert.Null(row.Attention);
        Assert.StartsWith("not seen: pods, deployments, statefulsets and ", row.Problem, StringComparison.Ordinal);
        Assert.EndsWith(" more (forbidden)", row.Problem, StringComparison.Ordinal);
        Assert.All(row.Unseen, static one => Assert.Equal("forbidden", UnseenKind.Parts(one).Why));
    }

    [Fact]
    public void What_is_not_seen_is_told_by_its_reason()
    {
        Assert.Equal("", UnseenKind.Summary([]));
        Assert.Equal(
            "nodes (forbidden); pods and jobs.batch (only in web); a, b, c and 2 more (failed); odd",
            UnseenKind.Summary(["nodes (forbidden)", "pods (only in web)", "jobs.batch (only in web)", "a (failed)", "b (failed)", "c (failed)", "d (failed)", "e (failed)", "odd"]));
    }

    [Fact]
    public async Task A_kind_that_fails_is_an_error_and_leaves_the_other_numbers()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        var cluster = session.Fleet["sim-1"];
        AddNode(cluster, "node-1");
        AddPod(cluster, "web-0");
        cluster.Faults.Add(ClusterFaultOf("pods"));

        var (rows, answer) = await ReadAsync<KubeOverview>(session);

        var row = Assert.Single(rows);
        Assert.Equal((1, null), (row.NodesTotal, row.PodsRunning));
        Assert.Equal(["pods (failed)"], row.Unseen);
        Assert.Equal(FaultPhase.Decode, answer.Fault("sim-1").Phase);
    }

    [Fact]
    public async Task Namespaces_that_are_named_have_a_row_each()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        var cluster = session.Fleet["sim-1"];
        AddPod(cluster, "a");
        AddPod(cluster, "b", ready: false);
        AddPod(cluster, "c", ns: "payments");
        AddDeployment(cluster, "gone", 1, 0, ns: "payments");
        cluster.Requests.Clear();

        var (rows, _) = await ReadAsync<KubeNamespaceOverview>(session, null, "payments", "web", "checkout");

        Assert.Equal([("checkout", "0/0", 0), ("payments", "1/1", 1), ("web", "1/2", 0)], rows.Select(static row => (row.Namespace!, row.Pods!, row.Attention ?? -1)));
        Assert.Equal((1, 1, "250m"), (rows[1].Workloads, rows[1].WorkloadsNotReady, $"{rows[1].CpuRequest}"));
        Assert.DoesNotContain(cluster.Requests.All, static request => request.Path is "/api/v1/pods" or "/api/v1/nodes");
    }

    [Fact]
    public async Task Namespaces_that_a_pattern_fits_have_a_row_where_they_have_anything()
    {
        await using var session = await TestSession.SelectedAsync(Empty());
        AddPod(session.Fleet["sim-1"], "a");
        AddPod(session.Fleet["sim-1"], "c", ns: "payments");

        var (rows, _) = await ReadAsync<KubeNamespaceOverview>(session, null, "p*");

        Assert.Equal(["payments"], rows.Select(static row => row.Namespace));
    }

    [Fact]
    public async Task A_namespace_that_may_not_be_read_has_no_zeros()
    {
        await using var session = await TestSession.SelectedAsync(Empty(), UserKind.Limited);
        AddPod(session.Fleet["sim-1"], "a");

        var (rows, answer) = await ReadAsync<KubeNamespaceOverview>(session, null, "web", "payments");

        Assert.Equal([("payments", null), ("web", "1/1")], rows.Select(static row => (row.Namespace!, row.Pods)));
        Assert.Contains("pods (only in web)", rows[0].Unseen);
        Assert.Empty(answer.Faults);
    }

    private static ClusterFault ClusterFaultOf(string plural) =>
        ClusterFault.MalformedJson().When(request => request.Path.EndsWith($"/{plural}", StringComparison.Ordinal));
}
