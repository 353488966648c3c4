using MultiCluster.Http;

namespace MultiCluster.Nodes.Draining;

/// <summary>How long to wait before a pod is asked again.</summary>
internal static class DrainRetry
{
    /// <summary>kubectl's pause.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>By how much it is stretched at most, so that many pods do not ask at the same moment.</summary>
    private const double Jitter = 0.2;

    /// <summary>The server's own word, as far as it is granted, else five seconds; and up to a fifth more.</summary>
    public static TimeSpan After(TimeSpan? retryAfter, Func<double> random) =>
        (retryAfter is { } asked && asked > TimeSpan.Zero ? RetryAfter.Granted(asked) : Pause) * (1 + (Jitter * random()));
}
