using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Makes a WebSocket of a request: with GET, as the standard has it, or with POST, which Kubernetes takes too.</summary>
internal static class StreamUpgrade
{
    /// <summary>True for a request that asks for a WebSocket.</summary>
    public static bool IsWanted(HttpContext context) =>
        context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers["Sec-WebSocket-Key"].Count == 1
        && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    /// <summary>True for a request that asks for SPDY, as kubectl did before 1.31.</summary>
    public static bool IsSpdy(HttpContext context) => context.Request.Headers.Upgrade.ToString().StartsWith("SPDY/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first protocol that the client names and the server speaks; null when there is none.</summary>
    public static string? Choose(HttpContext context, IReadOnlyList<string> spoken) =>
        context.Request.Headers["Sec-WebSocket-Protocol"].SelectMany(header => (header ?? "").Split(',', StringSplitOptions.TrimEntries)).FirstOrDefault(spoken.Contains);

    /// <summary>Answers 101.</summary>
    public static async Task<WebSocket> AcceptAsync(HttpContext context, string protocol)
    {
        var response = context.Response;
        response.Headers.Upgrade = "websocket";
        response.Headers.Connection = "Upgrade";
        response.Headers["Sec-WebSocket-Accept"] = Accept(context.Request.Headers["Sec-WebSocket-Key"].ToString());
        response.Headers["Sec-WebSocket-Protocol"] = protocol;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        if (context.Features.Get<StreamFeature>()?.Wrap is { } wrap) stream = wrap(stream);
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol, KeepAliveInterval = TimeSpan.Zero });
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 says so.")]
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes($"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
