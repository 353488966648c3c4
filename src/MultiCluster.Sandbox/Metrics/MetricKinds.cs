using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Metrics;

/// <summary>The kinds that metrics-server adds to a cluster.</summary>
internal static class MetricKinds
{
    public static ResourceKind Nodes { get; } = Of("NodeMetrics", "nodes", namespaced: false);

    public static ResourceKind Pods { get; } = Of("PodMetrics", "pods", namespaced: true);

    public static IReadOnlyList<ResourceKind> All { get; } = [Nodes, Pods];

    private static ResourceKind Of(string kind, string plural, bool namespaced) => new()
    {
        Group = "metrics.k8s.io",
        Versions = [new ServedVersion("v1beta1", [])],
        Kind = kind,
        Plural = plural,
        Singular = "", // it tells none
        Namespaced = namespaced,
        Verbs = ["get", "list"],
    };
}
