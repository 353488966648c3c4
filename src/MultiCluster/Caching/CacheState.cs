namespace MultiCluster.Caching;

/// <summary>How current a live cache is.</summary>
public enum CacheState
{
    /// <summary>Its objects are being listed for the first time; nothing is read from it yet.</summary>
    Listing,

    /// <summary>It follows the server's changes.</summary>
    Live,

    /// <summary>Its watch is broken and tried again by itself: it holds what was known then.</summary>
    Stale,

    /// <summary>It has ended, and nothing is read from it any more.</summary>
    Ended,
}
