namespace MultiCluster.Api.Lists;

/// <summary>
/// How many items to ask for. The first page is small, so that objects come at once; later ones are large, since each page
/// costs the server a range read of its own, and bounded by bytes.
/// </summary>
internal static class PageSize
{
    /// <summary>Items of the first page; client-go's own chunk.</summary>
    public const int Small = 500;

    /// <summary>Items of a later page at the most; a quarter faster than pages of 500 on three servers with 5,000 pods each.</summary>
    public const int Most = 2000;

    /// <summary>Bytes that a later page may bring, by the size of the items seen so far.</summary>
    public const long Bytes = 32 * 1024 * 1024;

    /// <summary>The first page's limit.</summary>
    public static int ForFirst(int? wanted) => Math.Min(Small, wanted ?? Small);

    /// <summary>The next page's limit.</summary>
    /// <param name="items">Items seen so far.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="wanted">Items still wanted, or null for all.</param>
    public static int Next(long items, long bytes, int? wanted)
    {
        var size = items == 0 ? Most : Math.Clamp(Bytes * items / Math.Max(1, bytes), 50, Most);
        return (int)Math.Min(size, wanted ?? int.MaxValue);
    }
}
