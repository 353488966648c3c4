using System.Globalization;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Waiting;

/// <summary>Why an object did not become what was waited for.</summary>
internal static class WaitFaults
{
    public static Fault TimedOut(ResourceKind? kind, AwaitedObject awaited, WaitRule rule, TimeSpan limit) => new()
    {
        Phase = FaultPhase.Timeout,
        Reason = "WaitTimedOut",
        Detail = string.Create(CultureInfo.CurrentCulture, $"{NameOf(kind, awaited)} {rule.Unmet} within {limit.TotalSeconds:0.###} s: {awaited.Lacks ?? "its cluster has not told of it"}"),
        Advice = "Wait longer with -WaitSec, or look why with Get-KubeEvent.",
    };

    public static Fault Failed(ResourceKind kind, AwaitedObject awaited, WaitRule rule, string why) => new()
    {
        Phase = FaultPhase.Server,
        Reason = "WaitFailed",
        Detail = $"{NameOf(kind, awaited)} {rule.Unmet}: {why}",
        Advice = "It does not come by itself. Look why with Get-KubeEvent.",
    };

    public static Fault Deleted(ResourceKind kind, AwaitedObject awaited) => new()
    {
        Phase = FaultPhase.NotFound,
        Reason = "Deleted",
        Detail = $"{NameOf(kind, awaited)} was deleted while it was waited for",
        Advice = "Wait for its kind and name to wait for one that is made anew.",
    };

    public static Fault Missing(ResourceKind kind, AwaitedObject awaited) => new()
    {
        Phase = FaultPhase.NotFound,
        Reason = "NotFound",
        Detail = $"{NameOf(kind, awaited)} is not there any more",
        Advice = "Wait for its kind and name to wait for one that is made anew.",
    };

    public static Fault Replaced(ResourceKind kind, AwaitedObject awaited) => WriteFaults.Replaced(kind, $"{awaited}") with
    {
        Advice = "Wait for its kind and name if the new one is meant.",
    };

    public static Fault NothingFits(ResourceKind kind, string? ns, string? selectors) => new()
    {
        Phase = FaultPhase.NotFound,
        Reason = "NotFound",
        Detail = $"there are no {kind.Plural} to wait for{(ns is null ? "" : $" in namespace {ns}")}{(selectors is null ? "" : $" that fit {selectors}")}",
        Advice = "What is not there yet can be waited for by its exact name.",
    };

    private static string NameOf(ResourceKind? kind, AwaitedObject awaited) => $"{(kind is null ? awaited.Target.Kind : kind.Singular is { Length: > 0 } one ? one : kind.Kind)} {awaited}";
}
