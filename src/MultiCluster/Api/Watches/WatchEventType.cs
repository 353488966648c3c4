namespace MultiCluster.Api.Watches;

/// <summary>What became of an object, judged by what was known of it before: a server's own word for it may be a repetition.</summary>
public enum WatchEventType
{
    /// <summary>It was not known before: it was created, or it has come to fit the selectors.</summary>
    Added,

    /// <summary>It has another version than before.</summary>
    Modified,

    /// <summary>It is gone, or fits the selectors no more.</summary>
    Deleted,
}
