using System.Management.Automation;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>What a terminal shows of a call that takes its time.</summary>
public sealed class CallProgressTests
{
    [Fact]
    public void It_counts_and_names_the_cluster_that_is_waited_for_and_goes_away_at_the_end()
    {
        var answer = new TaskCompletionSource();
        using var asking = new Asking(
            async (cluster, output, stop) =>
            {
                if (cluster.ClusterName == "slow")
                    await answer.Task.WaitAsync(stop);
                await output.WriteAsync<string>([cluster.ClusterName], stop);
            },
            "quick", "slow");
        using var running = asking.Start();

        running.Until(static run => run.Progress.Any(static record => record.StatusDescription == "1 of 2 clusters, 1 objects, waiting for slow"));
        answer.SetResult();
        var run = running.Wait();

        Assert.All(run.Progress, static record => Assert.Equal("Get-KubeAnswer", record.Activity));
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Equal(["quick", "slow"], run.Output);
    }
}
