using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>What all clusters fail with alike is one error, and what some fail with is theirs.</summary>
public sealed class CommonFaultTests
{
    private static readonly Fault NoSuchKind = new() { Phase = FaultPhase.KindNotFound, Detail = "the cluster serves no kind \"podz\"", Advice = "Did you mean pods?" };

    [Fact]
    public void The_same_failure_on_all_clusters_is_one_error_that_lists_them()
    {
        using var asking = new Asking(Failing, [.. Enumerable.Range(1, 40).Select(static number => $"c{number:00}")]);

        var error = asking.Run().Error;

        Assert.Equal("the cluster serves no kind \"podz\", on all 40 clusters: c01, c02, c03 and 37 more.", $"{error}");
        Assert.Equal(("Kube.KindNotFound", ErrorCategory.ObjectNotFound, "c01, c02, c03 and 37 more"), (error.Id(), error.CategoryInfo.Category, error.CategoryInfo.TargetName));
        Assert.Equal("Did you mean pods?", error.ErrorDetails.RecommendedAction);
        Assert.Equal(40, Assert.IsType<ClusterSet>(error.TargetObject).Clusters.Count);
        Assert.Equal(40, asking.Report.Clusters.Count(static row => row.Fault is { Phase: FaultPhase.KindNotFound, Cluster: not null }));
    }

    [Fact]
    public void The_clusters_of_the_one_error_pipe_into_a_command()
    {
        using var asking = new Asking(Failing, "a", "b");
        asking.Shell["failure"] = asking.Run().Error;

        Assert.Equal(["a", "b"], asking.Shell.Run("($failure.TargetObject.Clusters | Get-KubeClusterDiagnostic).ClusterName").Output);
    }

    [Fact]
    public void Of_two_clusters_it_is_said_of_both_with_what_was_tried()
    {
        using var asking = new Asking(
            (_, output, stop) => output.FaultAsync(NoSuchKind with { Phase = FaultPhase.NotFound, Operation = "get pod web-1", Detail = "NotFound (pods \"web-1\" not found)" }, "web-1", stop).AsTask(), "a", "b");

        var error = asking.Run().Error;

        Assert.Equal("cannot get pod web-1: NotFound (pods \"web-1\" not found), on both clusters: a and b.", $"{error}");
        Assert.Equal("web-1", error.TargetObject);
    }

    [Fact]
    public void A_failure_that_one_cluster_has_not_is_that_of_the_others_each()
    {
        using var asking = new Asking((cluster, output, stop) => cluster.ClusterName == "b" ? Task.CompletedTask : Failing(cluster, output, stop), "a", "b", "c");

        Assert.Equal(["a: the cluster serves no kind \"podz\".", "c: the cluster serves no kind \"podz\"."], asking.Run().Errors.Select(static error => $"{error}").Order());
    }

    [Fact]
    public void A_cluster_that_fails_otherwise_has_its_own_error()
    {
        using var asking = new Asking(
            (cluster, output, stop) => cluster.ClusterName == "b" ? Task.FromException(new FaultException(FaultPhase.Timeout, "it is silent")) : Failing(cluster, output, stop), "a", "b", "c");

        Assert.Equal(["Kube.KindNotFound", "Kube.KindNotFound", "Kube.Timeout"], asking.Run().Errors.Select(static error => error.Id()).Order());
    }

    [Theory]
    [InlineData(FaultPhase.Forbidden)]
    [InlineData(FaultPhase.Connect)]
    [InlineData(FaultPhase.Server)]
    public void What_each_cluster_has_for_reasons_of_its_own_stays_its_own(FaultPhase phase)
    {
        using var asking = new Asking((_, output, stop) => output.FaultAsync(NoSuchKind with { Phase = phase }, null, stop).AsTask(), "a", "b");

        Assert.Equal(2, asking.Run().Errors.Count);
    }

    [Fact]
    public void A_cluster_that_hangs_holds_nothing_back_for_long()
    {
        using var asking = new Asking((cluster, output, stop) => cluster.ClusterName == "b" ? Task.Delay(Timeout.Infinite, stop) : Failing(cluster, output, stop), "a", "b");

        Assert.StartsWith("a: ", $"{asking.Run("-ErrorAction Stop").Terminated}", StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorAction_Stop_ends_with_the_one_error()
    {
        using var asking = new Asking(Failing, "a", "b", "c");

        Assert.StartsWith("the cluster serves no kind", $"{asking.Run("-ErrorAction Stop").Terminated}", StringComparison.Ordinal);
    }

    [Fact]
    public void RequireAll_counts_the_clusters_and_not_the_errors()
    {
        using var asking = new Asking(Failing, "a", "b", "c");

        var run = asking.Run("-RequireAll");

        Assert.StartsWith("3 of 3 clusters failed", run.Terminated!.Fault().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_cluster_s_failure_is_told_as_its_own()
    {
        using var asking = new Asking(Failing, "a");

        Assert.StartsWith("a: ", $"{asking.Run().Error}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_remarked_of_several_clusters_is_one_warning()
    {
        using var asking = new Asking((cluster, output, stop) => cluster.ClusterName == "c" ? Task.CompletedTask : output.RemarkAsync("it is not there", stop).AsTask(), "a", "b", "c");

        Assert.Equal(["a and b: it is not there"], asking.Run().Warnings);
    }

    private static Task Failing(ClusterIdentity cluster, FanOutSink output, CancellationToken stop) => Task.FromException(new FaultException(NoSuchKind));
}
