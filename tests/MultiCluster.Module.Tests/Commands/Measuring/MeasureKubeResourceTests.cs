using MultiCluster.Faults;
using MultiCluster.Measuring;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Measuring;

/// <summary>Measure-KubeResource over clusters whose sums are known.</summary>
public sealed class MeasureKubeResourceTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Names = ["prod-eu", "prod-us"], Pods = 0, Metrics = true }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
        {
            foreach (var node in cluster.Store.List("nodes").ToArray())
                cluster.Store.Remove("nodes", null, node.Name);
            Node(cluster, "node-a", "4", "8Gi");
            Node(cluster, "node-b", "3900m", "8Gi");
            // 100m with a sidecar of 50m, and 250m to start; 30m overhead: 280m. Memory 64Mi and 32Mi.
            Pod(cluster, "shop", "web", "node-a", "Running", "frontend", """
                "overhead":{"cpu":"30m"},"initContainers":[{"name":"proxy","image":"envoy:1","restartPolicy":"Always","resources":{"requests":{"cpu":"50m","memory":"32Mi"}}},{"name":"migrate","image":"web:1","resources":{"requests":{"cpu":"200m"}}}],
                "containers":[{"name":"app","image":"web:1","resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"memory":"128Mi"}}}]
                """);
            Pod(cluster, "shop", "api", "node-b", "Running", "backend", """ "containers":[{"name":"app","image":"api:1","resources":{"requests":{"cpu":"1","memory":"1Gi"}}}] """);
            Pod(cluster, "jobs", "done", "node-b", "Succeeded", "batch", """ "containers":[{"name":"app","image":"api:1","resources":{"requests":{"cpu":"2"}}}] """);
            Pod(cluster, "jobs", "waits", null, "Pending", "batch", """ "containers":[{"name":"app","image":"api:1","resources":{"requests":{"cpu":"500m"}}}] """);
            cluster.Metrics.SetContainer("shop", "web", "app", "60m", "50Mi");
            cluster.Metrics.SetContainer("shop", "web", "proxy", "10m", "6Mi");
            cluster.Metrics.SetContainer("shop", "api", "app", "300m", "512Mi");
        }
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void A_cluster_has_what_its_pods_request_as_the_scheduler_counts_of_what_its_nodes_have()
    {
        using var shell = new Shell(_fleet).Select("*");

        var rows = shell.Run("Measure-KubeResource -AllNamespaces").Of<KubeMeasurement>();

        Assert.Equal(["prod-eu", "prod-us"], rows.Select(static row => row.ClusterName));
        Assert.All(rows, static row =>
        {
            Assert.Equal(("Pod", 4, 2, 2, 50.0), (row.Kind, row.Count, row.Running, row.Measured, row.Share));
            Assert.Equal((Quantity.Parse("1780m"), Quantity.Parse("7900m"), Quantity.Parse("370m"), 22), (row.CpuRequest, row.CpuAllocatable, row.CpuUsed, row.CpuPercent));
            Assert.Equal((Quantity.Parse("1120Mi"), Quantity.Parse("16Gi"), Quantity.Parse("568Mi"), Quantity.Parse("128Mi"), 6), (row.MemoryRequest, row.MemoryAllocatable, row.MemoryUsed, row.MemoryLimit, row.MemoryPercent));
            Assert.Null(row.CpuLimit); // none of them has one
        });
    }

    [Fact]
    public void A_cluster_that_has_none_is_a_row_of_0()
    {
        _fleet["prod-us"].Store.Remove("pods", "shop", "web");
        using var shell = new Shell(_fleet).Select("*");

        var rows = shell.Run("Measure-KubeResource pods web -n shop").Of<KubeMeasurement>();

        Assert.Equal(["prod-eu 1 100", "prod-us 0 0"], rows.Select(static row => $"{row.ClusterName} {row.Count} {row.Share}"));
        Assert.Equal((null, null), (rows[1].CpuRequest, rows[1].CpuUsed));
        Assert.Equal(["shop 1"], shell.Run("Measure-KubeResource pods web -n shop -By Namespace").Of<KubeMeasurement>().Select(static row => $"{row.Namespace} {row.Count}"));
    }

    [Fact]
    public void Namespaces_of_all_clusters_are_put_together()
    {
        using var shell = new Shell(_fleet).Select("*");

        var rows = shell.Run("Measure-KubeResource -AllNamespaces -By Namespace").Of<KubeMeasurement>();

        Assert.Equal(["jobs 4 1", "shop 4 2560m"], rows.Select(static row => $"{row.Namespace} {row.Count} {row.CpuRequest}"));
        Assert.All(rows, static row => Assert.Null(row.ClusterName));
        Assert.Equal((28, null), (rows[1].CpuPercent, rows[0].CpuPercent)); // 740m used of 2560m; nothing of jobs is measured
        Assert.Equal(4, shell.Run("Measure-KubeResource -AllNamespaces -By Cluster, Namespace").Of<KubeMeasurement>().Count);
    }

    [Fact]
    public void Nodes_have_what_runs_on_them_and_what_has_no_node_is_beside_them()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        var rows = shell.Run("Measure-KubeResource -AllNamespaces -By Node | Sort-Object Node").Of<KubeMeasurement>();

        Assert.Equal([" 1 500m ", "node-a 1 280m 4", "node-b 2 1 3900m"], rows.Select(static row => $"{row.Node} {row.Count} {row.CpuRequest} {row.CpuAllocatable}"));
    }

    [Fact]
    public void Nodes_of_one_name_in_two_clusters_are_two()
    {
        using var shell = new Shell(_fleet).Select("*");

        var rows = shell.Run("Measure-KubeResource -AllNamespaces -By Node | Where-Object Node -eq node-a | Sort-Object ClusterName").Of<KubeMeasurement>();

        Assert.Equal(["prod-eu 1 280m 4", "prod-us 1 280m 4"], rows.Select(static row => $"{row.ClusterName} {row.Count} {row.CpuRequest} {row.CpuAllocatable}"));
    }

    [Fact]
    public void Images_have_the_containers_that_use_them()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        var rows = shell.Run("Measure-KubeResource -AllNamespaces -By Image").Of<KubeMeasurement>();

        Assert.Equal(["api:1 3 1500m", "web:1 2 100m", "envoy:1 1 50m"], rows.Select(static row => $"{row.Image} {row.Count} {row.CpuRequest}"));
        Assert.All(rows, static row => Assert.Equal("Container", row.Kind));
    }

    [Fact]
    public void A_label_puts_together_what_has_its_value()
    {
        using var shell = new Shell(_fleet).Select("*");

        Assert.Equal(["batch 4", "backend 2", "frontend 2"], shell.Run("Measure-KubeResource -AllNamespaces -Label tier").Of<KubeMeasurement>().Select(static row => $"{row.Label} {row.Count}"));
    }

    [Fact]
    public void Any_kind_is_counted_by_its_metadata()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");
        var namespaces = _fleet["prod-eu"].Store.Count("namespaces");

        var run = shell.Run("Measure-KubeResource namespace -Verbose");

        Assert.Equal((namespaces, null), (run.Of<KubeMeasurement>().Single().Count, run.Of<KubeMeasurement>().Single().CpuRequest));
        Assert.Equal((2, Quantity.Parse("7900m")), shell.Run("Measure-KubeResource node").Of<KubeMeasurement>().Select(static row => (row.Count, row.CpuAllocatable!.Value)).Single());
        Assert.Equal(FaultPhase.Invalid, shell.Run("Measure-KubeResource namespace -By Node").Error.Fault().Phase);
    }

    [Fact]
    public void A_cluster_that_does_not_measure_leaves_what_is_used_empty()
    {
        _fleet["prod-us"].Metrics.IsServed = false;
        using var shell = new Shell(_fleet).Select("*");

        Assert.Equal(["prod-eu 370m", "prod-us "], shell.Run("Measure-KubeResource -AllNamespaces").Of<KubeMeasurement>().Select(static row => $"{row.ClusterName} {row.CpuUsed:m}"));
        Assert.All(shell.Run("Measure-KubeResource -AllNamespaces -By Namespace").Of<KubeMeasurement>(), static row => Assert.Null(row.CpuUsed));
    }

    [Fact]
    public void A_cluster_that_fails_is_in_no_sum_and_what_may_not_be_read_is_told()
    {
        _fleet["prod-us"].Faults.Add(ClusterFault.Unauthorized());
        foreach (var ns in (string[])["shop", "jobs"])
            _fleet["prod-eu"].Store.Add($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{ns}}"} }""");
        _fleet["prod-eu"].LimitedUser.Rules = [new AccessRule("list", "pods", "shop"), new AccessRule("list", "namespaces")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("*");

        var run = shell.Run("Measure-KubeResource -AllNamespaces");

        Assert.Equal(("prod-eu", 2, null), run.Of<KubeMeasurement>().Select(static row => (row.ClusterName, row.Count, row.CpuAllocatable)).Single());
        Assert.Equal([FaultPhase.Unauthorized, FaultPhase.Forbidden], run.Errors.Select(static error => error.Fault().Phase).Order());
    }

    [Fact]
    public void Objects_are_piped_in()
    {
        using var shell = new Shell(_fleet).Select("*");

        Assert.Equal(["shop 4 2560m"], shell.Run("Get-KubePod -Namespace shop | Measure-KubeResource -By Namespace").Of<KubeMeasurement>().Select(static row => $"{row.Namespace} {row.Count} {row.CpuRequest}"));
    }

    private static void Node(SimulatedCluster cluster, string name, string cpu, string memory) => cluster.Store.Add(
        $$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{name}}"},"status":{"allocatable":{"cpu":"{{cpu}}","memory":"{{memory}}"},"conditions":[{"type":"Ready","status":"True"}]} }""");

    private static void Pod(SimulatedCluster cluster, string ns, string name, string? node, string phase, string tier, string spec)
    {
        const string Running = """ ,"containerStatuses":[{"name":"app","state":{"running":{}}}],"initContainerStatuses":[{"name":"proxy","state":{"running":{}}},{"name":"migrate","state":{"terminated":{}}}] """;
        var running = phase == "Running" ? Running : "";
        cluster.Store.Add($$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"{{ns}}","labels":{"tier":"{{tier}}"} },"spec":{ {{(node is null ? "" : $"\"nodeName\":\"{node}\",")}} {{spec}} },"status":{"phase":"{{phase}}"{{running}} } }""");
    }
}
