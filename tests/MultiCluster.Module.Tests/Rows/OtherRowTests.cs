using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Rows;

/// <summary>Where the rows lead that are no objects themselves: to an object, to their cluster, or nowhere.</summary>
public sealed class OtherRowTests : IAsyncLifetime
{
    private DrainFleet _drain = null!;

    private Shell Shell => _drain.Shell;

    public async ValueTask InitializeAsync()
    {
        _drain = await DrainFleet.StartAsync();
        foreach (var cluster in _drain.Fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web","namespace":"web"},"spec":{"minAvailable":1,"selector":{}}}""");
            cluster.Logs.Start("web", "web-2-1", "app");
            cluster.Logs.Of("web", "web-2-1", "app").Append("a line");
        }
    }

    public ValueTask DisposeAsync() => _drain.DisposeAsync();

    [Theory]
    [InlineData("Get-KubeLog web-2-1 -Namespace web -Cluster sim-2", "Pod/web-2-1")]
    [InlineData("(Invoke-KubeDrain node-2 -Cluster sim-2 -WhatIf).Pods | Where-Object Name -eq web-2-1", "Pod/web-2-1")]
    [InlineData("(Invoke-KubeDrain node-2 -Cluster sim-2 -WhatIf).Budgets", "PodDisruptionBudget/web")]
    [InlineData("Get-KubePodDisruption web -Namespace web -Cluster sim-2", "PodDisruptionBudget/web")]
    [InlineData("Invoke-KubeDrain node-2 -Cluster sim-2 -WhatIf", "Node/node-2")]
    [InlineData("Remove-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 -DryRun -Confirm:$false", "Pod/web-2-1")]
    [InlineData("Watch-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 -First 1", "Pod/web-2-1")]
    [InlineData("Get-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 | Select-Object ClusterId, Node", "Node/node-2")]
    public void What_tells_of_an_object_leads_to_it_live_and_from_files(string script, string expected)
    {
        Shell.Run($"$row = {script}; $row | Export-Csv row.csv; $row | Export-Clixml row.xml");

        foreach (var row in new[] { "$row", "Import-Csv row.csv", "Import-Clixml row.xml" })
        {
            var run = Shell.Run($"{row} | Get-KubeResource");

            Assert.Empty(run.Errors);
            Assert.Equal([("sim-2", expected)], run.Of<KubeObject>().Select(static item => (item.ClusterName, $"{item.Kind}/{item.Name}")));
        }
    }

    [Fact]
    public void The_result_of_a_drain_leads_to_its_node()
    {
        var run = Shell.Run("Invoke-KubeDrain node-2 -Cluster sim-2 -DisableEviction -Confirm:$false | Export-Csv drained.csv; Import-Csv drained.csv | Resume-KubeNode -PassThru; Get-KubeDrain | Get-KubeResource");

        Assert.Empty(run.Errors);
        Assert.Equal(["sim-2 node-2 False", "sim-2 node-2 False"], run.Of<KubeNode>().Select(static node => $"{node.ClusterName} {node.Name} {node.Unschedulable}"));
    }

    [Theory]
    [InlineData("Get-KubeCluster sim-2")]
    [InlineData("Test-KubeCluster sim-2")]
    [InlineData("Get-KubeOverview -Cluster sim-2")]
    [InlineData("Get-KubeClusterDiagnostic sim-2")]
    [InlineData("Get-KubeCluster sim-2 | Select-Object ClusterId, State")]
    [InlineData("(Get-KubeResource pod -Cluster sim-2 -Namespace web | Out-Null), (Get-KubeFanOut).Clusters | Where-Object { $_ }")]
    [InlineData("Get-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 | Select-Object ClusterId, ClusterName")]
    public void What_tells_of_a_cluster_leads_to_the_cluster_live_and_from_files(string script)
    {
        Shell.Run($"$row = {script}; $row | Export-Csv row.csv; $row | Export-Clixml row.xml");

        foreach (var row in new[] { "$row", "Import-Csv row.csv", "Import-Clixml row.xml" })
        {
            var run = Shell.Run($"{row} | Get-KubeResource node");

            Assert.Empty(run.Errors);
            Assert.Equal(["sim-2 node-1", "sim-2 node-2"], run.Of<KubeNode>().Select(static node => $"{node.ClusterName} {node.Name}"));
        }
    }

    [Theory]
    [InlineData("$row = Test-KubeAccess get pod web-2-1 -Namespace web -Cluster sim-2", "it has no Kind")]
    [InlineData("$row = Get-KubeApiResource nodes -Cluster sim-2", "Node is a kind, and no object of it")]
    [InlineData("Get-KubeResource node | Out-Null; $row = Get-KubeFanOut", "has no ClusterId")]
    public void What_tells_of_neither_is_an_error(string script, string detail)
    {
        Shell.Run(script);

        var run = Shell.Run("$row | Get-KubeResource");

        Assert.Contains(detail, run.Error.Fault().Detail, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_object_is_no_cluster_to_remove()
    {
        Shell.Run("Add-KubeCluster web-2-1 -Server https://127.0.0.1:1 -WarningAction Ignore");

        var run = Shell.Run("Get-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 | Remove-KubeCluster; (Get-KubeCluster web-2-1).ClusterName");

        Assert.Equal("Kube.Invalid", run.Error.Id());
        Assert.Equal(["web-2-1"], run.Output);
    }

    [Fact]
    public void A_namespace_that_is_piped_in_is_set_for_its_own_cluster()
    {
        var run = Shell.Run("""
            Get-KubeNamespace web -Cluster sim-2 | Set-KubeNamespace
            Get-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 | Set-KubeNamespace
            Get-KubeResource pod | ForEach-Object ClusterName | Select-Object -Unique
            """);

        Assert.Equal("Kube.Invalid", run.Error.Id());
        Assert.Equal(["sim-2"], run.Output);
    }

    [Fact]
    public void A_row_of_a_drain_leads_to_no_other_of_the_same_number()
    {
        Shell.Run("Invoke-KubeDrain node-2 -Cluster sim-2 -DisableEviction -Confirm:$false | Out-Null");

        var run = Shell.Run("$drain = Get-KubeDrain 1 | Select-Object *; $drain | Stop-KubeDrain; $drain.Node = 'node-1'; $drain | Stop-KubeDrain");

        Assert.Contains("no drain 1 of the node node-1", run.Error.Fault().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_row_again_is_read_once_and_First_is_enough()
    {
        var run = Shell.Run("""
            $rows = 1..50 | ForEach-Object { 'web-1-0', 'web-1-1', 'web-2-2' } | ForEach-Object { [pscustomobject]@{ ClusterId = 'sandbox:sim-1'; Kind = 'Pod'; Namespace = 'web'; Name = $_ } }
            ($rows | Get-KubeResource).Name
            ($rows | Get-KubeResource -First 1).Name
            ($rows | Get-KubeResource | Select-Object -First 1).Name
            """);

        Assert.Empty(run.Errors);
        Assert.Equal(["web-1-0", "web-1-1", "web-2-2", "web-1-0", "web-1-0"], run.Output);
    }
}
