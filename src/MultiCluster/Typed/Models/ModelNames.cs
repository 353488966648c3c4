using k8s.Models;

namespace MultiCluster.Typed.Models;

/// <summary>What a model is called.</summary>
internal static class ModelNames
{
    /// <summary>Its name and namespace.</summary>
    public static (string? Name, string? Namespace) Of(object model) =>
        model is IMetadata<V1ObjectMeta> { Metadata: { } metadata } ? (metadata.Name, metadata.NamespaceProperty) : default;
}
