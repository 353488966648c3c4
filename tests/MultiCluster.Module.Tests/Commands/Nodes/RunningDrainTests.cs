using System.Management.Automation;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Nodes;

namespace MultiCluster.Module.Tests.Commands.Nodes;

/// <summary>What is shown of a drain while it runs, and what is left when it is stopped.</summary>
public sealed class RunningDrainTests : IAsyncLifetime
{
    private DrainFleet _drained = null!;

    private Shell Shell => _drained.Shell;

    public async ValueTask InitializeAsync() => _drained = await DrainFleet.StartAsync();

    public ValueTask DisposeAsync() => _drained.DisposeAsync();

    [Fact]
    public void Progress_names_the_nodes_and_what_they_wait_for()
    {
        _drained.PodsEndAfter(TimeSpan.FromSeconds(1));

        var progress = Shell.Run("Invoke-KubeDrain * -MaxUnavailable 100% -Confirm:$false").Progress;

        Assert.Contains(progress, static record => record is { ActivityId: 0 } && record.StatusDescription.EndsWith("of 4 nodes done", StringComparison.Ordinal));
        Assert.Contains(progress, static record =>
            record is { ActivityId: > 0, ParentActivityId: 0 } && record.Activity.StartsWith("sim-1/node-", StringComparison.Ordinal) && record.StatusDescription.Contains("of 3 pods gone", StringComparison.Ordinal));
        foreach (var part in progress.GroupBy(static record => record.ActivityId))
            Assert.Equal(ProgressRecordType.Completed, part.Last().RecordType);
    }

    [Fact]
    public void A_stop_tells_what_is_cordoned_and_leaves_it_in_the_sessions_drains()
    {
        _drained.PodsEndAfter(TimeSpan.FromMinutes(5));
        using var running = Shell.Start("Invoke-KubeDrain * -Confirm:$false");
        running.Until(static run => run.Progress.Select(static record => record.ActivityId).Distinct().Count() == 3);

        Assert.True(running.Stop().Stopped);

        Assert.StartsWith("Stopped.", Shell.Host.Lines[0], StringComparison.Ordinal);
        Assert.Contains(Shell.Host.Lines, static line => line.Contains("sim-1", StringComparison.Ordinal) && line.Contains("cordoned, 3 pods are left", StringComparison.Ordinal));
        var drains = Shell.Run("Get-KubeDrain").Of<KubeDrain>();
        Assert.All(drains, static drain => Assert.Equal(DrainState.Cancelled, drain.State));
        Assert.Equal(["sim-1", "sim-2"], drains.Select(static drain => drain.ClusterName).Order());
        Assert.Empty(Shell.Run("Get-KubeDrain -Running").Output);
    }

    [Fact]
    public void A_stop_in_the_middle_of_the_cordon_tells_the_pods_that_are_left_too()
    {
        using var running = Shell.Start("Invoke-KubeDrain node-1 -Cluster sim-1 -Confirm:$false");
        running.Until(_ => _drained.Fleet["sim-1"].Requests.All.Any(static request => request.Method == "PATCH"));

        Assert.True(running.Stop().Stopped);

        Assert.EndsWith("3 pods are left", Shell.Host.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_drain_that_has_ended_is_kept_with_its_result()
    {
        Shell.Run("Invoke-KubeDrain node-2 -Cluster sim-2 -Confirm:$false");

        var drain = Assert.Single(Shell.Run("Get-KubeDrain").Of<KubeDrain>());

        Assert.Equal(("sim-2", "node-2", DrainState.Drained), (drain.ClusterName, drain.Node, drain.Result!.State));
    }

    [Fact]
    public void A_number_that_no_drain_has_is_an_error()
    {
        var error = Shell.Run("Stop-KubeDrain 7").Error;

        Assert.Equal("Kube.NotFound", error.Id());
        Assert.Contains("no drain 7", $"{error}");
    }
}
