using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Nodes;

public sealed class PodBudgetTests
{
    private const string EmptySelector = "{}";

    [Theory]
    [InlineData("policy/v1", true)]
    [InlineData("policy/v1beta1", false)]
    public void An_empty_selector_selects_all_in_v1_and_none_before(string apiVersion, bool selects) =>
        Assert.Equal(selects, new PodBudget(DrainSample.Budget(selector: EmptySelector, apiVersion: apiVersion)).Selects(DrainSample.Pod()));

    [Fact]
    public void A_missing_selector_selects_none() => Assert.False(new PodBudget(DrainSample.Budget(selector: "null")).Selects(DrainSample.Pod()));

    [Theory]
    [InlineData("\"minAvailable\":3", 3, 3, 3, "wants 3 pods available (minAvailable 3), and there are to be 3")]
    [InlineData("\"minAvailable\":\"100%\"", 3, 3, 3, "minAvailable 100%")]
    [InlineData("\"minAvailable\":5", 3, 5, 3, "wants 5 pods available")]
    [InlineData("\"maxUnavailable\":0", 3, 3, 3, "its maxUnavailable 0 lets no pod go")]
    [InlineData("\"maxUnavailable\":\"0%\"", 3, 3, 3, "its maxUnavailable 0% lets no pod go")]
    public void A_budget_that_can_never_be_met_says_so_and_what_to_do(string spec, int healthy, int desired, int expected, string sentence)
    {
        var budget = new PodBudget(DrainSample.Budget(spec: spec, healthy: healthy, desired: desired, expected: expected));
        Assert.True(budget.CannotBeMet);
        var reason = BudgetReason.Of(budget)!;
        Assert.StartsWith("Budget web/web can never be met: ", reason, StringComparison.Ordinal);
        Assert.Contains(sentence, reason, StringComparison.Ordinal);
        Assert.Contains("-DisableEviction", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_never_allows_says_so_before_the_server_has_counted() =>
        Assert.True(new PodBudget(DrainSample.Budget(spec: "\"maxUnavailable\":0", healthy: 0, desired: 0, expected: 0, observed: 0)).CannotBeMet);

    [Theory]
    [InlineData(2, 2, 3, 1, "2 of 3 pods are healthy, and 2 must be. A pod may go when 1 more pod is ready", "")]
    [InlineData(1, 2, 4, 1, "A pod may go when 2 more pods are ready", "")]
    [InlineData(3, 2, 3, 1, "has just let a pod go", "")]
    [InlineData(0, 0, 0, 1, "counts no pods", "")]
    [InlineData(3, 2, 3, 0, "has not worked out its numbers yet", "")]
    [InlineData(0, 0, 0, 1, "cannot work out its numbers: found no controllers for pod", """{"type":"DisruptionAllowed","status":"False","reason":"SyncFailed","message":"found no controllers for pod"}""")]
    public void A_budget_that_allows_nothing_now_says_why(int healthy, int desired, int expected, int observed, string sentence, string conditions) =>
        Assert.Contains(sentence, BudgetReason.Of(new PodBudget(DrainSample.Budget(healthy: healthy, desired: desired, expected: expected, observed: observed, conditions: conditions))), StringComparison.Ordinal);

    [Fact]
    public void A_budget_that_allows_something_has_nothing_to_say() => Assert.Null(BudgetReason.Of(new PodBudget(DrainSample.Budget(allowed: 1))));

    [Theory]
    [InlineData("", 3, 2, true)]
    [InlineData("", 1, 2, false)]
    [InlineData(",\"unhealthyPodEvictionPolicy\":\"IfHealthyBudget\"", 1, 2, false)]
    [InlineData(",\"unhealthyPodEvictionPolicy\":\"AlwaysAllow\"", 1, 2, true)]
    public void A_pod_that_is_not_ready_goes_as_the_policy_says(string policy, int healthy, int desired, bool lets)
    {
        var budget = new PodBudget(DrainSample.Budget(spec: $"\"minAvailable\":2{policy}", healthy: healthy, desired: desired));
        Assert.Equal(lets, budget.LetsUnhealthy(DrainSample.Facts(change: DrainSample.NotReady)));
        Assert.False(budget.LetsUnhealthy(DrainSample.Facts()));
    }

    [Fact]
    public void A_pod_under_two_budgets_is_blocked_unless_it_is_deleted()
    {
        KubePodDisruptionBudget[] two = [DrainSample.Budget("one", allowed: 1), DrainSample.Budget("two", allowed: 1)];
        var pod = DrainSample.Judge(null, two).Judge(DrainSample.Facts()).Pod;
        Assert.Equal(DrainPodOutcome.Blocked, pod.Outcome);
        Assert.Equal(["one", "two"], pod.Budgets);
        Assert.Contains("selected by 2 budgets (one, two)", Assert.Single(pod.Reasons), StringComparison.Ordinal);
        pod = DrainSample.Judge(new DrainOptions { DisableEviction = true }, two).Judge(DrainSample.Facts()).Pod;
        Assert.Equal((DrainPodOutcome.Delete, 0), (pod.Outcome, pod.Reasons.Count));
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Succeeded")]
    public void A_pod_that_has_not_started_or_has_ended_asks_no_budget(string phase) =>
        Assert.Empty(DrainSample.Judge(null, DrainSample.Budget("one"), DrainSample.Budget("two")).Judge(DrainSample.Facts(change: pod => pod.InPhase(phase))).Budgets);

    [Fact]
    public void A_pod_whose_budget_allows_nothing_now_goes_and_says_what_it_must_wait_for()
    {
        var pod = DrainSample.Judge(null, DrainSample.Budget(healthy: 2)).Judge(DrainSample.Facts()).Pod;
        Assert.Equal(DrainPodOutcome.Evict, pod.Outcome);
        Assert.StartsWith("must wait for its budget: Budget web/web allows nothing now", Assert.Single(pod.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_whose_budget_can_never_be_met_blocks_its_node_in_one_sentence()
    {
        var plan = NodePlan.Of(DrainSample.Node(), [DrainSample.Judge(null, DrainSample.Budget(spec: "\"minAvailable\":3", desired: 3)).Judge(DrainSample.Facts())]);
        Assert.True(plan.IsBlocked);
        Assert.StartsWith("Pod web/a must wait for its budget: Budget web/web can never be met", Assert.Single(plan.Reasons), StringComparison.Ordinal);
        var disruption = Assert.Single(plan.Budgets);
        Assert.False(disruption.CanBeMet);
        Assert.Equal(["web/a"], disruption.Pods);
    }

    [Theory]
    [InlineData(1, 3, 2, 1)]
    [InlineData(3, 3, 2, 3)]
    [InlineData(4, 10, 8, 2)]
    [InlineData(4, 10, 2, 1)]
    public void Waves_are_as_many_as_the_tightest_budget_needs(int pods, int expected, int desired, int waves)
    {
        var judge = DrainSample.Judge(null, DrainSample.Budget(allowed: 1, desired: desired, expected: expected));
        var plan = NodePlan.Of(DrainSample.Node(), [.. Enumerable.Range(0, pods).Select(i => DrainSample.Facts($"p{i}")).Append(DrainSample.Facts("other", "db")).Select(judge.Judge)]);
        Assert.Equal(waves, plan.Waves);
        Assert.Equal(pods + 1, plan.Going);
    }

    [Fact]
    public void A_node_without_pods_that_go_has_no_wave() => Assert.Equal(0, NodePlan.Of(DrainSample.Node(), []).Waves);

    [Theory]
    [InlineData("1", 10, 1)]
    [InlineData("25%", 10, 2)]
    [InlineData("10%", 5, 1)]
    [InlineData("100%", 7, 7)]
    [InlineData("20", 7, 20)]
    public void A_share_of_nodes_is_a_number_or_a_percentage(string text, int nodes, int share) => Assert.Equal(share, IntOrPercent.Parse(text).Of(nodes));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("many")]
    public void Anything_else_is_no_share_of_nodes(string text) => Assert.Throws<MultiCluster.Faults.FaultException>(() => IntOrPercent.Parse(text));
}
