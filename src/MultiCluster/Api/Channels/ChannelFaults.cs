using System.Net.WebSockets;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Api.Channels;

/// <summary>Why there is no WebSocket, or none any more.</summary>
internal static class ChannelFaults
{
    private const string Between = "Look for a proxy or load balancer between here and the server that lets no WebSockets through, or ends them early.";

    /// <summary>The answer is a success, and no WebSocket.</summary>
    public static Fault NotUpgraded(int status) => new()
    {
        Phase = FaultPhase.Decode,
        HttpStatus = status,
        Detail = $"answered with status {status} in the place of a WebSocket",
        Advice = Between,
    };

    /// <summary>What was agreed on is not what was offered.</summary>
    public static Fault Handshake(string what) => new() { Phase = FaultPhase.Decode, HttpStatus = 101, Detail = what, Advice = Between };

    /// <summary>
    /// Whether a server knows none of the protocols that were offered. It says so before anything is begun: with 403 and nothing else, as Go's
    /// <c>golang.org/x/net/websocket</c> does, where who may not do it gets a Status; others name the protocols.
    /// </summary>
    public static bool IsUnknownProtocol(Fault fault) =>
        (fault.HttpStatus == 403 && string.IsNullOrWhiteSpace(fault.Answer))
        || (fault.HttpStatus is 400 or 403 && fault.Answer is { } text && (text.Contains("protocol(s) are not supported", StringComparison.Ordinal) || text.Contains("negotiate protocol", StringComparison.Ordinal)));

    /// <summary>What became of a WebSocket that threw: the fault of its connection, or a loss.</summary>
    public static FaultException Lost(Exception exception) => exception switch
    {
        FaultException fault => fault,
        { InnerException: FaultException fault } => fault,
        WebSocketException { WebSocketErrorCode: WebSocketError.Faulted or WebSocketError.HeaderError or WebSocketError.InvalidMessageType } => new(DecodeFaults.Malformed("what arrived on the WebSocket makes no sense", exception)),
        _ => new(ConnectFaults.Lost(exception, answerBegun: true)),
    };
}
