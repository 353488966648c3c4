using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using MultiCluster.Tests.Http;

namespace MultiCluster.Tests.Support;

/// <summary>An identity provider on loopback: a discovery document, and fresh tokens for a refresh token, which it takes once only.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    private readonly TestCertificates _authority = new("idp-ca");
    private readonly WireServer _server;
    private int _given;

    public IdentityProvider()
    {
        _server = new WireServer(ServeAsync, _authority.Server());
        RefreshToken = "refresh-0";
        Discovery = () => JsonSerializer.Serialize(new { issuer = Issuer, token_endpoint = $"{_server.Url}/oauth/token?tenant=1", token_endpoint_auth_methods_supported = Methods });
    }

    public string Issuer => $"{_server.Url}/realms/it";

    public string AuthorityData => _authority.AuthorityData;

    public string AuthorityPem => _authority.Authority.ExportCertificatePem();

    /// <summary>What it takes for fresh tokens.</summary>
    public string RefreshToken { get; set; }

    /// <summary>True when each refresh token is worth something once.</summary>
    public bool Rotates { get; set; }

    /// <summary>The ways in which a client may say who it is.</summary>
    public string[]? Methods { get; set; }

    public Func<string> Discovery { get; set; }

    /// <summary>What it answers in place of tokens, for what was asked.</summary>
    public Func<WireExchange, Task>? InPlaceOfTokens { get; set; }

    /// <summary>The forms that came, with the Authorization header before each.</summary>
    public ConcurrentQueue<string> Forms { get; } = new();

    public ConcurrentQueue<string> Requests => _server.Requests;

    public string? LastIdToken { get; private set; }

    /// <summary>A token that ends at a time.</summary>
    public static string TokenOf(DateTimeOffset expiry, string name = "jane") =>
        $"{Part("""{"alg":"none"}""")}.{Part($$"""{"sub":"{{name}}","exp":{{expiry.ToUnixTimeSeconds()}}}""")}.c2lnbmF0dXJl";

    public ValueTask DisposeAsync()
    {
        _authority.Dispose();
        return _server.DisposeAsync();
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private async Task ServeAsync(WireExchange exchange)
    {
        if (exchange.Head.StartsWith("GET /realms/it/.well-known/openid-configuration ", StringComparison.Ordinal))
        {
            await exchange.AnswerAsync(200, Discovery());
            return;
        }

        var login = exchange.Head.Split("\r\n").FirstOrDefault(static line => line.StartsWith("Authorization: ", StringComparison.Ordinal)) is { } header ? $"{header[15..]} " : "";
        Forms.Enqueue(login + exchange.Body);
        if (InPlaceOfTokens is { } answer)
        {
            await answer(exchange);
        }
        else if (!exchange.Head.StartsWith("POST /oauth/token?tenant=1 ", StringComparison.Ordinal) || !exchange.Body.StartsWith($"grant_type=refresh_token&refresh_token={RefreshToken}", StringComparison.Ordinal))
        {
            await exchange.AnswerAsync(400, """{"error":"invalid_grant","error_description":"the refresh token is used up"}""");
        }
        else
        {
            var number = Interlocked.Increment(ref _given);
            if (Rotates)
                RefreshToken = $"refresh-{number}";
            LastIdToken = TokenOf(DateTimeOffset.UtcNow.AddHours(1), $"jane-{number}");
            await exchange.AnswerAsync(200, Rotates
                ? JsonSerializer.Serialize(new { access_token = "a", id_token = LastIdToken, refresh_token = RefreshToken })
                : JsonSerializer.Serialize(new { access_token = "a", id_token = LastIdToken }));
        }
    }
}
