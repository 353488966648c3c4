using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Api.Watches;

/// <summary>What a watch has to say.</summary>
internal abstract record WatchOutput;

/// <summary>An object has changed.</summary>
/// <param name="Type">What became of it.</param>
/// <param name="Object">The object, for Deleted as it was last.</param>
/// <param name="Previous">The object as it was known before, or null.</param>
/// <param name="Initial">True for what was there when the watch began.</param>
internal sealed record WatchChange(WatchEventType Type, KubeObject Object, KubeObject? Previous, bool Initial) : WatchOutput;

/// <summary>Something has happened to the watch itself.</summary>
/// <param name="Type">What.</param>
internal sealed record WatchSignal(WatchNoticeType Type) : WatchOutput
{
    /// <summary>Objects, or differences.</summary>
    public int? Count { get; init; }

    /// <summary>How long it was broken.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Where a gap begins.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Where a gap ends.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Why.</summary>
    public Fault? Fault { get; init; }
}

/// <summary>A failure that somebody should know of: it does not pass by itself, or lasts. The watch goes on trying.</summary>
/// <param name="Fault">The fault.</param>
internal sealed record WatchTrouble(Fault Fault) : WatchOutput;
