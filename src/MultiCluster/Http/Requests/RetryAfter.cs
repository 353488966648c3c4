using System.Net.Http.Headers;

namespace MultiCluster.Http;

/// <summary>Reads the <c>Retry-After</c> header: the one rule for lists, watches, logs and evictions.</summary>
internal static class RetryAfter
{
    /// <summary>The longest wait that is granted: who asks a server once a minute does it no harm, and a mistaken header must not end a drain.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>The wait that the server asks for, in seconds or as a date; null for none; never negative.</summary>
    public static TimeSpan? Of(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>How much of what the server asks for is waited.</summary>
    public static TimeSpan Granted(TimeSpan asked) => asked < Longest ? asked : Longest;
}
