using System.Management.Automation;
using MultiCluster.Logs;
using MultiCluster.Objects;

namespace MultiCluster.Module.Views;

/// <summary>
/// What the types file calls to read the properties that come first in a file of Export-Csv (build/ViewFiles). They are the class's own,
/// under the same names.
/// </summary>
public static class FirstColumns
{
    /// <summary>The cluster's name.</summary>
    public static string? ClusterName(PSObject instance) => instance?.BaseObject switch
    {
        KubeObject item => item.ClusterName,
        KubeLogLine line => line.ClusterName,
        var row => Read(row, nameof(ClusterName)),
    };

    /// <summary>The cluster's id.</summary>
    public static string? ClusterId(PSObject instance) => instance?.BaseObject switch
    {
        KubeObject item => item.ClusterId,
        KubeLogLine line => line.ClusterId,
        var row => Read(row, nameof(ClusterId)),
    };

    /// <summary>The namespace.</summary>
    public static string? Namespace(PSObject instance) => instance?.BaseObject switch
    {
        KubeObject item => item.Namespace,
        KubeLogLine line => line.Namespace,
        var row => Read(row, nameof(Namespace)),
    };

    /// <summary>The name.</summary>
    public static string? Name(PSObject instance) =>
        instance?.BaseObject is KubeObject item ? item.Name : Read(instance?.BaseObject, nameof(Name));

    private static string? Read(object? row, string property) => row?.GetType().GetProperty(property)?.GetValue(row) as string;
}
