using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>What a cmdlet that asks many clusters writes.</summary>
public sealed class FanOutTests
{
    [Fact]
    public void Objects_are_written_one_by_one_in_the_order_of_their_cluster()
    {
        var run = Run(["a"], async (_, output, stop) =>
        {
            await output.WriteAsync<string>(["1", "2"], stop);
            await output.WriteAsync<string>(["3"], stop);
        });

        Assert.Equal(["1", "2", "3"], run.Output);
    }

    [Fact]
    public void A_cluster_that_fails_is_an_error_and_the_others_deliver()
    {
        var run = Run(["a", "b", "c"], FailingAt("b"));

        Assert.Equal(["a", "c"], run.Of<string>().Order());
        Assert.Equal(("Kube.Unauthorized", ErrorCategory.AuthenticationError), (run.Error.Id(), run.Error.CategoryInfo.Category));
        Assert.Equal("sandbox:b", Assert.IsType<ClusterIdentity>(run.Error.TargetObject).ClusterId);
        Assert.Null(run.Terminated);
    }

    [Fact]
    public void A_failure_is_in_the_variables_of_the_session()
    {
        using var asking = new Asking(FailingAt("b"), "a", "b");

        Assert.Equal(["a", false, 1, 1], asking.Run("-ErrorVariable failures -ErrorAction SilentlyContinue; $?; $failures.Count; $Error.Count").Output);
    }

    [Fact]
    public void A_failure_that_is_ignored_is_in_none()
    {
        using var asking = new Asking(FailingAt("b"), "a", "b");

        Assert.Equal(["a", 0], asking.Run("-ErrorAction Ignore; $Error.Count").Output);
    }

    [Fact]
    public void A_terminal_shows_what_failed_and_what_to_do_once_each()
    {
        using var asking = new Asking(FailingAt("b"), "b");

        var screen = asking.Shell.Screen("Get-KubeAnswer -Operation $operation 2>&1");

        Assert.Equal(2, screen.Split("the login is refused").Length);
        Assert.Equal(2, screen.Split("Log in again.").Length);
    }

    [Fact]
    public void A_fault_of_an_object_has_the_object_as_its_target()
    {
        var target = new object();

        var run = Run(["a"], (_, output, stop) => output.FaultAsync(Fault, target, stop).AsTask());

        Assert.Same(target, run.Error.TargetObject);
    }

    [Fact]
    public void Notices_go_to_their_streams_with_the_cluster_in_front()
    {
        using var asking = new Asking(
            async (_, output, stop) =>
            {
                await output.NoticeAsync(NoticeLevel.Debug, "d", stop);
                await output.NoticeAsync(NoticeLevel.Verbose, "v", stop);
                await output.NoticeAsync(NoticeLevel.Information, "i", stop);
                await output.NoticeAsync(NoticeLevel.Warning, "w", stop);
            },
            "a");

        var run = asking.Run("-Verbose -Debug");

        Assert.Equal(["a: d", "a: v", "a: i", "a: w"], [.. run.Debug, .. run.Verbose, .. run.Information.Select(static record => $"{record}"), .. run.Warnings]);
    }

    [Fact]
    public void RequireAll_ends_with_an_error_that_counts_the_failures()
    {
        using var asking = new Asking((cluster, _, _) => cluster.ClusterName == "a" ? Task.CompletedTask : Task.FromException(new FaultException(Fault)), "a", "b", "c");

        var run = asking.Run("-RequireAll");

        Assert.Equal(2, run.Errors.Count);
        Assert.Equal("Kube.Incomplete", run.Terminated!.Id());
        Assert.StartsWith("2 of 3 clusters failed", run.Terminated!.Fault().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireAll_says_nothing_when_every_cluster_answered()
    {
        using var asking = new Asking((_, _, _) => Task.CompletedTask, "a");

        Assert.Null(asking.Run("-RequireAll").Terminated);
    }

    [Fact]
    public void Knobs_are_taken_from_PSDefaultParameterValues()
    {
        using var asking = new Asking((_, _, stop) => Task.Delay(Timeout.Infinite, stop), "a");
        asking.Shell.Run("$PSDefaultParameterValues['*-Kube*:DeadlineSec'] = 1");

        Assert.Equal("Kube.Timeout", asking.Run().Error.Id());
    }

    [Fact]
    public void Objects_of_another_type_than_the_cmdlet_takes_are_never_dropped_in_silence()
    {
        var run = Run(["a"], (_, output, stop) => output.WriteAsync<int>([1], stop).AsTask());

        Assert.IsType<InvalidOperationException>(run.Terminated!.Exception);
    }

    [Fact]
    public void An_object_piped_in_is_asked_of_its_own_cluster()
    {
        using var asking = new Asking((cluster, output, stop) => output.WriteAsync<string>([cluster.ClusterName], stop).AsTask(), "a", "b");

        Assert.Equal(["b"], asking.Shell.Run("[pscustomobject]@{ ClusterId = 'sandbox:b' } | Get-KubeAnswer -Operation $operation").Output);
    }

    private static Fault Fault => new() { Phase = FaultPhase.Server, Detail = "it went wrong" };

    private static AskedWork FailingAt(string name) => async (cluster, output, stop) =>
    {
        if (cluster.ClusterName == name)
            throw new FaultException(FaultPhase.Unauthorized, "the login is refused", "Log in again.");
        await output.WriteAsync<string>([cluster.ClusterName], stop);
    };

    private static ShellRun Run(string[] clusters, AskedWork operation)
    {
        using var asking = new Asking(operation, clusters);
        return asking.Run();
    }
}
