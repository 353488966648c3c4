using System.Net.Sockets;
using System.Security.Authentication;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Turns what the network threw into a <see cref="Fault"/>.</summary>
internal sealed class FaultClassifier(ServerEndpoint endpoint, FixedProxy? proxy)
{
    private readonly string _server = proxy is null ? endpoint.Authority : $"{endpoint.Authority} through the proxy {proxy.Address.Authority}";

    /// <summary>The fault of an exception. Not for a caller's own cancellation.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="timer">The attempt's bounds.</param>
    /// <param name="answerBegun">True when the headers of the answer had arrived.</param>
    public Fault Of(Exception exception, AttemptTimer timer, bool answerBegun)
    {
        if (timer.Expiry != Expiry.None)
            return TimeoutFaults.Of(timer, _server, exception);
        var chain = Chain(exception);
        if (chain.OfType<FaultException>().FirstOrDefault() is { } known)
            return known.Fault;
        if (exception is OperationCanceledException && chain.OfType<TimeoutException>().Any())
            return TimeoutFaults.NoConnection(_server, exception);
        if (chain.OfType<InvalidDataException>().FirstOrDefault() is { } badGzip)
            return DecodeFaults.Malformed($"the compressed answer is damaged ({MessageText.OneLine(badGzip.Message, 200)})", exception);

        var error = chain.OfType<HttpIOException>().FirstOrDefault()?.HttpRequestError
            ?? chain.OfType<HttpRequestException>().FirstOrDefault()?.HttpRequestError
            ?? HttpRequestError.Unknown;
        if (error == HttpRequestError.SecureConnectionError || chain.OfType<AuthenticationException>().Any() || HandshakeFaults.IsCertificateAlert(chain))
            return HandshakeFaults.Of(chain, endpoint);
        if (error == HttpRequestError.ProxyTunnelError)
            return ConnectFaults.ProxyRefused(exception, proxy, MessageText.OneLine(InnerMost(chain).Message, 200));
        if (error == HttpRequestError.ResponseEnded)
            return answerBegun ? DecodeFaults.EndedEarly(exception) : ConnectFaults.Lost(exception, false);
        if (error is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError)
            return DecodeFaults.NotHttp(endpoint, exception);
        if (chain.OfType<SocketException>().FirstOrDefault() is { } socket)
            return OfSocket(socket, exception, answerBegun);
        return ConnectFaults.Lost(exception, answerBegun);
    }

    private Fault OfSocket(SocketException socket, Exception exception, bool answerBegun) => socket.SocketErrorCode switch
    {
        SocketError.TimedOut => TimeoutFaults.PeerVanished(exception),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.OperationAborted =>
            ConnectFaults.Lost(exception, answerBegun),
        _ => ConnectFaults.Of(socket, new(endpoint.Uri.IdnHost, endpoint.Uri.Port), null),
    };

    private static List<Exception> Chain(Exception exception)
    {
        var chain = new List<Exception>();
        for (var e = exception; e is not null && chain.Count < 16; e = e.InnerException)
            chain.Add(e);
        return chain;
    }

    private static Exception InnerMost(List<Exception> chain) => chain[^1];
}
