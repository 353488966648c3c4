using System.Net.Http.Headers;

namespace MultiCluster.Credentials;

/// <summary>Tokens as headers.</summary>
internal static class BearerToken
{
    /// <summary>The header of <paramref name="token"/>, without surrounding white space; null when it is empty or holds what no header may carry.</summary>
    public static AuthenticationHeaderValue? ToHeader(string token)
    {
        var trimmed = token.Trim();
        return trimmed.Length > 0 && trimmed.All(static letter => letter is > ' ' and <= '~') ? new("Bearer", trimmed) : null;
    }
}
