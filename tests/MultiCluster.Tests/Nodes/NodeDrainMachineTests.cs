using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Draining;
using MultiCluster.Nodes.Planning;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Nodes;

public sealed class NodeDrainMachineTests
{
    private readonly TestClock _time = new();
    private readonly List<KubeDrainEvent> _events = [];
    private double _random;

    [Fact]
    public void A_drain_goes_through_its_states()
    {
        var machine = Machine();
        Assert.Equal(DrainState.Planned, machine.State);
        machine.Begin();
        Assert.Equal(DrainState.Cordoning, machine.State);
        machine.Cordoned(changed: true);
        Assert.Equal(DrainState.Evicting, machine.State);
        machine.Seen(Pod("a"), null);
        machine.Seen(Pod("b"), null);
        Assert.Null(machine.NextDue()); // not before all are known
        machine.Listed();
        var first = machine.NextDue()!;
        var second = machine.NextDue()!;
        Assert.Null(machine.NextDue());
        machine.Answered(first, new(EvictionVerdict.Accepted));
        Assert.Equal(DrainState.Evicting, machine.State);
        machine.Answered(second, new(EvictionVerdict.Accepted));
        Assert.Equal(DrainState.Waiting, machine.State);
        machine.Left("uid-a");
        machine.Left("uid-b");
        Assert.Equal(DrainState.Drained, machine.State);
        Assert.Equal(["Cordoned", "Evicted a", "Evicted b", "Gone a", "Gone b"], Told(machine));
        var result = Result(machine);
        Assert.Equal((2, 0, true, null), (result.Evicted, result.Remaining, result.LeftCordoned, result.Reason));
    }

    [Fact]
    public void Nothing_is_due_before_all_pods_are_known()
    {
        var machine = Begun();
        machine.Seen(Pod("a"), null);
        Assert.Null(machine.NextTime);
        machine.Listed();
        Assert.Equal(_time.GetUtcNow(), machine.NextTime);
    }

    [Fact]
    public void A_drain_that_ends_before_all_pods_are_known_leaves_those_of_the_plan()
    {
        var machine = Begun();
        _plan = _plan with { Pods = [Pod("a"), Pod("b"), Pod("agent", DrainPodOutcome.Skip)] };
        machine.Seen(Pod("a"), null);
        machine.Cancel("It was stopped.");
        Assert.Equal(["web/a", "web/b"], Result(machine).RemainingPods);
        Assert.Equal(1, Result(machine).Skipped);
    }

    [Fact]
    public void A_node_without_pods_that_go_is_drained_at_once()
    {
        var machine = Listed(Pod("agent", DrainPodOutcome.Skip));
        Assert.Equal(DrainState.Drained, machine.State);
        Assert.Equal(1, Result(machine).Skipped);
    }

    [Fact]
    public void A_budgets_refusal_is_told_once_and_asked_again_after_five_seconds_and_some_jitter()
    {
        _random = 0.5;
        var machine = Listed(Pod("a"));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            machine.Answered(machine.NextDue()!, Refused());
            Assert.Null(machine.NextDue());
            Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(5.5), machine.NextTime);
            _time.Advance(TimeSpan.FromSeconds(5.4));
            Assert.Null(machine.NextDue());
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        machine.Answered(machine.NextDue()!, Refused("The disruption budget web needs 2 healthy pods and has 1 currently"));
        Assert.Equal(DrainState.Evicting, machine.State);
        var told = machine.TakeEvents().Where(one => one.Phase == DrainPhase.Waiting).ToArray();
        Assert.Equal(2, told.Length);
        Assert.All(told, one => Assert.Equal(("web", "a"), (one.Budget, one.Pod)));
    }

    [Fact]
    public void A_servers_own_pause_is_kept()
    {
        _random = 0.5;
        var machine = Listed(Pod("a"));
        machine.Answered(machine.NextDue()!, Refused() with { RetryAfter = TimeSpan.FromSeconds(20) });
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(22), machine.NextTime);
    }

    [Theory]
    [InlineData(86_400)]
    [InlineData(999_999_999)]
    [InlineData(int.MaxValue)]
    public void A_pause_of_a_day_or_a_lifetime_is_granted_for_a_minute(int seconds)
    {
        var machine = Listed(Pod("a"));
        for (var i = 0; i < 5; i++)
        {
            machine.Answered(machine.NextDue()!, Refused() with { RetryAfter = TimeSpan.FromSeconds(seconds) });
            Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(1), machine.NextTime);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(DrainState.Evicting, machine.State);
    }

    [Theory]
    [InlineData(nameof(EvictionVerdict.Gone), nameof(DrainState.Drained))]
    [InlineData(nameof(EvictionVerdict.NamespaceTerminating), nameof(DrainState.Waiting))]
    [InlineData(nameof(EvictionVerdict.TwoBudgets), nameof(DrainState.Failed))]
    [InlineData(nameof(EvictionVerdict.Refused), nameof(DrainState.Failed))]
    [InlineData(nameof(EvictionVerdict.Later), nameof(DrainState.Evicting))]
    public void An_answer_means_what_it_says(string verdict, string state)
    {
        var machine = Listed(Pod("a"));
        machine.Answered(machine.NextDue()!, new(Enum.Parse<EvictionVerdict>(verdict)) { Fault = new Fault { Phase = FaultPhase.Forbidden, Detail = "no" } });
        Assert.Equal(state, machine.State.ToString());
    }

    [Fact]
    public void One_pod_that_cannot_go_keeps_no_other_from_going()
    {
        var machine = Listed(Pod("a"), Pod("b"));
        machine.Answered(machine.NextDue()!, new(EvictionVerdict.Refused) { Fault = new Fault { Phase = FaultPhase.Forbidden, Detail = "Forbidden (not you)" } });
        machine.Answered(machine.NextDue()!, new(EvictionVerdict.Accepted));
        Assert.Equal(DrainState.Waiting, machine.State);
        machine.Left("uid-b");
        Assert.Equal(DrainState.Failed, machine.State);
        Assert.Equal("1 pod cannot go: web/a (Forbidden (not you)).", machine.Reason);
        Assert.Equal(FaultPhase.Forbidden, machine.Fault!.Phase);
    }

    [Fact]
    public void A_pod_that_leaves_before_its_answer_comes_has_left()
    {
        var machine = Listed(Pod("a"));
        var pod = machine.NextDue()!;
        machine.Left("uid-a");
        machine.Answered(pod, Refused());
        Assert.Equal(DrainState.Drained, machine.State);
    }

    [Fact]
    public void A_pod_that_is_ending_is_waited_for_and_not_asked()
    {
        var machine = Begun();
        machine.Seen(Pod("a"), _time.GetUtcNow());
        machine.Listed();
        Assert.Null(machine.NextDue());
        Assert.Equal(DrainState.Waiting, machine.State);
    }

    [Fact]
    public void A_pod_that_is_ending_is_asked_to_end_sooner()
    {
        var machine = Machine(new DrainOptions { GracePeriodSeconds = 0 });
        machine.Begin();
        machine.Cordoned(true);
        machine.Seen(Pod("a"), _time.GetUtcNow());
        machine.Listed();
        Assert.NotNull(machine.NextDue());
    }

    [Fact]
    public void A_pod_that_ends_for_too_long_is_not_waited_for()
    {
        var machine = Machine(new DrainOptions { SkipWaitForDelete = TimeSpan.FromSeconds(10) });
        machine.Begin();
        machine.Cordoned(true);
        machine.Seen(Pod("a"), _time.GetUtcNow());
        machine.Listed();
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(10), machine.NextTime);
        machine.Waited();
        Assert.Equal(DrainState.Waiting, machine.State);
        _time.Advance(TimeSpan.FromSeconds(10));
        machine.Waited();
        Assert.Equal(DrainState.Drained, machine.State);
    }

    [Fact]
    public void A_pod_that_arrives_meanwhile_goes_too()
    {
        var machine = Listed(Pod("a"));
        machine.Answered(machine.NextDue()!, new(EvictionVerdict.Accepted));
        machine.Seen(Pod("late"), null);
        Assert.Equal(DrainState.Evicting, machine.State);
        machine.Left("uid-a");
        Assert.Equal("late", machine.NextDue()!.Name);
        Assert.Contains("Arrived late", Told(machine));
    }

    [Fact]
    public void A_pod_that_arrives_and_may_not_go_fails_the_node_when_the_others_have_gone()
    {
        var machine = Listed(Pod("a"));
        machine.Seen(Pod("late", DrainPodOutcome.Blocked) with { Reasons = ["has no controller"] }, null);
        machine.Answered(machine.NextDue()!, new(EvictionVerdict.Accepted));
        Assert.False(machine.IsOver);
        machine.Left("uid-a");
        Assert.Equal("1 pod cannot go: web/late (has no controller).", machine.Reason);
    }

    [Fact]
    public void A_pod_that_came_since_the_plan_and_may_not_go_ends_the_drain_before_any_is_asked()
    {
        var machine = Listed(Pod("a"), Pod("b", DrainPodOutcome.Blocked) with { Reasons = ["has no controller"] });
        Assert.Equal(DrainState.Failed, machine.State);
        Assert.Equal("1 pod may not go: web/b (has no controller). No pod has been asked to go.", machine.Reason);
        Assert.Null(machine.NextDue());
    }

    [Theory]
    [InlineData("n-1", false, "Somebody else made the node schedulable again.")]
    [InlineData("n-2", true, "The node was replaced by another of its name.")]
    public void A_node_that_somebody_else_takes_back_is_left_alone(string uid, bool unschedulable, string reason)
    {
        var machine = Listed(Pod("a"));
        machine.NodeSeen("n-1", true);
        Assert.False(machine.IsOver);
        machine.NodeSeen(uid, unschedulable);
        Assert.Equal((DrainState.Failed, reason, false), (machine.State, machine.Reason, Result(machine).LeftCordoned));
        Assert.False(machine.HasCordoned);
    }

    [Fact]
    public void A_node_that_is_deleted_ends_its_drain()
    {
        var machine = Listed(Pod("a"));
        machine.NodeLeft();
        Assert.Equal((DrainState.Failed, false), (machine.State, Result(machine).LeftCordoned));
    }

    [Fact]
    public void A_drain_that_takes_too_long_names_what_is_left_and_why()
    {
        var machine = Listed(Pod("a"), Pod("b"));
        machine.Answered(machine.NextDue()!, Refused());
        machine.Answered(machine.NextDue()!, new(EvictionVerdict.Accepted));
        machine.Expire();
        Assert.Equal(DrainState.TimedOut, machine.State);
        Assert.Equal("The time of 15m is over (-NodeTimeoutSec). 2 pods are left: web/a (The disruption budget web needs 2 healthy pods and has 2 currently), web/b.", machine.Reason);
        Assert.True(Result(machine).HasFailed);
    }

    [Fact]
    public void A_drain_that_is_stopped_asks_no_pod_any_more()
    {
        var machine = Listed(Pod("a"));
        machine.Cancel("Cluster disconnected.");
        Assert.Null(machine.NextDue());
        machine.Left("uid-a");
        machine.Expire();
        Assert.Equal((DrainState.Cancelled, "Cluster disconnected."), (machine.State, machine.Reason));
        Assert.Equal(["web/a"], Result(machine).RemainingPods);
        Assert.True(Result(machine).LeftCordoned);
    }

    [Fact]
    public void Replacements_are_waited_for_where_that_is_wanted()
    {
        var machine = Machine(new DrainOptions { WaitForReplacement = true });
        machine.Begin();
        machine.Cordoned(false);
        machine.Seen(Pod("a"), null);
        machine.Listed();
        machine.Answered(machine.NextDue()!, new(EvictionVerdict.Accepted));
        Assert.False(machine.AwaitsReplacement);
        machine.Left("uid-a");
        Assert.True(machine.AwaitsReplacement);
        Assert.Equal(DrainState.Waiting, machine.State);
        machine.Replaced();
        Assert.Equal(DrainState.Drained, machine.State);
        Assert.False(machine.HasCordoned);
    }

    [Fact]
    public void A_dry_run_takes_a_yes_for_the_pods_end_and_cordons_nothing()
    {
        var machine = Machine(new DrainOptions { DryRun = true });
        machine.Begin();
        machine.Cordoned(changed: true);
        machine.Seen(Pod("a"), null);
        machine.Listed();
        machine.Answered(machine.NextDue()!, new(EvictionVerdict.Accepted));
        Assert.Equal(DrainState.Drained, machine.State);
        Assert.Equal((false, true, 1), (Result(machine).LeftCordoned, Result(machine).DryRun, Result(machine).Evicted));
    }

    private static KubeDrainPod Pod(string name, DrainPodOutcome outcome = DrainPodOutcome.Evict) =>
        new() { ClusterId = "c", ClusterName = "c", Node = "node-1", Namespace = "web", Name = name, Uid = $"uid-{name}", Outcome = outcome, Reasons = [] };

    private static EvictionAnswer Refused(string sentence = "The disruption budget web needs 2 healthy pods and has 2 currently") =>
        new(EvictionVerdict.Budget) { Budget = "web", Sentence = sentence };

    private NodeDrainMachine Machine(DrainOptions? options = null)
    {
        _options = options ?? new DrainOptions();
        _plan = NodePlan.Of(DrainSample.Node(), []);
        return new(_plan, _options, _time, () => _random);
    }

    private DrainOptions _options = new();
    private KubeDrainPlan _plan = null!;

    private KubeDrainResult Result(NodeDrainMachine machine) => DrainWords.ResultOf(machine, _plan, _options, _time.GetUtcNow(), _time);

    private NodeDrainMachine Begun()
    {
        var machine = Machine();
        machine.Begin();
        machine.Cordoned(changed: true);
        return machine;
    }

    private NodeDrainMachine Listed(params KubeDrainPod[] pods)
    {
        var machine = Begun();
        foreach (var pod in pods)
            machine.Seen(pod, null);
        machine.Listed();
        return machine;
    }

    private IEnumerable<string> Told(NodeDrainMachine machine)
    {
        _events.AddRange(machine.TakeEvents());
        return _events.Select(one => one.Pod is null ? one.Phase.ToString() : $"{one.Phase} {one.Pod}");
    }
}
