using MultiCluster.Faults;

namespace MultiCluster.Api.Watches;

/// <summary>Where a watch stands.</summary>
internal enum WatchState
{
    /// <summary>The objects that there are come in for the first time.</summary>
    Listing,

    /// <summary>Changes come in.</summary>
    Watching,

    /// <summary>Something failed, and is tried again after a pause.</summary>
    BackingOff,

    /// <summary>The objects come in once more, to be compared with what is known.</summary>
    Relisting,

    /// <summary>Nothing is tried any more.</summary>
    Stopped,
}

/// <summary>What is to be done next for a watch.</summary>
internal abstract record WatchStep
{
    private WatchStep()
    {
    }

    /// <summary>List the objects, page by page.</summary>
    public sealed record List : WatchStep;

    /// <summary>Open a stream of events, or go on reading it.</summary>
    /// <param name="Version">The version from which on; null to have the objects that there are sent first.</param>
    /// <param name="Duration">When the server is to end it.</param>
    public sealed record Stream(string? Version, TimeSpan Duration) : WatchStep;

    /// <summary>Wait.</summary>
    public sealed record Pause(TimeSpan Delay) : WatchStep;

    /// <summary>Nothing more.</summary>
    /// <param name="Fault">Why.</param>
    /// <param name="Told">True when it has been told as a <see cref="WatchTrouble"/> already.</param>
    public sealed record End(Fault Fault, bool Told) : WatchStep;
}
