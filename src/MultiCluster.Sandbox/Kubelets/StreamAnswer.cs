using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>The answers to a request for a stream before there is one.</summary>
internal static class StreamAnswer
{
    /// <summary>The subprotocol that is to be spoken; null when the request was refused for its own.</summary>
    /// <exception cref="StatusError">It asks for no WebSocket.</exception>
    public static string? Protocol(HttpContext context, IReadOnlyList<string> spoken)
    {
        if (StreamUpgrade.IsSpdy(context)) throw new StatusError(501, "NotImplemented", "SPDY is not simulated; WebSockets are, as kubectl asks for since 1.31 to run commands.");
        if (!StreamUpgrade.IsWanted(context)) throw StatusError.BadRequest("Upgrade request required");
        if (StreamUpgrade.Choose(context, spoken) is { } protocol) return protocol;
        // golang.org/x/net/websocket: a handshake that fails.
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return null;
    }

    /// <summary>True for a command without streams, which a kubelet refuses.</summary>
    public static async Task<bool> RefusesAsync(HttpContext context, string protocol, CommandOptions options)
    {
        if (options.HasStreams) return false;
        await RefuseAsync(context, protocol, "you must specify at least 1 of stdin, stdout, stderr", 400);
        return true;
    }

    /// <summary>What a kubelet says instead of upgrading, as the one who asked gets it.</summary>
    public static async Task RefuseAsync(HttpContext context, string protocol, string message, int status = 500)
    {
        if (protocol != StreamProtocols.V5)
        {
            await Answer.TextAsync(context, message, status);
            return;
        }
        // The API server has upgraded by then, and tells what went wrong as if a command had failed.
        using var socket = await StreamUpgrade.AcceptAsync(context, protocol);
        await RemoteCommand.RunAsync(
            socket, new CommandOptions(false, true, true, false), (_, _) => Task.FromResult(StreamStatus.Internal($"unable to upgrade connection: {message}")), CancellationToken.None);
    }
}
