using MultiCluster.Debugging;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Debugging;

/// <summary>When a container that does not start is given up.</summary>
public sealed class ContainerStartRuleTests
{
    private const string Pulling = """{"waiting":{"reason":"ContainerCreating"}}""";
    private const string Failed = """{"waiting":{"reason":"ErrImagePull","message":"not found"}}""";
    private const string BacksOff = """{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task One_complaint_is_waited_over_and_a_second_one_is_the_end()
    {
        using var rule = new ContainerStartRule("debug", Patience, new TestClock());
        Assert.Equal((false, false), await JudgeAsync(rule, Pulling));
        Assert.Equal((false, false), await JudgeAsync(rule, Failed));
        Assert.Equal((false, false), await JudgeAsync(rule, Failed)); // something else of the pod has changed
        Assert.Equal((false, true), await JudgeAsync(rule, BacksOff));
        Assert.Equal("ImagePullBackOff: Back-off pulling image", rule.Problem);
    }

    [Fact]
    public async Task One_complaint_is_the_end_when_nothing_comes_after_it()
    {
        var clock = new TestClock();
        using var rule = new ContainerStartRule("debug", Patience, clock);
        await JudgeAsync(rule, Failed);
        clock.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.False(rule.GivenUp.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(rule.GivenUp.IsCancellationRequested);
    }

    [Fact]
    public async Task A_complaint_that_passes_is_forgotten()
    {
        var clock = new TestClock();
        using var rule = new ContainerStartRule("debug", Patience, clock);
        await JudgeAsync(rule, Failed);
        Assert.Equal((false, false), await JudgeAsync(rule, Pulling));
        clock.Advance(Patience * 2);
        Assert.False(rule.GivenUp.IsCancellationRequested);
        Assert.Equal((true, false), await JudgeAsync(rule, """{"running":{}}"""));
    }

    [Theory]
    [InlineData("""{"waiting":{"reason":"InvalidImageName"}}""")]
    [InlineData("""{"waiting":{"reason":"ErrImageNeverPull"}}""")]
    public async Task What_no_second_attempt_changes_is_the_end_at_once(string state)
    {
        using var rule = new ContainerStartRule("debug", Patience, new TestClock());
        Assert.Equal((false, true), await JudgeAsync(rule, state));
    }

    [Fact]
    public async Task A_pod_that_its_node_does_not_take_says_why()
    {
        using var rule = new ContainerStartRule("debug", Patience, new TestClock());
        var pod = Sample.Read<KubePod>("""{"metadata":{"name":"p","namespace":"n"},"spec":{"containers":[{"name":"debug"}]},"status":{"phase":"Failed","reason":"OutOfcpu","message":"Node didn't have enough resource"}}""");
        var verdict = await rule.JudgeAsync(pod, null, TestContext.Current.CancellationToken);
        Assert.Equal((true, "the pod has ended (OutOfcpu: Node didn't have enough resource)"), (verdict.IsFinal, verdict.Message));
    }

    private static async Task<(bool Met, bool IsFinal)> JudgeAsync(ContainerStartRule rule, string state)
    {
        var pod = Sample.Read<KubePod>(
            $$$"""{"metadata":{"name":"p","namespace":"n"},"spec":{"containers":[{"name":"c"}],"ephemeralContainers":[{"name":"debug"}]},"status":{"phase":"Running","ephemeralContainerStatuses":[{"name":"debug","state":{{{state}}}}]}}""");
        var verdict = await rule.JudgeAsync(pod, null, TestContext.Current.CancellationToken);
        return (verdict.Met, verdict.IsFinal);
    }
}
