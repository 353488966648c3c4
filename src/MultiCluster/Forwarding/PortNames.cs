using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Forwarding;

/// <summary>The ports of a target, for completion: what is declared now, asked for anew each time.</summary>
internal static class PortNames
{
    /// <summary>The ports of a Service, of a pod, or of the pods of a workload, and what they are called.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="target">The target, as the user writes it.</param>
    /// <param name="ns">Its namespace.</param>
    /// <exception cref="Faults.FaultException">It is not there, or the cluster fails.</exception>
    public static async Task<IReadOnlyList<(int Number, string Name)>> OfAsync(ClusterConnection connection, string target, string ns)
    {
        using var link = connection.EnterWatch();
        var at = target.LastIndexOf('/');
        var kind = at < 0 ? PodFinder.PodKind : await connection.Session.Kinds.ResolveAsync(target[..at], connection.Disconnected).ConfigureAwait(false);
        var found = await link.Objects.GetAsync(kind, ns, target[(at + 1)..], false, CallContext.Default, connection.Disconnected).ConfigureAwait(false);
        IReadOnlyList<(int Number, string? Name, string Protocol)> ports = found is KubeService or KubePod
            ? TargetPorts.DeclaredBy(found)
            : TargetPorts.DeclaredIn(found.SpecJson["template"u8]["spec"u8]);
        return [.. ports.Where(static port => port.Protocol == "TCP").Select(port => (port.Number, port.Name is { } name ? $"{name}, of {target}" : $"of {target}"))];
    }
}
