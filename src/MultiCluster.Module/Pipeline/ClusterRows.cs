using System.Reflection;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Overview;

namespace MultiCluster.Module.Pipeline;

/// <summary>Which rows are clusters, and not objects of one: what the module writes once per cluster, and rows of nothing but the cluster's own columns.</summary>
internal static class ClusterRows
{
    /// <summary>What may lead to an object: a row with such a column is none of a cluster, even where the column is empty.</summary>
    private static readonly string[] Identifying = ["ApiVersion", "Kind", "Namespace", "Name", "Uid", "Pod", "Node", "metadata"];

    private static readonly Type[] Types = [typeof(KubeCluster), typeof(FanOutRow), typeof(ClusterPreflight), typeof(ClusterDiagnostic), typeof(ClusterEvent), typeof(KubeOverview)];

    /// <summary>The columns of these classes, and those that remoting and jobs add.</summary>
    private static readonly HashSet<string> Columns = new(
        Types.SelectMany(static type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Select(static property => property.Name)
            .Except(Identifying)
            .Concat(["PSComputerName", "PSShowComputerName", "RunspaceId", "PSSourceJobInstanceId"]),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is a cluster's row.</summary>
    public static bool IsCluster(RowColumns row) =>
        Types.Any(type => row.IsOf(type.Name)) && !Identifying.Any(name => name != nameof(ClusterEvent.Kind) && row.Has(name))
        || row.IsOf("KubeClient")
        || row.Names.All(Columns.Contains);
}
