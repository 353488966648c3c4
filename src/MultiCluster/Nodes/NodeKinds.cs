using MultiCluster.Api.Discovery;
using MultiCluster.Objects;

namespace MultiCluster.Nodes;

/// <summary>The kinds that a drain reads; every server has them.</summary>
internal static class NodeKinds
{
    public static ResourceKind Node => Of("Node");

    public static ResourceKind Pod => Of("Pod");

    public static ResourceKind DaemonSet => Of("DaemonSet");

    /// <summary>A built-in kind by its name.</summary>
    public static ResourceKind Of(string kind) => BuiltInKinds.All.First(known => known.Kind == kind);
}
