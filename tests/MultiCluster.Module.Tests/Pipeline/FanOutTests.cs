using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

public sealed class FanOutTests
{
    [Fact]
    public void Objects_are_written_one_by_one_in_the_order_of_their_cluster()
    {
        var sink = Run(["a"], async (_, output, stop) =>
        {
            await output.WriteAsync<string>(["1", "2"], stop);
            await output.WriteAsync<string>(["3"], stop);
        });

        Assert.Equal(["1", "2", "3"], sink.Objects);
    }

    [Fact]
    public void A_cluster_that_fails_is_an_error_and_the_others_deliver()
    {
        var sink = Run(["a", "b", "c"], async (cluster, output, stop) =>
        {
            if (cluster.ClusterName == "b")
                throw new FaultException(FaultPhase.Unauthorized, "the login is refused", "Log in again.");
            await output.WriteAsync<string>([cluster.ClusterName], stop);
        });

        Assert.Equal(["a", "c"], sink.Objects.Order());
        var error = Assert.Single(sink.Errors);
        Assert.Equal("Kube.Unauthorized", error.ErrorId);
        Assert.Equal(ErrorCategory.AuthenticationError, error.Category);
        Assert.Equal("config:b", Assert.IsType<MultiCluster.Kubeconfig.ClusterIdentity>(error.Target).ClusterId);
        Assert.Null(sink.Terminated);
    }

    [Fact]
    public void A_fault_of_an_object_has_the_object_as_its_target()
    {
        var target = new object();

        var sink = Run(["a"], (_, output, stop) => output.FaultAsync(Fault(FaultPhase.Conflict), target, stop).AsTask());

        Assert.Same(target, Assert.Single(sink.Errors).Target);
    }

    [Fact]
    public void Notices_go_to_their_streams_with_the_cluster_in_front()
    {
        var sink = Run(["a"], async (_, output, stop) =>
        {
            await output.NoticeAsync(NoticeLevel.Debug, "d", stop);
            await output.NoticeAsync(NoticeLevel.Verbose, "v", stop);
            await output.NoticeAsync(NoticeLevel.Information, "i", stop);
            await output.NoticeAsync(NoticeLevel.Warning, "w", stop);
        });

        Assert.Equal(["a: d", "a: v", "a: i", "a: w"], [.. sink.DebugLines, .. sink.VerboseLines, .. sink.InformationLines, .. sink.Warnings]);
    }

    [Fact]
    public void Enough_objects_cancel_what_is_in_flight()
    {
        var endless = new Endless();
        using var asking = Until(endless, "a", "b");
        asking.Runner["First"] = 3;

        var sink = asking.Run();

        Assert.Equal(3, sink.Objects.Count);
        endless.AssertEnded(2);
        Assert.Equal(2, asking.Report.Skipped);
    }

    [Fact]
    public void An_exception_downstream_cancels_what_is_in_flight_and_goes_on()
    {
        var endless = new Endless();
        var sink = new RecordingSink { Downstream = _ => throw new InvalidOperationException("downstream") };
        endless.Expected = 2;
        using var asking = new Asking(endless.Operation, sink, "a", "b");

        var exception = Assert.Throws<InvalidOperationException>(() => asking.Run());

        Assert.Equal("downstream", exception.Message);
        endless.AssertEnded(2);
    }

    [Fact]
    public void ErrorAction_Stop_stops_at_the_first_error_and_cancels_the_rest()
    {
        var endless = new Endless();
        async Task FailB(KubeCluster cluster, FanOutSink output, CancellationToken stop)
        {
            if (cluster.ClusterName == "b")
            {
                await endless.Started;
                throw new FaultException(FaultPhase.Server, "no");
            }

            await endless.Operation(cluster, output, stop);
        }

        using var asking = new Asking(FailB, new RecordingSink { StopOnError = true }, "a", "b");

        Assert.Throws<ActionPreferenceStopException>(() => asking.Run());

        endless.AssertEnded(1);
    }

    [Fact]
    public async Task Stopping_cancels_what_is_in_flight_and_waits_for_its_end()
    {
        var silent = new Endless { Writes = false };
        using var asking = Until(silent, "a", "b");
        var run = Task.Run(asking.Run, TestContext.Current.CancellationToken);
        await silent.Started;

        asking.Runner.Stop();

        await Assert.ThrowsAsync<PipelineStoppedException>(() => run);
        silent.AssertEnded(2);
    }

    [Fact]
    public void RequireAll_ends_with_an_error_that_counts_the_failures()
    {
        using var asking = new Asking(
            (cluster, _, _) => cluster.ClusterName == "a" ? Task.CompletedTask : Task.FromException(new FaultException(Fault(FaultPhase.Server))),
            "a", "b", "c");
        asking.Runner["RequireAll"] = true;

        var sink = asking.Run();

        Assert.Equal(2, sink.Errors.Count);
        Assert.Equal("Kube.Incomplete", sink.Terminated!.ErrorId);
        Assert.StartsWith("2 of 3 clusters failed", sink.Terminated.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireAll_says_nothing_when_every_cluster_answered()
    {
        using var asking = new Asking((_, _, _) => Task.CompletedTask, "a");
        asking.Runner["RequireAll"] = true;

        Assert.Null(asking.Run().Terminated);
    }

    [Fact]
    public void Objects_of_another_type_than_the_cmdlet_takes_are_never_dropped_in_silence()
    {
        using var asking = new Asking((_, output, stop) => output.WriteAsync<int>([1], stop).AsTask(), "a");

        Assert.Throws<InvalidOperationException>(() => asking.Run());
    }

    [Fact]
    public void An_object_piped_in_is_asked_of_its_own_cluster()
    {
        using var asking = new Asking((cluster, output, stop) => output.WriteAsync<string>([cluster.ClusterName], stop).AsTask(), "a", "b");

        var sink = asking.Runner.Run([new { ClusterId = "config:b" }]);

        Assert.Equal(["b"], sink.Objects);
    }

    private static Fault Fault(FaultPhase phase) => new() { Phase = phase, Detail = "it went wrong" };

    private static RecordingSink Run(string[] clusters, Func<KubeCluster, FanOutSink, CancellationToken, Task> operation)
    {
        using var asking = new Asking(operation, clusters);
        return asking.Run();
    }

    private static Asking Until(Endless endless, params string[] clusters)
    {
        endless.Expected = clusters.Length;
        return new Asking(endless.Operation, clusters);
    }
}
