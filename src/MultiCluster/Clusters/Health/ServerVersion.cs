using System.Globalization;

namespace MultiCluster.Clusters;

/// <summary>What a server's <c>gitVersion</c> tells.</summary>
internal static class ServerVersion
{
    /// <summary>The release: 33 of <c>v1.33.1-eks-1</c>; null where the text is no version, or of another major.</summary>
    public static int? MinorOf(string? version)
    {
        var parts = (version ?? "").TrimStart('v').Split('.');
        if (parts.Length < 2 || parts[0] != "1")
            return null;
        var digits = parts[1].AsSpan();
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor : null;
    }
}
