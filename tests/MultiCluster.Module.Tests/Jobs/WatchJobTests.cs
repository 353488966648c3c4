using System.Management.Automation;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Jobs;

/// <summary>A stream that runs as a job, with a child job for each cluster.</summary>
public sealed class WatchJobTests : IAsyncLifetime
{
    private const string Watch = "$job = Watch-KubeResource pod -AllNamespaces -AsJob; $job";

    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 3, Names = ["prod-eu", "prod-us", "staging"], Pods = 5 }, TestContext.Current.CancellationToken);
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void It_has_a_child_for_each_cluster_and_is_one_of_the_sessions_jobs()
    {
        var job = Start();

        Assert.Equal(["prod-eu", "prod-us", "staging"], job.ChildJobs.Select(static child => child.Location).Order());
        Assert.Same(job, Assert.Single(_shell.Run("Get-Job").Output));
        Assert.Equal(("KubeJob", "Watch-KubeResource", "prod-eu,prod-us,staging"), (job.PSJobTypeName, job.Command, job.Location));
    }

    [Fact]
    public void What_came_can_be_received_twice()
    {
        Heard(Start());

        var first = _shell.Run("Receive-Job $job -Keep").Of<KubeWatchEvent>();
        var again = _shell.Run("Receive-Job $job").Of<KubeWatchEvent>();

        Assert.Equal(15, first.Count);
        Assert.Equal(first, again);
        Assert.Empty(_shell.Run("Receive-Job $job").Output);
    }

    [Fact]
    public void Stopping_it_stops_every_child_and_its_requests()
    {
        var job = Start();
        Heard(job);

        _shell.Run("Stop-Job $job");

        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        Assert.All(job.ChildJobs, static child => Assert.Equal(JobState.Stopped, child.JobStateInfo.State));
        Eventually.True(() => _fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "A request is still running.");
    }

    [Fact]
    public void One_cluster_is_stopped_alone()
    {
        var job = Start();

        _shell.Run("Stop-Job $job.ChildJobs[1]");

        Assert.Equal([JobState.Running, JobState.Stopped, JobState.Running], job.ChildJobs.Select(static child => child.JobStateInfo.State));
        Assert.Equal(JobState.Running, job.JobStateInfo.State);
    }

    [Fact]
    public void A_cluster_that_is_disconnected_ends_its_child_and_no_other()
    {
        var job = Start();
        Heard(job);

        _shell.Run("Disconnect-KubeCluster staging");

        var ended = job.ChildJobs.Single(static child => child.Location == "staging");
        Eventually.True(() => ended.JobStateInfo.State != JobState.Running, "It runs on.");
        Assert.Contains(ended.Information, static record => $"{record}".Contains("Cluster disconnected", StringComparison.Ordinal));
        Assert.All(job.ChildJobs.Where(child => child != ended), static child => Assert.Equal(JobState.Running, child.JobStateInfo.State));
    }

    [Fact]
    public void Removing_it_stops_it()
    {
        var job = Start();

        _shell.Run("Remove-Job $job -Force");

        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        Assert.Empty(_shell.Run("Get-Job").Output);
    }

    private Job Start() => Assert.IsAssignableFrom<Job>(Assert.Single(_shell.Run(Watch).Output));

    /// <summary>Waits for the pods of every cluster.</summary>
    private static void Heard(Job job) => Eventually.True(() => job.ChildJobs.All(static child => child.Output.Count == 5), "A cluster is not heard.");
}
