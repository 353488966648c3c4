using MultiCluster.Faults;

namespace MultiCluster.Module.Pipeline;

/// <summary>Why something that is piped in leads nowhere.</summary>
internal static class RowFaults
{
    /// <summary>What a row needs.</summary>
    public const string Needed =
        "Pipe objects of Get-KubeResource, or rows with the columns ClusterId, Kind, Namespace, Name and, where they are known, ApiVersion and Uid; rows of ClusterId alone are clusters.";

    /// <summary>It names no cluster.</summary>
    public static Fault NoCluster(RowColumns columns) => Invalid(
        $"{Named(columns)} has no ClusterId, so that nobody knows in which cluster it is",
        columns.Has("FailedClusters") ? "Pipe the clusters of the report: (Get-KubeFanOut).FailedClusters." : Needed);

    /// <summary>It names its cluster, and no object of it.</summary>
    public static Fault NoName(RowColumns columns) => Invalid(
        $"{Named(columns)} names its cluster and not its object: it has no {(columns["Kind"] is null ? "Kind and no Name" : "Name")}",
        "Keep the columns ClusterId, Kind, Namespace, Name and Uid of what is piped in. Pipe Select-Object ClusterId to ask the whole cluster.");

    /// <summary>It leads to an object, where only clusters will do.</summary>
    public static Fault NoClusterItself { get; } = Invalid("what is piped in is an object, and no cluster", "Pipe clusters of Get-KubeCluster.");

    /// <summary>It leads to no namespace.</summary>
    public static Fault NoNamespaceItself { get; } = Invalid("what is piped in is no namespace of a cluster", "Pipe namespaces of Get-KubeNamespace, or give -Name.");

    /// <summary>It leads to an object, and is not the object.</summary>
    public static Fault NotWhole { get; } = Invalid("a row is not the whole object, and nothing is read here", "Read it first: pipe it into Get-KubeResource, and that into this command.");

    /// <summary>It is a release of Helm from a file, and not the release.</summary>
    public static Fault NotWholeRelease { get; } = Invalid("a row is not the whole release", "Read it first: pipe it into Get-KubeHelmRelease, and that into this command.");

    /// <summary>It is a kind of API, and no object.</summary>
    public static Fault IsKind(RowColumns columns) => Invalid(
        $"{columns["Kind"] ?? columns["Name"]} is a kind, and no object of it",
        "Give the kind by -Kind, and pipe Select-Object ClusterId for its cluster.");

    /// <summary>The command asks whole clusters.</summary>
    public static Fault ForClustersOnly(object row) => Invalid(
        $"{row} is an object, and this command asks whole clusters",
        "Pipe Select-Object ClusterId to ask the object's whole cluster.");

    /// <summary>A parameter says which objects are meant, and what is piped in says it, too.</summary>
    public static Fault SaidTwice(string parameter) => Invalid(
        $"-{parameter} says which objects are meant, and the object that is piped in is one already",
        $"Leave out -{parameter}, or pipe Select-Object ClusterId to ask the object's whole cluster.");

    /// <summary>Clusters are piped in, and nothing says what is asked of them.</summary>
    public static Fault NoKind { get; } = Invalid("nothing says which kind is meant", "Give -Kind, or pipe objects in, which lead to themselves.");

    /// <summary>Clusters and objects in one pipeline.</summary>
    public static Fault Mixed { get; } = Invalid("both clusters and objects are piped in", "Pipe them into commands of their own.");

    /// <summary>The object's cluster is none of those that are asked.</summary>
    public static Fault OfAnotherCluster(string cluster) => Invalid(
        $"{cluster} is none of the clusters that -Cluster and -ClusterId name",
        "What is piped in leads to its own cluster: leave out -Cluster and -ClusterId, or pipe less.");

    private static string Named(RowColumns columns) =>
        columns["Name"] is { } name ? $"the row of {name}" : columns["Kind"] is { } kind ? $"a row of the kind {kind}" : "a row";

    private static Fault Invalid(string detail, string advice) => new() { Phase = FaultPhase.Invalid, Detail = detail, Advice = advice };
}
