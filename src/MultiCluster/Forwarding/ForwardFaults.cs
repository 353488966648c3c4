using System.Net;
using System.Net.Sockets;
using System.Text;
using MultiCluster.Api.Channels;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Forwarding;

/// <summary>Why there is no forward, or why a connection through one failed.</summary>
internal static class ForwardFaults
{
    /// <summary>The system does not let us listen.</summary>
    public static Fault NotListening(IPEndPoint at, SocketException cause)
    {
        var (phase, detail, advice) = cause.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => (FaultPhase.Conflict, "the port is taken", "Write another local port, or none for a free one."),
            SocketError.AccessDenied => (FaultPhase.Invalid, "the system does not allow it", "Ports below 1024 need special rights on most systems: write another local port, or none for a free one."),
            _ => (FaultPhase.Invalid, $"the system refuses ({cause.SocketErrorCode})", "-Address takes localhost and IP addresses of this machine."),
        };
        return new Fault { Phase = phase, Operation = $"listen on port {at.Port} of {at.Address}", Detail = detail, Advice = advice, Cause = cause };
    }

    /// <summary>The port is taken by another forward of the session.</summary>
    public static Fault TakenBy(Fault taken, KubePortForward forward) => taken with
    {
        Detail = $"forward {forward.Id} has it ({forward})",
        Advice = $"Stop-KubePortForward {forward.Id} frees it. {taken.Advice}",
    };

    /// <summary>One local port cannot lead to several targets.</summary>
    public static FaultException FixedPort(ForwardPort port, string several) => new(
        FaultPhase.Invalid,
        $"the local port {port.Local} cannot lead to {several}",
        $"Write :{port.Remote} for a free local port each, or narrow with -Cluster and -Name.");

    /// <summary>There is no pod to go to.</summary>
    /// <param name="target">What was to be reached.</param>
    /// <param name="pods">Its pods, none of which runs.</param>
    public static Fault NoPod(string target, IReadOnlyCollection<KubePod> pods) => new()
    {
        Phase = FaultPhase.NotFound,
        Reason = NoPodReason,
        Operation = $"forward to {target}",
        Detail = pods.Count == 0 ? "it has no pods" : $"none of its {pods.Count} pods runs ({string.Join(", ", pods.Select(static pod => pod.State).Distinct().Take(4))})",
        Advice = "Wait for one (Wait-KubeResource -Condition Ready), or see why with Get-KubePod and Get-KubeEvent.",
    };

    /// <summary>The <see cref="Fault.Reason"/> of <see cref="NoPod"/>.</summary>
    public const string NoPodReason = "NoPod";

    /// <summary>A pod that does not run.</summary>
    public static Fault NotRunning(KubePod pod) => new()
    {
        Phase = FaultPhase.NotFound,
        Reason = NoPodReason,
        Operation = $"forward to pod {pod.Namespace}/{pod.Name}",
        Detail = pod.Phase is "Succeeded" or "Failed" ? $"the pod has ended ({pod.Phase})" : $"the pod does not run ({pod.State})",
        Advice = "Wait for it (Wait-KubeResource -Condition Ready), or see why with Get-KubePod and Get-KubeEvent.",
    };

    /// <summary>A pod that was named alone is gone for good, as far as anybody knows.</summary>
    public static Fault Gone(Fault notFound, string pod) => notFound with
    {
        Operation = $"forward to pod {pod}",
        Detail = "the pod is gone, and nothing makes another one of its name",
        Advice = "Forward to what makes it (deployment/name, svc/name), whose next pod is then found by itself. Stop-KubePortForward ends this one.",
    };

    /// <summary>What was named has no such port.</summary>
    public static FaultException NoSuchPort(string what, string port, IReadOnlyCollection<string> there) => new(new Fault
    {
        Phase = FaultPhase.NotFound,
        Operation = $"find port {port} of {what}",
        Detail = there.Count == 0 ? "it declares none" : $"there are: {string.Join(", ", there)}",
        Advice = "Write one of these, by number or name. A pod's port may be any number.",
    });

    /// <summary>A port of another protocol than TCP.</summary>
    public static FaultException NotTcp(string what, string port, string protocol) => new(
        FaultPhase.Invalid, $"port {port} of {what} is {protocol}, and only TCP can be forwarded", "Kubernetes forwards no other protocol.");

    /// <summary>What a node said on the channel of errors.</summary>
    public static Fault OfText(ReadOnlySpan<byte> text) => new()
    {
        Phase = FaultPhase.Connect,
        Detail = MessageText.OneLine(Encoding.UTF8.GetString(text)) is { Length: > 0 } said ? said : "the node said that it failed, and not why",
        Advice = "Check that something listens on this port in the pod, on 127.0.0.1 or all addresses.",
    };

    /// <summary>The fault of opening a connection, with what to do about it.</summary>
    public static Fault Advised(Fault fault, string ns) => fault switch
    {
        _ when ChannelFaults.IsUnknownProtocol(fault) => fault with
        {
            Phase = FaultPhase.Invalid,
            Detail = "the server forwards no ports over WebSockets",
            Advice = "Its nodes must know v4.channel.k8s.io, which all Kubernetes kubelets do: look for a gateway between here and the server, or for nodes of another kind (virtual kubelets).",
        },
        { HttpStatus: 403 } when fault.Detail.Contains("pods/portforward", StringComparison.Ordinal) => fault with
        {
            Advice = $"It needs the rights \"get\" and \"create\" on pods/portforward in namespace {ns} (the role edit has them).",
        },
        { Phase: FaultPhase.Server } => fault with { Advice = $"The API server asks the pod's node, which may be down. {fault.Advice}".TrimEnd() },
        _ => fault,
    };

    /// <summary>There is no forward of that number.</summary>
    public static Fault NoSuchForward(int id) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = $"this session has no forward {id}",
        Advice = "Get-KubePortForward lists them. One that was stopped is there no more.",
    };

    /// <summary>No forward has such a target.</summary>
    public static Fault NoForwardTo(string name) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = $"this session has no forward to {name}",
        Advice = "Get-KubePortForward lists them. One that was stopped is there no more.",
    };

    /// <summary>A row leads to no forward of this session.</summary>
    public static Fault NoForwardOf(string? id, string? cluster) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = id is null ? "the row is of no forward: it has no Id" : $"this session has no forward {id}{(cluster is null ? "" : $" of {cluster}")}",
        Advice = "Numbers begin anew in each session. Get-KubePortForward lists its forwards.",
    };
}
