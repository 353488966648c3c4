using System.Globalization;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Says which bound was passed.</summary>
internal static class TimeoutFaults
{
    private const string Raise = "Check the cluster's load and the way to it, or raise -TimeoutSec.";

    /// <summary>The fault of a timer that has expired.</summary>
    /// <param name="timer">The attempt's timer.</param>
    /// <param name="server">Whom it waited for.</param>
    /// <param name="cause">What was thrown.</param>
    public static Fault Of(AttemptTimer timer, string server, Exception? cause)
    {
        var fault = timer.Expiry switch
        {
            Expiry.Deadline => Fault("the call's deadline passed", "Raise -DeadlineSec, or ask for less."),
            Expiry.Whole when timer.Waiting == Wait.Turn => Fault(
                $"no turn within {Seconds(timer.Whole)}: too many requests to this cluster are waiting",
                "Ask for less at once, or raise the cluster's limits with Set-KubeCluster -Qps."),
            Expiry.Whole => Fault($"the whole request took longer than {Seconds(timer.Whole)}", "Ask for less at once, or raise -TimeoutSec: a whole request may take ten times that."),
            _ => timer.Waiting switch
            {
                Wait.Connection => Fault(
                    $"no connection to {server} within {Seconds(timer.Limit)}",
                    "Check that this machine can reach the cluster (network, VPN, firewall)."),
                Wait.Body => Fault($"silent for {Seconds(timer.Limit)} in the middle of the answer", Raise),
                _ => Fault($"no answer within {Seconds(timer.Limit)}", Raise),
            },
        };
        return fault with { Cause = cause };
    }

    /// <summary>The handler's own bound on connecting was passed.</summary>
    public static Fault NoConnection(string server, Exception cause) =>
        Fault($"no connection to {server} in time", "Check that this machine can reach the cluster (network, VPN, firewall).") with { Cause = cause };

    /// <summary>The system's keep-alive probes went unanswered.</summary>
    public static Fault PeerVanished(Exception cause) =>
        Fault("the server no longer answers on this connection", "Check that this machine can still reach the cluster (network, VPN, firewall).") with { Cause = cause };

    private static string Seconds(TimeSpan span) => $"{span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s";

    private static Fault Fault(string detail, string advice) => new() { Phase = FaultPhase.Timeout, Detail = detail, Advice = advice };
}
