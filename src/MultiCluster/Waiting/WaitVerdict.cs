namespace MultiCluster.Waiting;

/// <summary>What a rule says of an object.</summary>
/// <param name="Met">True when it is as it was waited for.</param>
/// <param name="Message">What is missing, without a full stop; null when nothing is.</param>
/// <param name="IsFinal">True when it is not going to be so by itself.</param>
internal readonly record struct WaitVerdict(bool Met, string? Message, bool IsFinal)
{
    /// <summary>It is as it was waited for.</summary>
    public static WaitVerdict Fulfilled { get; } = new(true, null, false);

    /// <summary>Something is missing.</summary>
    public static WaitVerdict Lacks(string message) => new(false, message, false);

    /// <summary>Something is missing that does not come by itself.</summary>
    public static WaitVerdict Fails(string message) => new(false, message, true);
}
