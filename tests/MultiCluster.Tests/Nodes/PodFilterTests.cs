using System.Text.Json.Nodes;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;

namespace MultiCluster.Tests.Nodes;

public sealed class PodFilterTests
{
    [Fact]
    public void A_pod_of_a_controller_goes_without_a_word()
    {
        var (action, reasons) = PodFilters.Judge(DrainSample.Facts(), DrainSample.Context());
        Assert.Equal(PodAction.Go, action);
        Assert.Empty(reasons);
    }

    [Theory]
    [InlineData(null, nameof(PodAction.Go))]
    [InlineData("app=web", nameof(PodAction.Go))]
    [InlineData("app=db", nameof(PodAction.Skip))]
    [InlineData("app!=web", nameof(PodAction.Skip))]
    public void The_pod_selector_leaves_others_where_they_are(string? selector, string action) =>
        Assert.Equal(Enum.Parse<PodAction>(action), PodFilters.Selected(DrainSample.Facts(), DrainSample.Context(new DrainOptions { PodSelector = selector })).Action);

    [Theory]
    [InlineData(0, 500, nameof(PodAction.Go))]
    [InlineData(60, 60, nameof(PodAction.Go))]
    [InlineData(60, 61, nameof(PodAction.Skip))]
    public void A_pod_that_has_been_ending_for_too_long_is_not_waited_for(int limit, int age, string action) =>
        Assert.Equal(Enum.Parse<PodAction>(action), PodFilters.Deleted(
            DrainSample.Facts(change: pod => pod.DeletedFor(TimeSpan.FromSeconds(age))),
            DrainSample.Context(new DrainOptions { SkipWaitForDelete = TimeSpan.FromSeconds(limit) })).Action);

    [Theory]
    [InlineData(true, false, false, nameof(PodAction.Block))]
    [InlineData(true, true, false, nameof(PodAction.Skip))]
    [InlineData(true, true, true, nameof(PodAction.Skip))]
    [InlineData(false, false, false, nameof(PodAction.Block))]
    [InlineData(false, true, false, nameof(PodAction.Block))]
    [InlineData(false, true, true, nameof(PodAction.Go))]
    public void A_daemon_sets_pod_blocks_is_left_or_goes_when_its_daemon_set_is_gone(bool exists, bool ignore, bool force, string action) =>
        Assert.Equal(Enum.Parse<PodAction>(action), PodFilters.DaemonSet(
            DrainSample.Facts(change: pod => pod.OwnedBy("DaemonSet", "agent", exists ? DrainSample.DaemonSetUid : "another")),
            DrainSample.Context(new DrainOptions { IgnoreDaemonSet = ignore, Force = force })).Action);

    [Fact]
    public void A_mirror_pod_is_always_left() =>
        Assert.Equal(PodAction.Skip, PodFilters.Judge(DrainSample.Facts(change: pod => { pod.Mirrors(); pod.WithEmptyDir("x"); }), DrainSample.Context()).Action);

    [Fact]
    public void Data_that_would_be_lost_blocks_and_is_named()
    {
        var pod = DrainSample.Facts(change: pod => pod.WithEmptyDir("cache", "tmp"));
        var verdict = PodFilters.EmptyDir(pod, DrainSample.Context());
        Assert.Equal(PodAction.Block, verdict.Action);
        Assert.Contains("cache, tmp (-DeleteEmptyDirData", verdict.Reason, StringComparison.Ordinal);
        verdict = PodFilters.EmptyDir(pod, DrainSample.Context(new DrainOptions { DeleteEmptyDirData = true }));
        Assert.Equal((PodAction.Go, "loses the data of its emptyDir volumes cache, tmp"), (verdict.Action, verdict.Reason));
    }

    [Theory]
    [InlineData(false, nameof(PodAction.Block))]
    [InlineData(true, nameof(PodAction.Go))]
    public void A_pod_of_its_own_goes_only_by_force(bool force, string action) =>
        Assert.Equal(Enum.Parse<PodAction>(action), PodFilters.Unmanaged(DrainSample.Facts(change: DrainSample.Unmanaged), DrainSample.Context(new DrainOptions { Force = force })).Action);

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public void A_finished_pod_goes_whatever_it_is(string phase)
    {
        void Finished(JsonObject pod, string kind)
        {
            pod.InPhase(phase);
            pod.WithEmptyDir("x");
            if (kind.Length == 0)
                pod.Unmanaged();
            else
                pod.OwnedBy(kind, "x", "y");
        }

        foreach (var kind in new[] { "", "DaemonSet", "Job" })
            Assert.Equal(PodAction.Go, PodFilters.Judge(DrainSample.Facts(change: pod => Finished(pod, kind)), DrainSample.Context()).Action);
    }

    [Fact]
    public void Everything_that_speaks_against_a_pod_is_heard()
    {
        var (action, reasons) = PodFilters.Judge(DrainSample.Facts(change: pod => { pod.Unmanaged(); pod.WithEmptyDir("x"); }), DrainSample.Context());
        Assert.Equal(PodAction.Block, action);
        Assert.Collection(
            reasons,
            reason => Assert.Contains("-DeleteEmptyDirData", reason.One, StringComparison.Ordinal),
            reason => Assert.Contains("-Force", reason.One, StringComparison.Ordinal));

        (action, reasons) = PodFilters.Judge(
            DrainSample.Facts(change: pod => { pod.Unmanaged(); pod.WithEmptyDir("x"); }), DrainSample.Context(new DrainOptions { Force = true, DeleteEmptyDirData = true }));
        Assert.Equal(PodAction.Go, action);
        Assert.Equal(2, reasons.Count);
    }

    [Fact]
    public void A_pod_that_is_left_blocks_nothing()
    {
        var (action, reasons) = PodFilters.Judge(
            DrainSample.Facts(change: pod => { pod.OwnedBy("DaemonSet", "agent", DrainSample.DaemonSetUid); pod.WithEmptyDir("x"); }),
            DrainSample.Context(new DrainOptions { IgnoreDaemonSet = true }));
        Assert.Equal(PodAction.Skip, action);
        Assert.Contains("DaemonSet agent", Assert.Single(reasons).One, StringComparison.Ordinal);
    }
}
