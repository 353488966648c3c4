namespace MultiCluster.Http;

/// <summary>How long one call may take.</summary>
internal sealed record RequestTimeouts
{
    /// <summary>How many times <see cref="Silence"/> a whole request may take.</summary>
    public const int WholePerSilence = 10;

    /// <summary>30 s of silence, 300 s for the whole request, no deadline.</summary>
    public static RequestTimeouts Default { get; } = new();

    /// <summary>How long the cluster may stay silent: to the first byte, and between bytes. Default 30 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the whole request may keep its caller waiting, retries included; ten times <see cref="Silence"/>. Time in which the
    /// caller does not read is not counted: a slow consumer is not the cluster's fault.
    /// </summary>
    public TimeSpan Whole => Silence == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : Silence * WholePerSilence;

    /// <summary>When the whole call ends, whatever has arrived; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
