using MultiCluster.Nodes;

namespace MultiCluster.Tests.Nodes;

/// <summary>What is said of many pods that may not go: who drains a node reads it before anything else.</summary>
public sealed class PodReasonTests
{
    [Fact]
    public void Pods_of_one_reason_are_one_sentence_that_names_the_first() => Assert.Equal(
        ["27 pods have no controller (-Force): web/pod-0, web/pod-1, web/pod-2 and 24 more."],
        PodReason.Sentences(Enumerable.Range(0, 27).Select(static number => Pod($"pod-{number}", NoController))));

    [Fact]
    public void Few_pods_are_all_named() => Assert.Equal(
        ["4 pods have no controller (-Force): web/a, web/b, web/c, web/d."],
        PodReason.Sentences("abcd".Select(static name => Pod($"{name}", NoController))));

    [Fact]
    public void A_pod_by_itself_is_told_in_full() => Assert.Equal(["Pod web/a has no controller (-Force lets it go)."], PodReason.Sentences([Pod("a", NoController)]));

    [Fact]
    public void The_largest_group_comes_first_and_pods_with_two_reasons_are_a_group_of_their_own() => Assert.Equal(
        [
            "2 pods have no controller (-Force): web/b, web/c.",
            "Pod web/a has no controller (-Force lets it go); would lose the data of its emptyDir volume x (-DeleteEmptyDirData lets it go).",
        ],
        PodReason.Sentences([Pod("a", NoController, EmptyDir), Pod("b", NoController), Pod("c", NoController)]));

    [Fact]
    public void Pods_that_wait_for_one_budget_are_told_once_what_it_wants() => Assert.Equal(
        ["2 pods must wait for their budget web: web/a, web/b. Budget web/web can never be met."],
        PodReason.Sentences([Pod("a", Budget), Pod("b", Budget)]));

    private static PodReason NoController => new("has no controller (-Force lets it go)", "have no controller (-Force)");

    private static PodReason EmptyDir => new("would lose the data of its emptyDir volume x (-DeleteEmptyDirData lets it go)", "would lose the data of their emptyDir volumes (-DeleteEmptyDirData)");

    private static PodReason Budget => new("must wait for its budget: Budget web/web can never be met", "must wait for their budget web", "Budget web/web can never be met.");

    private static KubeDrainPod Pod(string name, params PodReason[] why) => new()
    {
        ClusterId = "c",
        ClusterName = "c",
        Node = "node-1",
        Namespace = "web",
        Name = name,
        Outcome = DrainPodOutcome.Blocked,
        Reasons = [.. why.Select(static reason => reason.One)],
        Why = why,
    };
}
