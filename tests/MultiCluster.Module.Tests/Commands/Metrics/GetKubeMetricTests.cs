using MultiCluster.Faults;
using MultiCluster.Metrics;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Metrics;

/// <summary>Get-KubeMetric over two clusters with a metrics-server and one without, with pods whose values are known.</summary>
public sealed class GetKubeMetricTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 3, Names = ["prod-eu", "prod-us", "staging"], Pods = 30, Metrics = true }, TestContext.Current.CancellationToken);
        _fleet["staging"].Metrics.IsServed = false;
        foreach (var cluster in _fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"measured"}}""");
            // 250m and a sidecar's 50m; 100m overhead; the limit is of the container alone, so that none holds for the pod's sidecar.
            cluster.Store.Add(Pod("known", """
                "overhead":{"cpu":"100m","memory":"16Mi"},
                "initContainers":[{"name":"proxy","restartPolicy":"Always","resources":{"requests":{"cpu":"50m","memory":"48Mi"}}},{"name":"migrate","resources":{"requests":{"cpu":"200m"}}}],
                "containers":[{"name":"app","resources":{"requests":{"cpu":"250m","memory":"192Mi"},"limits":{"cpu":"1","memory":"256Mi"}}}]
                """, "Running", ("app", "containerStatuses"), ("proxy", "initContainerStatuses")));
            cluster.Store.Add(Pod("waits", """ "containers":[{"name":"app","resources":{"requests":{"cpu":"100m"}}}] """, "Pending"));
            cluster.Store.Add(Pod("over", """ "containers":[{"name":"app","resources":{}}] """, "Succeeded"));
            cluster.Store.Add(Pod("plain", """ "containers":[{"name":"app"}] """, "Running", ("app", "containerStatuses")));
            cluster.Metrics.SetContainer("measured", "known", "app", "150m", "120Mi");
            cluster.Metrics.SetContainer("measured", "known", "proxy", "40500u", "8Mi");
            cluster.Metrics.SetContainer("measured", "plain", "app", "5m", "9Mi");
            cluster.Metrics.SetNode("node-2", "1582m", "8Gi");
            cluster.Metrics.OmitNode("node-3");
        }
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void A_pod_has_what_it_uses_beside_what_it_requests_as_the_scheduler_counts()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        var row = Assert.Single(shell.Run("Get-KubeMetric -Name known -Namespace measured").Of<KubeMetric>());

        Assert.Equal(("prod-eu", "Pod", "measured", "known", null), (row.ClusterName, row.Kind, row.Namespace, row.Name, row.Container));
        Assert.Equal((Quantity.Parse("190500u"), Quantity.Parse("400m"), Quantity.Parse("1100m"), null), (row.Cpu, row.CpuRequest, row.CpuLimit, row.CpuAllocatable));
        Assert.Equal((Quantity.Parse("128Mi"), Quantity.Parse("256Mi"), Quantity.Parse("272Mi")), (row.Memory, row.MemoryRequest, row.MemoryLimit));
        Assert.Equal((47, 17, 50, 47), (row.CpuPercent, row.CpuLimitPercent, row.MemoryPercent, row.MemoryLimitPercent)); // 191m of 400m, as kubectl rounds
        Assert.Equal((false, null), (row.Stale, row.Note));
        Assert.NotNull(row.Timestamp);
    }

    [Fact]
    public void What_is_not_measured_is_empty_and_never_0()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        var rows = shell.Run("Get-KubeMetric -Namespace measured").Of<KubeMetric>();

        Assert.Equal(["known", "plain", "waits"], rows.Select(static row => row.Name)); // what has ended uses nothing
        var waits = rows.Single(static row => row.Name == "waits");
        Assert.Equal((null, null, null, null, "not measured: Pending"), (waits.Cpu, waits.CpuPercent, waits.Memory, waits.Timestamp, waits.Note));
        Assert.Equal(Quantity.Parse("100m"), waits.CpuRequest);
        var plain = rows.Single(static row => row.Name == "plain");
        Assert.Equal((Quantity.Parse("5m"), null, null), (plain.Cpu, plain.CpuRequest, plain.CpuPercent));
        Assert.Equal("not measured: Succeeded", Assert.Single(shell.Run("Get-KubeMetric pod over -Namespace measured").Of<KubeMetric>()).Note);
    }

    [Fact]
    public void Containers_have_a_row_each_sidecars_included()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        var rows = shell.Run("Get-KubeMetric pod known -Namespace measured -Container *").Of<KubeMetric>();

        Assert.Equal(["app 0.15 250m 1 60", "proxy 0.0405 50m  82"], rows.Select(static row => $"{row.Container} {row.Cpu!.Value.Value:0.####} {row.CpuRequest} {row.CpuLimit} {row.CpuPercent}"));
        Assert.Equal("proxy", Assert.Single(shell.Run("Get-KubeMetric pod known -n measured -Container pro*").Of<KubeMetric>()).Container);
    }

    [Fact]
    public void Nodes_have_what_they_use_of_what_they_have_for_pods()
    {
        using var shell = new Shell(_fleet).Select("prod-*");

        var rows = shell.Run("Get-KubeMetric node node-2, node-3 | Sort-Object Name, ClusterName").Of<KubeMetric>();

        Assert.Equal(["prod-eu node-2", "prod-us node-2", "prod-eu node-3", "prod-us node-3"], rows.Select(static row => $"{row.ClusterName} {row.Name}"));
        Assert.Equal((20, 26, Quantity.Parse("7910m"), null), (rows[0].CpuPercent, rows[0].MemoryPercent, rows[0].CpuAllocatable, rows[0].CpuRequest)); // 1582m of 7910m
        Assert.Equal((null, null, "not measured: Ready"), (rows[2].Cpu, rows[2].CpuPercent, rows[2].Note));
    }

    [Fact]
    public void A_cluster_without_metrics_is_one_error_and_the_others_answer()
    {
        using var shell = new Shell(_fleet).Select("*");

        var run = shell.Run("Get-KubeMetric node node-2");

        Assert.Equal(["prod-eu", "prod-us"], run.Of<KubeMetric>().Select(static row => row.ClusterName).Order());
        Assert.Equal((FaultPhase.KindNotFound, "staging"), (run.Error.Fault().Phase, run.Error.Fault().Cluster!.ClusterName));
        Assert.Contains("metrics-server", run.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_and_nodes_are_piped_in()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        Assert.Equal(["known", "plain"], shell.Run("Get-KubePod known, plain -Namespace measured | Get-KubeMetric").Of<KubeMetric>().Select(static row => row.Name));
        Assert.Equal([20, null], shell.Run("Get-KubeNode node-2, node-3 | Get-KubeMetric").Of<KubeMetric>().Select(static row => row.CpuPercent));
        var all = shell.Run("Get-KubePod -AllNamespaces | Where-Object Phase -eq Running | Get-KubeMetric").Of<KubeMetric>();
        Assert.Equal(shell.Run("Get-KubeMetric -AllNamespaces | Where-Object Memory").Of<KubeMetric>().Select(static row => (row.Namespace, row.Name, row.Memory)).Order(), all.Where(static row => row.Memory is not null).Select(static row => (row.Namespace, row.Name, row.Memory)).Order());
        shell.Run("Get-KubeMetric pod known -n measured | Export-Csv ./rows.csv");
        Assert.Equal("known", Assert.Single(shell.Run("Import-Csv ./rows.csv | Get-KubePod").Of<KubePod>()).Name);
    }

    [Fact]
    public void What_is_stale_is_said_and_how_stale_it_is()
    {
        _fleet["prod-eu"].Metrics.Delay = TimeSpan.FromMinutes(12);
        using var shell = new Shell(_fleet).Select("prod-eu");

        var run = shell.Run("Get-KubeMetric pod known, plain -Namespace measured");

        Assert.All(run.Of<KubeMetric>(), static row =>
        {
            Assert.True(row.Stale);
            Assert.Matches("^stale: measured 12m ago$", row.Note);
            Assert.NotNull(row.Cpu);
        });
        Assert.Matches("2 measurements are stale: the newest is 12m old", Assert.Single(run.Warnings));
        Assert.All(shell.Run("Get-KubeMetric pod known -Namespace measured -MaxAge 1h").Of<KubeMetric>(), static row => Assert.False(row.Stale));
    }

    [Fact]
    public void Who_may_read_one_namespace_alone_gets_that_one_and_is_told_of_the_rest()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.LimitedUser.Rules = [new AccessRule("get list", "pods", "measured"), new AccessRule("get list", "namespaces")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("prod-eu");

        var run = shell.Run("Get-KubeMetric -AllNamespaces");

        Assert.Equal(["known", "plain", "waits"], run.Of<KubeMetric>().Select(static row => row.Name));
        Assert.Equal(FaultPhase.Forbidden, run.Error.Fault().Phase);
        Assert.Contains("only namespace measured could be read", run.Error.Fault().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_read_usage_alone_gets_that_and_is_told_of_the_requests()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.LimitedUser.Rules = [new AccessRule("get list", "pods", "measured", "metrics.k8s.io")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("prod-eu");

        var run = shell.Run("Get-KubeMetric -Namespace measured");

        Assert.Equal(["known 191m ", "plain 5m "], run.Of<KubeMetric>().Select(static row => $"{row.Name} {row.Cpu:m} {row.CpuRequest}"));
        Assert.Equal(FaultPhase.Forbidden, run.Error.Fault().Phase);
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_and_so_is_what_is_not_measured()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        Assert.Equal(FaultPhase.NotFound, shell.Run("Get-KubeMetric pod nobody -Namespace measured").Error.Fault().Phase);
        Assert.Contains("'deploy' is not measured", shell.Run("Get-KubeMetric deploy").Terminated!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_fits_80_columns_and_reads_as_kubectl_top_does()
    {
        using var shell = new Shell(_fleet).Select("prod-eu");

        var lines = shell.Screen("Get-KubeMetric -Namespace measured", 80).Split('\n');

        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches("^prod-eu +measured +known +191m +47 +128Mi +50 +\\d+s$", lines[2]);
        Assert.Matches("^prod-eu +measured +waits$", lines[4]);
    }

    private static string Pod(string name, string spec, string phase, params (string Container, string Statuses)[] running)
    {
        var statuses = string.Concat(running.Select(static one => $$""","{{one.Statuses}}":[{"name":"{{one.Container}}","ready":true,"state":{"running":{} } }]"""));
        return $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"measured"},"spec":{ {{spec}} },"status":{"phase":"{{phase}}"{{statuses}} } }""";
    }
}
