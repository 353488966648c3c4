using System.Buffers.Text;
using System.Text.Json;

namespace MultiCluster.Credentials.Oidc;

/// <summary>Reads when an id-token ends. Whether it is genuine is the API server's to say.</summary>
internal static class IdToken
{
    /// <summary>A token counts as expired this long before it is, as in client-go: clocks differ.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <summary>When it ends; null when the text is no JSON web token. One that does not say has ended, as in client-go.</summary>
    public static DateTimeOffset? ExpiryOf(string token)
    {
        try
        {
            if (token.Split('.') is not [_, var payload, _])
                return null;
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            if (claims.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            return LenientJson.MemberOf(claims.RootElement, "exp") is { ValueKind: JsonValueKind.Number } exp && exp.TryGetDouble(out var seconds)
                ? At(seconds)
                : DateTimeOffset.UnixEpoch;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>True when it may be sent at this time.</summary>
    public static bool IsValid(string? token, DateTimeOffset now) => token is not null && ExpiryOf(token) is { } expiry && now < expiry - Slack;

    private static DateTimeOffset At(double seconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Clamp(seconds, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
