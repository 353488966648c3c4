using System.Globalization;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Nodes.Planning;

/// <summary>What filters know beside the pod.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Selector">The pods that are meant; null for all.</param>
/// <param name="HasDaemonSet">True when a DaemonSet of that uid is there.</param>
/// <param name="Now">The time.</param>
internal sealed record PodFilterContext(DrainOptions Options, LabelMatch? Selector, Func<string, bool> HasDaemonSet, DateTimeOffset Now);

/// <summary>
/// kubectl's filters (<c>pkg/drain/filters.go</c>), in its order. Each looks at one thing. A pod that one of them leaves where it is, is
/// left whatever the later ones would say, and one that may not go may not go either way; but all that speak against it are heard.
/// </summary>
internal static class PodFilters
{
    private static readonly Func<PodFacts, PodFilterContext, PodVerdict>[] Chain = [Selected, Deleted, DaemonSet, Mirror, EmptyDir, Unmanaged];

    /// <summary>What all of them say: the outcome, with every reason.</summary>
    public static (PodAction Action, IReadOnlyList<PodReason> Reasons) Judge(PodFacts pod, PodFilterContext context)
    {
        var action = PodAction.Go;
        List<PodReason>? reasons = null;
        foreach (var filter in Chain)
        {
            var verdict = filter(pod, context);
            if (verdict.Action == PodAction.Skip && action == PodAction.Go)
                return (PodAction.Skip, [new(verdict.Reason!)]);
            if (verdict.Action == PodAction.Block)
                action = PodAction.Block;
            if (verdict.Reason is not null && verdict.Action != PodAction.Skip)
                (reasons ??= []).Add(new(verdict.Reason, verdict.Many));
        }

        return (action, reasons ?? (IReadOnlyList<PodReason>)[]);
    }

    /// <summary>-PodSelector.</summary>
    public static PodVerdict Selected(PodFacts pod, PodFilterContext context) =>
        context.Selector is null || context.Selector.Matches(pod.Pod.LabelsJson) ? PodVerdict.Go : new(PodAction.Skip, "does not match -PodSelector");

    /// <summary>-SkipWaitForDeleteTimeout.</summary>
    public static PodVerdict Deleted(PodFacts pod, PodFilterContext context)
    {
        if (context.Options.SkipWaitForDelete is not { } limit || limit <= TimeSpan.Zero || pod.Deletion is not { } ends || context.Now - ends <= limit)
            return PodVerdict.Go;
        return new(PodAction.Skip, string.Create(CultureInfo.InvariantCulture, $"should have ended {new KubeAge(context.Now - ends)} ago, and is not waited for (-SkipWaitForDeleteTimeout)"));
    }

    /// <summary>-IgnoreDaemonSet. A pod whose DaemonSet is gone does not come back, and goes with -Force.</summary>
    public static PodVerdict DaemonSet(PodFacts pod, PodFilterContext context)
    {
        if (pod.Controller is not { IsDaemonSet: true } owner || pod.IsFinished)
            return PodVerdict.Go;
        if (!context.HasDaemonSet(owner.Uid))
        {
            return context.Options.Force
                ? new(PodAction.Go, $"its DaemonSet {owner.Name} is gone: it does not come back", "do not come back, because their DaemonSets are gone")
                : new(PodAction.Block, $"had the DaemonSet {owner.Name}, which is gone (-Force lets it go)", "had DaemonSets that are gone (-Force)");
        }

        return context.Options.IgnoreDaemonSet
            ? new(PodAction.Skip, $"belongs to DaemonSet {owner.Name}, which would bring it back at once")
            : new(PodAction.Block, $"belongs to DaemonSet {owner.Name}, which would bring it back at once (-IgnoreDaemonSet leaves it there)", "belong to DaemonSets (-IgnoreDaemonSet)");
    }

    /// <summary>Static pods.</summary>
    public static PodVerdict Mirror(PodFacts pod, PodFilterContext context) =>
        pod.IsMirror ? new(PodAction.Skip, "is a static pod, which only the node itself can stop") : PodVerdict.Go;

    /// <summary>-DeleteEmptyDirData.</summary>
    public static PodVerdict EmptyDir(PodFacts pod, PodFilterContext context)
    {
        if (pod.IsFinished || pod.EmptyDirs is not { Count: > 0 } volumes)
            return PodVerdict.Go;
        var which = $"emptyDir volume{(volumes.Count == 1 ? "" : "s")} {string.Join(", ", volumes)}";
        return context.Options.DeleteEmptyDirData
            ? new(PodAction.Go, $"loses the data of its {which}", "lose the data of their emptyDir volumes")
            : new(PodAction.Block, $"would lose the data of its {which} (-DeleteEmptyDirData lets it go)", "would lose the data of their emptyDir volumes (-DeleteEmptyDirData)");
    }

    /// <summary>-Force.</summary>
    public static PodVerdict Unmanaged(PodFacts pod, PodFilterContext context)
    {
        if (pod.IsFinished || pod.Controller is not null)
            return PodVerdict.Go;
        return context.Options.Force
            ? new(PodAction.Go, "has no controller: it does not come back", "have no controller")
            : new(PodAction.Block, "has no controller (-Force lets it go)", "have no controller (-Force)");
    }
}
