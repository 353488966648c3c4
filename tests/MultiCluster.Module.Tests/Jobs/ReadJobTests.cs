using System.Management.Automation;
using System.Text.Json.Nodes;
using MultiCluster.FanOut;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Jobs;

/// <summary>A list that is read by a job, with a child job for each cluster.</summary>
public sealed class ReadJobTests : IAsyncLifetime
{
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

    [Theory]
    [InlineData("Get-KubeResource pod -AllNamespaces")]
    [InlineData("Get-KubePod -AllNamespaces")]
    public void What_is_received_is_what_would_have_been_written(string command)
    {
        var job = Start($"{command} -AsJob");
        _shell.Run("$null = Wait-Job $job");

        Assert.Equal(["prod-eu", "prod-us", "staging"], job.ChildJobs.Select(static child => child.Location).Order());
        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        Assert.Equal(15, _shell.Run("Receive-Job $job -Keep").Of<KubePod>().Count);
        Assert.Equal(_shell.Screen($"{command} | Sort-Object ClusterName, Name"), _shell.Screen("Receive-Job $job | Sort-Object ClusterName, Name"));
        Assert.Equal(3, _shell.Run("(Get-KubeFanOut | Where-Object Command -eq $job.Command)[-1].Answered").Output[0]);
    }

    /// <summary>As Receive-Job -Wait -AutoRemoveJob does, where a job ends while what it has brought is being written.</summary>
    [Fact]
    public void A_job_that_is_removed_twice_while_it_tells_its_end_is_gone_without_an_error()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.Faults.Add(ClusterFault.NeverAnswer().When(static request => request.Resource == "pods"));
        var job = Start("Get-KubePod -AllNamespaces -AsJob");
        var removals = new List<ShellRun>();
        using var told = new ManualResetEventSlim();
        job.StateChanged += (_, change) =>
        {
            if (change.JobStateInfo.State != JobState.Stopped)
                return;
            removals.Add(_shell.Run("Remove-Job $job"));
            removals.Add(_shell.Run("Remove-Job $job"));
            told.Set();
        };

        _ = Task.Run(job.StopJob, TestContext.Current.CancellationToken);

        Assert.True(told.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal(2, removals.Count);
        Assert.All(removals, static run => Assert.Empty(run.Errors));
        Assert.Empty(_shell.Run("Get-Job").Output);
    }

    [Theory]
    [InlineData("Get-KubeNamespace", "ClusterName, Name")]
    [InlineData("Get-KubeApiResource", "ClusterName, Name, ApiVersion")]
    [InlineData("Get-KubePodDisruption -AllNamespaces", "ClusterName, Namespace, Name")]
    [InlineData("Get-KubeResource poddisruptionbudget -AllNamespaces | Get-KubePodDisruption", "ClusterName, Namespace, Name")]
    [InlineData("Test-KubeAccess delete, list pod, deployment -Namespace web", "ClusterName, Verb, Kind")]
    [InlineData("Get-KubeResource widget -AllNamespaces", "ClusterName, Name")] // in the table of its kind, which the session knows
    public void All_that_reads_can_run_as_a_job(string command, string order)
    {
        var direct = _shell.Screen($"{command} | Sort-Object {order}");

        var run = _shell.Run($"$job = {command} -AsJob; $null = Wait-Job $job; $job");

        Assert.All(run.Of<Job>().Single().ChildJobs, static child => Assert.Equal(JobState.Completed, child.JobStateInfo.State));
        Assert.Contains("prod-us", direct, StringComparison.Ordinal);
        Assert.Equal(direct, _shell.Screen($"Receive-Job $job | Sort-Object {order}"));
    }

    [Fact]
    public void A_cluster_that_fails_is_an_error_of_its_own_child()
    {
        _fleet["staging"].Faults.Add(ClusterFault.Forbidden());

        var job = Start("Get-KubePod -AllNamespaces -AsJob");
        _shell.Run("$null = Wait-Job $job");

        Assert.Equal([JobState.Completed, JobState.Completed, JobState.Failed], job.ChildJobs.Select(static child => child.JobStateInfo.State));
        Assert.Equal(JobState.Failed, job.JobStateInfo.State);
        var run = _shell.Run("Receive-Job $job");
        Assert.Equal(10, run.Of<KubePod>().Count);
        Assert.Equal(("Kube.Forbidden", "staging"), (run.Error.Id(), run.Error.Fault().Cluster?.ClusterName));
    }

    [Fact]
    public void A_job_ends_whatever_goes_wrong_with_what_it_takes()
    {
        using var job = Module.Jobs.KubeJob.Start<KubePod>(
            [.. _shell.Selected.Select(static cluster => cluster.Connection!)],
            new FanOutOptions { Command = "Get-KubePod" },
            static (cluster, sink, stop) => sink.WriteAsync<KubePod>([], stop).AsTask(),
            static (_, _) => true,
            includeNotice: false,
            static _ => []);
        using var broken = Module.Jobs.KubeJob.Start<string>(
            [.. _shell.Selected.Select(static cluster => cluster.Connection!)],
            new FanOutOptions { Command = "Get-KubePod" },
            static (cluster, sink, stop) => sink.WriteAsync<string>(["one"], stop).AsTask(),
            static (_, _) => throw new InvalidOperationException("it broke"),
            includeNotice: false,
            static _ => []);

        Assert.True(job.Finished.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.True(broken.Finished.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.Equal((JobState.Completed, JobState.Failed), (job.JobStateInfo.State, broken.JobStateInfo.State));
        Assert.Contains(broken.ChildJobs, static child => child.Error.Any(static error => $"{error}".Contains("it broke", StringComparison.Ordinal)));
    }

    [Fact]
    public void First_counts_the_whole_jobs_objects_and_ends_it()
    {
        var job = Start("Get-KubePod -AllNamespaces -First 4 -AsJob");
        _shell.Run("$null = Wait-Job $job");

        Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        Assert.All(job.ChildJobs, static child => Assert.Equal(JobState.Completed, child.JobStateInfo.State));
        Assert.Equal(4, _shell.Run("Receive-Job $job").Of<KubePod>().Count);
    }

    [Fact]
    public void Objects_that_are_piped_in_are_read_by_the_job()
    {
        var run = _shell.Run("Get-KubePod -AllNamespaces -First 2 -OutVariable pods | Get-KubeResource -AsJob | Receive-Job -Wait");

        Assert.Empty(run.Errors);
        Assert.Equal(_shell.Run("$pods.Name | Sort-Object").Output, run.Of<KubePod>().Select(static pod => pod.Name).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Events_are_read_by_a_job_too()
    {
        var direct = _shell.Run("Get-KubeEvent -AllNamespaces -First 3").Of<KubeEvent>();

        var received = _shell.Run("Get-KubeEvent -AllNamespaces -First 3 -AsJob | Receive-Job -Wait").Of<KubeEvent>();

        Assert.Equal(3, received.Count);
        Assert.Equal(direct.Select(static one => one.Uid).Order(), received.Select(static one => one.Uid).Order());
    }

    [Fact]
    public void What_a_name_means_elsewhere_is_a_warning_of_the_job()
    {
        foreach (var (cluster, group) in new[] { ("prod-eu", "acme.example"), ("staging", "other.example") })
        {
            _fleet[cluster].Store.Add(JsonNode.Parse($$$$$"""
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gizmos.{{{{{group}}}}}"},
                 "spec":{"group":"{{{{{group}}}}}","scope":"Namespaced","names":{"plural":"gizmos","singular":"gizmo","kind":"Gizmo"},
                  "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                """)!.AsObject());
        }

        var run = _shell.Run("Get-KubeResource gizmo -AllNamespaces -Cluster prod-eu, staging -AsJob | Receive-Job -Wait");

        Assert.StartsWith("'gizmo' means gizmos.acme.example on prod-eu, and gizmos.other.example on staging.", Assert.Single(run.Warnings));
    }

    [Fact]
    public void Stopping_it_ends_every_request()
    {
        var job = Hanging();

        _shell.Run("Stop-Job $job");

        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        Eventually.True(() => _fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "A request is still running.");
    }

    [Fact]
    public void A_cluster_that_is_disconnected_ends_its_child_with_an_error()
    {
        var job = Hanging();

        _shell.Run("Disconnect-KubeCluster staging");

        var ended = job.ChildJobs.Single(static child => child.Location == "staging");
        Eventually.True(() => ended.JobStateInfo.State != JobState.Running, "It runs on.");
        Assert.Equal(JobState.Failed, ended.JobStateInfo.State);
        Assert.Contains("Cluster disconnected", $"{Assert.Single(ended.Error)}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Where_no_cluster_can_be_asked_there_is_no_job()
    {
        var run = _shell.Run("Get-KubePod -Cluster nosuch -AsJob");

        Assert.Empty(run.Output);
        Assert.Equal("Kube.NotFound", run.Error.Id());
    }

    private Job Hanging()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.Faults.Add(ClusterFault.NeverAnswer());
        var job = Start("Get-KubePod -AllNamespaces -AsJob");
        Eventually.True(() => _fleet.Clusters.All(static cluster => cluster.ActiveRequests > 0), "A cluster is not asked.");
        return job;
    }

    private Job Start(string command) => Assert.IsAssignableFrom<Job>(Assert.Single(_shell.Run($"$job = {command}; $job").Output));
}
