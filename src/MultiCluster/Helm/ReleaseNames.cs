using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Objects;

namespace MultiCluster.Helm;

/// <summary>The names of releases, for completion.</summary>
internal static class ReleaseNames
{
    private const int Most = 2000;

    private static readonly ResourceKind Secrets = BuiltInKinds.All.First(static kind => kind.Kind == "Secret");

    /// <summary>The releases that Secrets of a namespace keep, or with null of all.</summary>
    /// <exception cref="Faults.FaultException">The cluster fails.</exception>
    public static Task<IReadOnlyList<string>> OfAsync(ClusterConnection connection, string? ns) =>
        connection.Names.Kept(("releases", ns), () => ReadAsync(connection, ns));

    private static async Task<IReadOnlyList<string>> ReadAsync(ClusterConnection connection, string? ns)
    {
        using var use = connection.Use();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var list = new ListQuery { Namespace = ns, LabelSelector = StoredRelease.Selector, MetadataOnly = true, First = Most };
        await foreach (var piece in connection.Session.Objects.ListAsync(Secrets, list, CallContext.Default, connection.Disconnected).ConfigureAwait(false))
            names.UnionWith(piece.Select(static item => StoredRelease.Of(item, isSecret: true)?.Name).OfType<string>());
        return [.. names];
    }
}
