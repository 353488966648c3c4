using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Api.Watches;

/// <summary>The constants of a watch, and what a fault means for it.</summary>
internal static class WatchRules
{
    /// <summary>The server ends a watch after five to ten minutes, so that the watches of many clients do not come back all at once (client-go's reflector).</summary>
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromMinutes(5);

    /// <summary>How long a stream must have lasted for the next pause to be a short one again.</summary>
    public static readonly TimeSpan Health = TimeSpan.FromMinutes(2);

    /// <summary>A stream that ends sooner than this without having brought anything was not served at all.</summary>
    public static readonly TimeSpan ShortestService = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a watch that was allowed may be forbidden before it ends: an API server that has just started forbids everything until it
    /// knows the roles.
    /// </summary>
    public static readonly TimeSpan ForbiddenGrace = TimeSpan.FromMinutes(1);

    /// <summary>How often in a row a kind that was served must be missing before it counts as gone: an API server that has just started does not know its custom kinds.</summary>
    public const int MissingAttempts = 3;

    /// <summary>How often in a row a version may bring an error in place of events before the objects are listed again.</summary>
    public const int BadVersionAttempts = 3;

    /// <summary>How long a stream is to last.</summary>
    public static TimeSpan Duration(Func<double> random) => ShortestDuration * (1 + random());

    /// <summary>True when the server no longer has the version.</summary>
    public static bool IsExpired(Fault fault) => fault.HttpStatus == 410 || fault.Reason is "Expired" or "Gone";

    /// <summary>True when the server does not serve the kind: a path of a whole kind has no other way to be missing.</summary>
    public static bool IsMissing(Fault fault) => fault.HttpStatus == 404;

    /// <summary>The fault of a kind that can be listed, and not be watched; null where it can.</summary>
    public static Fault? Unwatchable(ResourceKind kind) => kind.Verbs.Count == 0 || kind.Verbs.Contains("watch") ? null : new()
    {
        Phase = FaultPhase.Invalid,
        Operation = $"watch {kind.Plural}",
        Detail = "the cluster does not let this kind be watched",
        Advice = "Read it with Get-KubeResource.",
    };

    /// <summary>True when asking again changes nothing.</summary>
    public static bool IsFinal(Fault fault) => !IsExpired(fault)
        && (IsMissing(fault) || fault.Reason == Fault.TooLarge || fault.Phase is FaultPhase.Forbidden or FaultPhase.Invalid or FaultPhase.Kubeconfig or FaultPhase.KindNotFound or FaultPhase.ClusterNotSelected);

    /// <summary>True when the next attempt may well succeed, so that nobody need hear of the first.</summary>
    public static bool IsPassing(Fault fault) => fault.Phase is FaultPhase.Connect or FaultPhase.Dns or FaultPhase.Timeout
        or FaultPhase.Throttled or FaultPhase.Server or FaultPhase.Decode;

    /// <summary>True when the server does not know streaming lists, or does not want to.</summary>
    public static bool RefusesStreamingList(Fault fault) => fault.HttpStatus is 400 or 405 or 406 or 415 or 422 or 501;
}
