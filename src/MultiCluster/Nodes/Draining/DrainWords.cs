using System.Globalization;

namespace MultiCluster.Nodes.Draining;

/// <summary>What came of a node's drain, in words and as its result.</summary>
internal static class DrainWords
{
    private const int Named = 5;

    /// <summary>The sentence about some pods; empty when there are none.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="what">What is said of them: <c>may not go</c>, or <c>left</c> for those that are.</param>
    public static string Of(IReadOnlyList<DrainedPod> pods, string what)
    {
        if (pods.Count == 0)
            return "";
        var verb = what != "left" ? what : pods.Count == 1 ? "is left" : "are left";
        var more = pods.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {pods.Count - Named} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{pods.Count} pod{(pods.Count == 1 ? "" : "s")} {verb}: {string.Join(", ", pods.Take(Named))}{more}.");
    }

    /// <summary>The result. A drain that ended before it had seen the node's pods has made none go: they are those of the plan.</summary>
    public static KubeDrainResult ResultOf(NodeDrainMachine machine, KubeDrainPlan plan, DrainOptions options, DateTimeOffset started, TimeProvider time) => new()
    {
        ClusterId = plan.ClusterId,
        ClusterName = plan.ClusterName,
        Cluster = plan.Subject.Source.Cluster,
        Node = plan.Node,
        State = machine.State,
        Evicted = Gone(machine, DrainPodOutcome.Evict),
        Deleted = Gone(machine, DrainPodOutcome.Delete),
        Skipped = machine.HasListed ? machine.Pods.Count(static pod => pod.Stage == PodStage.Stays) : plan.Staying,
        RemainingPods = machine.HasListed ? [.. machine.Remaining.Select(static pod => pod.ToString())] : plan.UntouchedPods,
        StartedAt = TimeZoneInfo.ConvertTime(started, time.LocalTimeZone).DateTime,
        Elapsed = time.GetUtcNow() - started,
        LeftCordoned = machine.IsCordoned,
        Reason = machine.Reason,
        Fault = machine.Fault,
        DryRun = options.DryRun,
    };

    private static int Gone(NodeDrainMachine machine, DrainPodOutcome outcome) =>
        machine.Pods.Count(pod => pod.Stage == PodStage.Gone && pod.Plan.Outcome == outcome);
}
