using System.Net;
using System.Net.Sockets;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Says why a connection could not be made, or did not last.</summary>
internal static class ConnectFaults
{
    private const string Reach = "Check that the cluster runs and that this machine can reach it (network, VPN, firewall).";

    /// <summary>The fault of connecting to <paramref name="endpoint"/>, which is the proxy's when there is one.</summary>
    public static Fault Of(SocketException exception, DnsEndPoint endpoint, FixedProxy? proxy)
    {
        var viaProxy = proxy is not null && proxy.Address.Port == endpoint.Port
            && proxy.Address.IdnHost.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase);
        var who = viaProxy ? $"the proxy {endpoint.Host}:{endpoint.Port}" : $"{endpoint.Host}:{endpoint.Port}";
        var proxyAdvice = viaProxy ? $"Check {proxy!.Origin}, and that the proxy runs." : null;
        var fault = exception.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery or SocketError.TryAgain => Fault(
                FaultPhase.Dns,
                viaProxy ? $"the proxy's name {endpoint.Host} does not resolve" : $"the name {endpoint.Host} does not resolve",
                "Check the address in the kubeconfig, and the name service (VPN)."),
            SocketError.ConnectionRefused => Fault(
                FaultPhase.Connect,
                $"{who} refused the connection",
                "Check that the API server runs and listens on this port; a local cluster may be stopped."),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown => Fault(
                FaultPhase.Connect,
                $"{who} is unreachable from here ({Name(exception)})",
                Reach),
            SocketError.TimedOut => Fault(FaultPhase.Timeout, $"no connection to {who}", Reach),
            SocketError.TooManyOpenSockets => Fault(
                FaultPhase.Connect,
                "this process has no file descriptor left for a connection",
                "Raise the limit on open files (ulimit -n), or lower -ThrottleLimit."),
            _ => Fault(FaultPhase.Connect, $"no connection to {who} ({Name(exception)})", Reach),
        };
        return proxyAdvice is null ? fault with { Cause = exception } : fault with { Advice = proxyAdvice, Cause = exception };
    }

    /// <summary>The fault of a connection that ended too early.</summary>
    public static Fault Lost(Exception exception, bool answerBegun) => Fault(
        FaultPhase.Connect,
        answerBegun ? "the connection was reset in the middle of the answer" : "the server closed the connection without an answer",
        "Try again; if it stays, look for a proxy or load balancer that cuts connections.") with
    {
        Cause = exception,
        Reason = LostReason,
    };

    /// <summary>The fault of a proxy that did not let the connection through.</summary>
    public static Fault ProxyRefused(Exception? exception, FixedProxy? proxy, string detail) => Fault(
        FaultPhase.Connect,
        $"the proxy{(proxy is null ? "" : $" {proxy.Address.Authority}")} refused the connection ({detail})",
        $"Check {proxy?.Origin ?? "the proxy"}: its address, its credentials, and what it lets through.") with
    {
        Cause = exception,
    };

    /// <summary>The <see cref="Faults.Fault.Reason"/> of a connection that ended too early.</summary>
    public const string LostReason = "ConnectionLost";

    private static Fault Fault(FaultPhase phase, string detail, string advice) => new() { Phase = phase, Detail = detail, Advice = advice };

    private static string Name(SocketException exception) => exception.SocketErrorCode.ToString();
}
