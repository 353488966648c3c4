using System.Globalization;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Forwarding;

/// <summary>The ports of targets, for completion.</summary>
internal static class PortNames
{
    /// <summary>The TCP ports of a Service, of a pod, or of the pods of a workload, as <c>80 http</c>, or <c>80</c> where it has no name.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="target">The target, as the user writes it.</param>
    /// <param name="ns">Its namespace.</param>
    /// <exception cref="Faults.FaultException">It is not there, or the cluster fails.</exception>
    public static Task<IReadOnlyList<string>> OfAsync(ClusterConnection connection, string target, string ns) =>
        connection.Names.Kept(("ports of " + target, ns), () => ReadAsync(connection, target, ns));

    private static async Task<IReadOnlyList<string>> ReadAsync(ClusterConnection connection, string target, string ns)
    {
        using var use = connection.Use();
        var session = connection.Session;
        var at = target.LastIndexOf('/');
        var kind = at < 0 ? PodFinder.PodKind : await session.Kinds.ResolveAsync(target[..at], connection.Disconnected).ConfigureAwait(false);
        var found = await session.Objects.GetAsync(kind, ns, target[(at + 1)..], false, CallContext.Default, connection.Disconnected).ConfigureAwait(false);
        var ports = found is KubeService or KubePod ? TargetPorts.DeclaredBy(found) : TargetPorts.DeclaredIn(found.SpecJson["template"u8]["spec"u8]);
        return [.. ports.Where(static port => port.Protocol == "TCP").Select(static port => string.Create(CultureInfo.InvariantCulture, $"{port.Number} {port.Name}").TrimEnd())];
    }
}
