namespace MultiCluster.Api.Watches;

/// <summary>
/// What may be told from two resourceVersions of one object. They are opaque, and equal ones are the same version; where both are whole
/// numbers, as everywhere in practice (etcd's revisions), the smaller one is older.
/// </summary>
internal static class WatchVersion
{
    /// <summary>True when <paramref name="one"/> is known to be older than <paramref name="other"/>.</summary>
    public static bool IsOlder(string? one, string? other) =>
        IsNumber(one) && IsNumber(other)
        && (one!.Length != other!.Length ? one.Length < other.Length : string.CompareOrdinal(one, other) < 0);

    private static bool IsNumber(string? text) => !string.IsNullOrEmpty(text) && text[0] != '0' && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
