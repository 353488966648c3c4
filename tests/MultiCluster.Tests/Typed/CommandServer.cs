using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using MultiCluster.Tests.Http;

namespace MultiCluster.Tests.Typed;

/// <summary>A server that speaks as a test wants it to, as the cluster of a typed session.</summary>
internal static partial class CommandServer
{
    /// <summary>The protocol of commands in pods.</summary>
    public const string Protocol = "v4.channel.k8s.io";

    /// <summary>A session whose only cluster the server is.</summary>
    public static Task<TypedSession> SessionAsync(WireServer server, string? authority = null, Func<string, string>? kubeconfig = null) =>
        TypedSession.StartAsync(kubeconfig: text => (kubeconfig ?? (static same => same))(Address().Replace(
            Authority().Replace(text, authority is null ? "" : $"    certificate-authority-data: {authority}\n"), $"server: {server.Url}")));

    /// <summary>A command that writes so many messages to its standard output, and succeeds.</summary>
    public static Func<WireExchange, Task> Writes(int messages, int size) => async exchange =>
    {
        using var socket = await exchange.UpgradeAsync(Protocol);
        var message = new byte[size + 1];
        message[0] = 1;
        for (var i = 0; i < messages; i++)
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, exchange.Stopped);
        await socket.SendAsync(Encoding.UTF8.GetBytes("\u0003{\"status\":\"Success\"}"), WebSocketMessageType.Binary, endOfMessage: true, exchange.Stopped);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, exchange.Stopped);
    };

    [GeneratedRegex("server: .*")]
    private static partial Regex Address();

    [GeneratedRegex(" *certificate-authority-data: .*\n")]
    private static partial Regex Authority();
}
