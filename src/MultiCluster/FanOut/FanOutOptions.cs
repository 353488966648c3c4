namespace MultiCluster.FanOut;

/// <summary>How a call is spread over its clusters.</summary>
public sealed record FanOutOptions
{
    /// <summary>
    /// Clusters at once; 32, as PowerShell's <c>Invoke-Command</c>. In a stream (<see cref="FanOutOrder.ByTime"/>) every cluster takes part
    /// from the start, and this bounds how many get ready at once: connect and list.
    /// </summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>Bound on the whole call, or null. What arrived is kept, the rest are Timeout faults.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>In which order what the clusters bring leaves the call; null: as it arrives.</summary>
    internal FanOutOrder? Order { get; init; }

    /// <summary>What the report calls the command.</summary>
    internal string Command { get; init; } = "";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
