using System.Management.Automation;
using MultiCluster.Api.Writes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Jobs;

/// <summary>A removal that runs as a job, once everything has been asked.</summary>
public sealed class RemoveJobTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
            cluster.Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web"}}""");
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void What_it_removes_was_asked_about_before_it_began()
    {
        _shell.Host.Answers = ["Yes"];

        var job = Assert.Single(_shell.Run("Remove-KubeResource configmap a -n web -PassThru -AsJob -OutVariable job").Of<Job>());

        Assert.Equal(2, _shell.Host.Questions.Count);
        Assert.Equal([DeleteOutcome.Gone, DeleteOutcome.Gone], _shell.Run("$job | Receive-Job -Wait").Of<KubeRemoval>().Select(static one => one.Outcome));
        Assert.Equal(["sim-1", "sim-2"], job.ChildJobs.Select(static child => child.Location).Order());
        Assert.All(_fleet.Clusters, static cluster => Assert.Null(cluster.Store.Find("configmaps", "web", "a")));
        Assert.Equal(2, _shell.Host.Questions.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-WhatIf")]
    public void Where_nothing_is_to_be_removed_there_is_no_job(string preference)
    {
        _shell.Host.Answers = ["No"];

        var run = _shell.Run($"Remove-KubeResource configmap a -n web -AsJob {preference}");

        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        Assert.All(_fleet.Clusters, static cluster => Assert.NotNull(cluster.Store.Find("configmaps", "web", "a")));
    }

    [Fact]
    public void A_protected_cluster_refuses_before_it_begins()
    {
        _shell.Run("Set-KubeCluster sim-1 -Protected");

        var run = _shell.Run("Remove-KubeResource configmap a -n web -AsJob -Confirm:$false -OutVariable job; $null = $job | Wait-Job");

        Assert.Equal("Kube.Protected", run.Error.Id());
        Assert.Equal("sim-2", Assert.Single(run.Of<Job>().Single().ChildJobs).Location);
        Assert.NotNull(_fleet["sim-1"].Store.Find("configmaps", "web", "a"));
        Assert.Null(_fleet["sim-2"].Store.Find("configmaps", "web", "a"));
    }

    [Fact]
    public void What_cannot_be_removed_is_an_error_of_its_clusters_child()
    {
        _shell.Run("$maps = Get-KubeResource configmap a -n web");
        _fleet["sim-1"].Store.Remove("configmaps", "web", "a");
        _fleet["sim-1"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web"}}""");
        _fleet["sim-2"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "delete"));

        _shell.Run("$job = $maps | Remove-KubeResource -AsJob -PassThru -Confirm:$false; $null = $job | Wait-Job");

        var run = _shell.Run("Receive-Job $job");
        Assert.Equal(DeleteOutcome.WasGone, Assert.Single(run.Of<KubeRemoval>()).Outcome);
        Assert.Equal(("Kube.Forbidden", "sim-2"), (run.Error.Id(), run.Error.Fault().Cluster?.ClusterName));
    }
}
