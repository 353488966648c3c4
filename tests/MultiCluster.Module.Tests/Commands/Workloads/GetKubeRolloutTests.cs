using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Workloads;

namespace MultiCluster.Module.Tests.Commands.Workloads;

/// <summary>Get-KubeRollout over simulated clusters.</summary>
public sealed class GetKubeRolloutTests(SharedFleet shared)
{
    [Fact]
    public void All_workloads_of_all_clusters_have_their_rollout()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var rollouts = shell.Run("Get-KubeRollout -A").Of<KubeRollout>();

        Assert.Equal(shell.Run("Get-KubeResource deploy, sts, ds -A").Output.Count, rollouts.Count);
        Assert.Equal(["DaemonSet", "Deployment", "StatefulSet"], rollouts.Select(static one => one.Kind).Distinct().Order());
        Assert.All(rollouts, static one => Assert.NotNull(one.Revision));
        Assert.All(rollouts, static one => Assert.Equal(one.State == RolloutState.Done, one.Message is null));
    }

    [Fact]
    public void Each_kind_is_listed_once_per_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var requests = shell.Run("Get-KubeRollout -A -Verbose").Verbose.Where(static line => line.Contains(" GET ", StringComparison.Ordinal) && line.Contains("/apps/v1/", StringComparison.Ordinal)).ToList();

        Assert.Equal(["controllerrevisions", "daemonsets", "deployments", "statefulsets"], requests.Select(static line => line.Split("/apps/v1/")[1].Split('?')[0]).Order());
    }

    [Fact]
    public void History_is_a_row_per_revision_and_leads_to_the_workload()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var history = shell.Run("Get-KubeRollout deploy storefront -n web -History").Of<KubeRolloutRevision>();

        Assert.True(history.Count > 1);
        Assert.Equal(history.Select(static one => one.Revision).Order(), history.Select(static one => one.Revision));
        Assert.Equal([history[^1]], history.Where(static one => one.Current));
        Assert.NotEmpty(history[0].Images);
        shell["row"] = history[0];
        Assert.Equal("storefront", Assert.Single(shell.Run("$row | Get-KubeRollout").Of<KubeRollout>()).Name);
    }

    [Fact]
    public void A_workload_that_is_piped_in_is_read_anew()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var rollouts = shell.Run("Get-KubeResource deploy storefront -n web | Get-KubeRollout").Of<KubeRollout>();

        Assert.Equal(["prod-eu", "prod-us"], rollouts.Select(static one => one.ClusterName).Order());
    }

    [Fact]
    public void A_name_that_no_kind_has_is_one_error_and_one_that_some_kind_has_is_none()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run("Get-KubeRollout -Name storefront, nobody -n web");

        Assert.Equal("storefront", Assert.Single(run.Of<KubeRollout>()).Name);
        Assert.Equal(FaultPhase.NotFound, run.Error.Fault().Phase);
        Assert.Contains("nobody", run.Error.Fault().Message);
    }

    [Fact]
    public void What_has_no_rollouts_says_what_has()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var fault = shell.Run("Get-KubeRollout pod").Error.Fault();

        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Contains("'pod' is Pod, which has no rollouts", fault.Message);
    }

    [Fact]
    public void Kinds_and_names_are_completed()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        Assert.Equal(["deployments"], shell.Offers("Get-KubeRollout dep").Select(static one => one.CompletionText));
        Assert.Contains("storefront", shell.Offers("Get-KubeRollout -Namespace web -Name st").Select(static one => one.CompletionText));
    }
}
