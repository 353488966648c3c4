using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>How the pipeline thread waits for work that is not spread over clusters.</summary>
public sealed class AwaitTests
{
    [Fact]
    public void The_result_of_the_work_comes_back()
    {
        using var shell = Waiting((_, _) => Task.FromResult<object>(42));

        Assert.Equal([42], shell.Run(Wait).Output);
    }

    [Fact]
    public void Messages_from_other_threads_are_written_while_waiting()
    {
        using var shell = Waiting((post, stop) => Task.Run<object>(
            () =>
            {
                post(NoticeLevel.Information, "connected");
                return 1;
            },
            stop));

        Assert.Equal(["connected"], shell.Run(Wait).Information.Select(static record => $"{record}"));
    }

    [Fact]
    public void What_the_work_throws_comes_out_as_it_is()
    {
        using var shell = Waiting((_, _) => Task.FromException<object>(new TimeZoneNotFoundException("no such zone")));

        Assert.Equal("no such zone", Assert.IsType<TimeZoneNotFoundException>(shell.Run(Wait).Terminated!.Exception).Message);
    }

    [Fact]
    public void A_fault_that_a_cmdlet_does_not_catch_ends_it_with_its_error()
    {
        using var shell = Waiting((_, _) => Task.FromException<object>(new FaultException(FaultPhase.ClusterNotSelected, "prod is not selected")));

        var error = shell.Run(Wait).Terminated!;

        Assert.Equal(("Kube.ClusterNotSelected", ErrorCategory.InvalidOperation), (error.Id(), error.CategoryInfo.Category));
    }

    [Fact]
    public async Task Stopping_ends_the_wait_once_the_work_has_ended()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = false;
        using var shell = Waiting(async (_, stop) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                ended = true;
            }

            return 1;
        });
        using var running = shell.Start(Wait);
        await started.Task;

        Assert.True(running.Stop().Stopped);

        Assert.True(ended);
    }

    private const string Wait = "Get-KubeAnswer -Work $work";

    private static Shell Waiting(AwaitedWork work)
    {
        var shell = new Shell();
        shell["work"] = work;
        return shell;
    }
}
