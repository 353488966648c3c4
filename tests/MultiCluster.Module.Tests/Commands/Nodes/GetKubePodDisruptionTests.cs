using MultiCluster.Module.Tests.Support;
using MultiCluster.Nodes;

namespace MultiCluster.Module.Tests.Commands.Nodes;

/// <summary>Get-KubePodDisruption over two simulated clusters.</summary>
public sealed class GetKubePodDisruptionTests(SharedFleet shared)
{
    [Fact]
    public void Budgets_of_all_clusters_come_with_a_reason_where_no_pod_may_go()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var budgets = shell.Run("Get-KubePodDisruption -AllNamespaces").Of<KubePodDisruption>();

        Assert.Equal(["prod-eu", "prod-us"], budgets.Select(static budget => budget.ClusterName).Distinct().Order());
        Assert.All(budgets, static budget => Assert.Equal(budget.AllowedDisruptions == 0, !string.IsNullOrEmpty(budget.Reason)));
    }

    [Fact]
    public async Task A_budget_that_can_never_be_met_says_so_and_has_its_pods()
    {
        await using var drained = await DrainFleet.StartAsync();
        drained.Fleet["sim-2"].Store.Add("""
            {"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web","namespace":"web","generation":1},"spec":{"minAvailable":6,"selector":{"matchLabels":{"app":"web"}}},
             "status":{"observedGeneration":1,"disruptionsAllowed":0,"currentHealthy":6,"desiredHealthy":6,"expectedPods":6} }
            """);

        var budget = Assert.Single(drained.Shell.Run("Get-KubePodDisruption web -AllNamespaces").Of<KubePodDisruption>());

        Assert.Equal(("sim-2", 6, false), (budget.ClusterName, budget.Pods.Count, budget.CanBeMet));
        Assert.Contains("can never be met", budget.Reason);
    }
}
