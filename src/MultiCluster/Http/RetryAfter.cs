using System.Net.Http.Headers;

namespace MultiCluster.Http;

/// <summary>Reads the <c>Retry-After</c> header.</summary>
internal static class RetryAfter
{
    /// <summary>The wait that the server asks for, in seconds or as a date; null for none; never negative.</summary>
    public static TimeSpan? Of(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
