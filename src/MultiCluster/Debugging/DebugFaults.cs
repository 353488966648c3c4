using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Debugging;

/// <summary>Why a container to debug with could not be made, did not start, or its pod could not be removed.</summary>
internal static class DebugFaults
{
    private const string TooOld = "ephemeral containers need Kubernetes 1.23";

    /// <summary>The first version that has ephemeral containers switched on; before, the subresource takes another object, or is missing.</summary>
    private static Version ServedFrom => new(1, 23);

    /// <summary>What a debugged pod is called where faults tell what was tried.</summary>
    public static string OperationOf(string ns, string pod) => $"debug {ns}/{pod}";

    /// <summary>That a cluster is too old, by the version that it told; null when it is not, or has not told one.</summary>
    public static Fault? OfVersion(string? version)
    {
        var parts = version?.TrimStart('v').Split('.', 3);
        return parts is { Length: >= 2 } && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor) && new Version(major, minor) < ServedFrom
            ? new Fault { Phase = FaultPhase.KindNotFound, Detail = $"{TooOld}; this cluster has {version}", Advice = "Run a command in a container that is there with Invoke-KubeCommand, or debug its node with Debug-KubeNode." }
            : null;
    }

    /// <summary>A refused patch with what to do about it.</summary>
    public static Fault OfPatch(Fault fault, string ns, KubePod pod) => fault switch
    {
        { Phase: FaultPhase.KindNotFound } => fault with
        {
            Detail = $"{TooOld}, and not to be switched off there: {fault.Detail}",
            Advice = "Run a command in a container that is there with Invoke-KubeCommand, or debug its node with Debug-KubeNode.",
        },
        { HttpStatus: 403 } when IsPodSecurity(fault) => fault with { Advice = $"The namespace {ns} enforces Pod Security. Without -Target nothing is asked for that the level baseline forbids." },
        { HttpStatus: 403 } => fault with { Advice = $"It needs the right \"patch\" on pods/ephemeralcontainers in namespace {ns}." },
        _ when Api.Writes.WriteFaults.IsGone(fault) && fault.HttpStatus != 404 => Api.Writes.WriteFaults.Replaced(pod.Source.Kind, pod.Name),
        _ => fault,
    };

    /// <summary>A refused creation of a node's pod with what to do about it.</summary>
    public static Fault OfCreation(Fault fault, string ns) => fault switch
    {
        { HttpStatus: 403 } when IsPodSecurity(fault) => fault with { Advice = $"The namespace {ns} enforces Pod Security: name one with -Namespace that allows privileged pods, as kube-system does in most clusters." },
        { HttpStatus: 403 } => fault with { Advice = $"It needs the rights \"create\" and \"delete\" on pods in namespace {ns}, and \"create\" on pods/exec to run a command." },
        _ => fault,
    };

    /// <summary>A container that the pod has already bears the name.</summary>
    public static Fault NameTaken(KubePod pod, string name) => new()
    {
        Phase = FaultPhase.Conflict,
        Detail = $"it has a container '{name}' already; there are: {NamesOf(pod)}",
        Advice = "Give another -ContainerName, or leave it out. An ephemeral container cannot be removed, nor started again.",
    };

    /// <summary>The container whose processes are to be seen is not there.</summary>
    public static Fault NoTarget(KubePod pod, string target) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = $"it has no container '{target}'; there are: {string.Join(", ", TargetsOf(pod))}",
        Advice = "Check -Target.",
    };

    /// <summary>Containers whose processes an ephemeral one can see.</summary>
    public static IEnumerable<string> TargetsOf(KubePod pod) =>
        PodContainer.Of(pod).Where(static one => one.Kind != ContainerKind.Ephemeral).Select(static one => one.Name);

    /// <summary>A pod in which nothing starts any more, or not yet.</summary>
    public static Fault? NotAble(KubePod pod) => pod switch
    {
        { Phase: "Succeeded" or "Failed" } => Unable($"the pod has ended ({pod.Phase})"),
        { IsDeleted: true } => Unable("the pod is being deleted"),
        { Node: null or "" } => Unable("the pod has no node yet"),
        _ => null,
    };

    /// <summary>It did not start.</summary>
    /// <param name="container">The container.</param>
    /// <param name="why">Why, in the kubelet's words.</param>
    /// <param name="stays">Whether it goes on trying.</param>
    public static Fault NotStarted(string container, string why, bool stays) => new()
    {
        Phase = FaultPhase.Server,
        Reason = "NotStarted",
        Detail = $"container {container} does not start: {MessageText.OneLine(why)}",
        Advice = stays
            ? "Check -Image and whether the node may pull it. The container stays in the pod, and starts should that become possible; another one can be added beside it."
            : "Check -Image, and whether the node may pull it.",
    };

    /// <summary>It did not start in time.</summary>
    public static Fault TooLate(string container, TimeSpan limit, string? lacks) => new()
    {
        Phase = FaultPhase.Timeout,
        Detail = $"container {container} did not start within {limit.TotalSeconds:0.###} s{(lacks is null ? "" : $": {MessageText.OneLine(lacks)}")}",
        Advice = "Wait longer with -TimeoutSec, or look why with Get-KubeEvent.",
    };

    /// <summary>Nobody can say whether it has started.</summary>
    public static Fault NotWatched(string container, string ns) => new()
    {
        Phase = FaultPhase.Server,
        Detail = $"whether container {container} has started is not known, since its pod cannot be watched",
        Advice = $"It needs the rights \"list\" and \"watch\" on pods in namespace {ns}.",
    };

    /// <summary>A container that ended before anything could be done in it.</summary>
    public static Fault EndedAtOnce(string container, string said) => new()
    {
        Phase = FaultPhase.Server,
        Reason = "NotStarted",
        Detail = $"container {container} ended at once{(said.Length == 0 ? "" : $" ({MessageText.OneLine(said)})")}",
        Advice = "What its image runs must stay: give an -Image whose program is a shell.",
    };

    /// <summary>A terminal is for one container.</summary>
    public static FaultException TooMany(string what, string found) =>
        new(FaultPhase.Invalid, $"-Interactive is for one {what}, and {found} are meant", $"Name one {what}, and its cluster with -Cluster.");

    /// <summary>A pod that was made on a node is still there.</summary>
    public static Fault NotRemoved(Fault fault, ClusterIdentity cluster, string ns, string pod) => fault with
    {
        Cluster = cluster,
        Operation = $"remove the debugging pod {ns}/{pod}",
        Advice = $"It has the host's namespaces and files: remove it with Remove-KubeResource pod {pod} -Namespace {ns} -Cluster '{cluster.ClusterName}'. {fault.Advice}".TrimEnd(),
    };

    private static bool IsPodSecurity(Fault fault) => fault.Detail.Contains("PodSecurity", StringComparison.Ordinal);

    private static Fault Unable(string why) => new() { Phase = FaultPhase.Invalid, Detail = why, Advice = "An ephemeral container starts in a pod that is on a node and runs." };

    private static string NamesOf(KubePod pod) => string.Join(", ", PodContainer.Of(pod).Select(static one => one.Name));
}
