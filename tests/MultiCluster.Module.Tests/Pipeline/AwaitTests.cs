using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

public sealed class AwaitTests
{
    [Fact]
    public void The_result_of_the_work_comes_back() => Assert.Equal(42, Bridge(new RecordingSink()).Await(Task.FromResult(42), "Test"));

    [Fact]
    public void Messages_from_other_threads_are_written_while_waiting()
    {
        var sink = new RecordingSink();
        var bridge = Bridge(sink);
        var work = Task.Run(() =>
        {
            bridge.Post(NoticeLevel.Information, "connected");
            return 1;
        });

        bridge.Await(work, "Test");

        Assert.Equal(["connected"], sink.InformationLines);
    }

    [Fact]
    public void What_the_work_throws_comes_out_as_it_is() =>
        Assert.Throws<FaultException>(() => Bridge(new RecordingSink()).Await(Task.FromException<int>(new FaultException(FaultPhase.Dns, "no such host")), "Test"));

    [Fact]
    public void Stopping_ends_the_wait_once_the_work_has_ended()
    {
        using var stop = new CancellationTokenSource();
        var work = Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => 1, TaskScheduler.Default);
        var bridge = new PipelineBridge(new RecordingSink(), TimeProvider.System, stop);
        stop.Cancel();

        Assert.Throws<PipelineStoppedException>(() => bridge.Await(work, "Test"));

        Assert.True(work.IsCompleted);
    }

    [Fact]
    public void A_fault_that_a_cmdlet_does_not_catch_ends_it_with_its_error()
    {
        using var asking = new Asking((_, _, _) => Task.CompletedTask, "a");
        asking.Runner.Cmdlet.Refusal = new Fault { Phase = FaultPhase.ClusterNotSelected, Detail = "prod is not selected" };

        var sink = asking.Run();

        Assert.Equal("Kube.ClusterNotSelected", sink.Terminated!.ErrorId);
    }

    private static PipelineBridge Bridge(RecordingSink sink) => new(sink, TimeProvider.System, new CancellationTokenSource());
}
