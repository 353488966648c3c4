namespace MultiCluster.Http;

/// <summary>How much one cluster is asked.</summary>
/// <param name="RequestsPerSecond">Requests per second, on average.</param>
/// <param name="Burst">Requests that may go at once after a rest.</param>
/// <param name="Concurrent">Requests under way at once, streams and logs not counted.</param>
internal sealed record RequestLimits(double RequestsPerSecond, int Burst, int Concurrent)
{
    /// <summary>
    /// 50 requests/s, burst 100, 16 at once: ten times client-go's rate, whose 5/10 is its best-known complaint. Evictions have 200/s of their
    /// own: how many there are is bounded by the nodes that drain at once, and the server's budgets and priority levels.
    /// </summary>
    public static RequestLimits Default { get; } = new(50, 100, 16) { EvictionsPerSecond = 200, YieldsToServer = true };

    /// <summary>
    /// True when the rates hold only for servers that do not share out their time themselves: one that names a flow schema in its answers (API
    /// Priority and Fairness, since 1.20) makes its clients wait as it sees fit, and kubectl has no rate of its own then either.
    /// </summary>
    public bool YieldsToServer { get; init; }

    /// <summary>Evictions per second, and as many at once after a rest; null when they count with the other requests.</summary>
    public double? EvictionsPerSecond { get; init; }
}
