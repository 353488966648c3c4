using System.Management.Automation;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Nodes;

namespace MultiCluster.Module.Tests.Jobs;

/// <summary>A drain that runs as a job.</summary>
public sealed class DrainJobTests : IAsyncLifetime
{
    private DrainFleet _drained = null!;

    private Shell Shell => _drained.Shell;

    public async ValueTask InitializeAsync() => _drained = await DrainFleet.StartAsync();

    public ValueTask DisposeAsync() => _drained.DisposeAsync();

    [Fact]
    public void It_ends_by_itself_with_the_results_of_each_clusters_nodes()
    {
        var run = Shell.Run("$job = Invoke-KubeDrain node-1 -Confirm:$false -AsJob; $job; Wait-Job $job -Timeout 60 | Receive-Job");

        var job = run.Of<Job>()[0];
        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        Assert.Equal(["sim-1", "sim-2"], job.ChildJobs.Select(static child => child.Location).Order());
        Assert.Equal(["sim-1/node-1: Drained", "sim-2/node-1: Drained"], run.Of<KubeDrainResult>().Select(static result => result.ToString()).Order());
        Assert.Equal(6, _drained.Pods);
    }

    [Fact]
    public void What_fails_is_an_error_of_its_clusters_child()
    {
        _drained.Fleet["sim-1"].AddPod("single", "node-1", owner: "");

        var run = Shell.Run("$job = Invoke-KubeDrain node-1 -Confirm:$false -AsJob; $null = Wait-Job $job -Timeout 60; $job.ChildJobs | ForEach-Object { \"$($_.Location) $($_.Error.Count)\" }");

        Assert.Equal(["sim-1 1", "sim-2 0"], run.Of<string>().Order());
    }

    [Fact]
    public void A_health_check_has_no_pipeline_to_run_in()
    {
        var error = Shell.Run("Invoke-KubeDrain node-1 -AsJob -HealthCheck { $true }").Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains("-HealthCheck", $"{error}");
        Assert.Equal(12, _drained.Pods);
    }
}
