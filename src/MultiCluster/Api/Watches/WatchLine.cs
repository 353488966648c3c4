using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Watches;

/// <summary>The types of events that servers send.</summary>
internal enum WatchLineType
{
    /// <summary>One that this version does not know; it is passed over.</summary>
    Other,

    Added,

    Modified,

    Deleted,

    /// <summary>Nothing has changed up to the object's resourceVersion.</summary>
    Bookmark,

    /// <summary>The object is a Status.</summary>
    Error,
}

/// <summary>One event as it was sent: its object's bytes, an array of their own, or a table's row with the object in it.</summary>
internal readonly record struct WatchLine(WatchLineType Type, byte[] Json, ItemIndex Index)
{
    private static ReadOnlySpan<byte> InitialEventsEnd => "k8s.io/initial-events-end"u8;

    /// <summary>The version up to which the watch has come with this event.</summary>
    public string? ResourceVersion => At(Index.ResourceVersion).AsString();

    /// <summary>True for the bookmark at which a streaming list is complete.</summary>
    public bool EndsInitialEvents => Type == WatchLineType.Bookmark && At(Index.Annotations)[InitialEventsEnd].Is("true"u8);

    private JsonSlice At(int position) => position == 0 ? default : new(Json, position);
}
