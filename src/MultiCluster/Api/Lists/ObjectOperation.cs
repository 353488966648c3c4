using MultiCluster.Objects;

namespace MultiCluster.Api.Lists;

/// <summary>What a request for objects tries, to be read after "cannot": <c>list pods in namespace web</c>.</summary>
internal static class ObjectOperation
{
    /// <summary>Listing a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace, or null for all.</param>
    public static string List(ResourceKind kind, string? ns) => $"list {kind.Plural}{Where(kind, ns)}";

    /// <summary>Reading the objects of one name: one, or with all namespaces one of each.</summary>
    public static string Get(ResourceKind kind, string? ns, string name) => Of("get", kind, ns, name);

    /// <summary>Doing something with one object.</summary>
    public static string Of(string verb, ResourceKind kind, string? ns, string name) => $"{verb} {kind.Singular} {name}{Where(kind, ns)}";

    private static string Where(ResourceKind kind, string? ns) =>
        !kind.Namespaced ? "" : ns is null ? " in all namespaces" : $" in namespace {ns}";
}
