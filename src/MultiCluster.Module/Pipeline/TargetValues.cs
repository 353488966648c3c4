using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>What a parameter that takes texts or objects was given, without PowerShell's wrapping.</summary>
internal static class TargetValues
{
    /// <summary>Texts and cluster objects as they are; of any other object its ClusterId, which leads to no other cluster.</summary>
    public static IReadOnlyList<object> Of(IEnumerable<object> given) => [.. given.Select(Of)];

    /// <summary>The object inside a PSObject; a custom object stays wrapped.</summary>
    public static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: { } inner and not PSCustomObject } ? inner : value;

    private static object Of(object given)
    {
        var value = Unwrap(given)!;
        return value switch
        {
            string or Clusters.KubeCluster => value,
            Clusters.ExactId => value,
            _ => RowColumns.Of(given) is { } columns && columns["ClusterId"] is { } id ? new Clusters.ExactId(id) : value,
        };
    }
}
