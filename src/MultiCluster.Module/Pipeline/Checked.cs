using System.Diagnostics.CodeAnalysis;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Pipeline;

/// <summary>Namespaces and selectors as users write them, checked before any cluster is asked.</summary>
internal static class Checked
{
    /// <exception cref="FaultException">A name cannot be a namespace's (Invalid).</exception>
    public static IReadOnlyList<string> Namespaces(IEnumerable<string> names) => [.. names.Select(static name => ResourceName.CheckNamespace(name))];

    /// <exception cref="FaultException">It is no label selector (Invalid).</exception>
    [return: NotNullIfNotNull(nameof(selector))]
    public static string? Labels(string? selector) => selector is null ? null : LabelSelector.Validate(selector);

    /// <exception cref="FaultException">It is no field selector (Invalid).</exception>
    [return: NotNullIfNotNull(nameof(selector))]
    public static string? Fields(string? selector) => selector is null ? null : FieldSelector.Validate(selector);
}
