namespace MultiCluster.Api.Watches;

/// <summary>How a <see cref="WatchMachine"/> works.</summary>
internal sealed record WatchMachineOptions
{
    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Numbers in [0, 1) for pauses and durations.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>True to have the server send the objects that there are as the beginning of the watch, where it is known to do so.</summary>
    public bool StreamsLists { get; init; }

    /// <summary>True when the kind has just come to be served: then even the first objects are changes.</summary>
    public bool KindAppeared { get; init; }

    /// <summary>False to remember versions only, for kinds whose former states nobody wants.</summary>
    public bool KeepsObjects { get; init; } = true;
}
