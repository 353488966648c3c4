using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Changes.Wanted;

/// <summary>Which workloads have their replicas set by an autoscaler: read once for each cluster and namespace of a call.</summary>
internal sealed class Autoscalers
{
    private readonly ConcurrentDictionary<(string ClusterId, string? Namespace), Lazy<Task<Dictionary<(string Kind, string Name), string>>>> _found = new();

    /// <summary>The name of the autoscaler of a workload; null when there is none, or when nobody may see it.</summary>
    public async Task<string?> FindAsync(ClusterConnection connection, KubeObject workload, CallContext call, CancellationToken cancellationToken)
    {
        var found = _found.GetOrAdd((connection.Identity.ClusterId, workload.Namespace), _ => new(() => ReadAsync(connection, workload.Namespace, call, cancellationToken)));
        return (await found.Value.ConfigureAwait(false)).GetValueOrDefault((workload.Kind, workload.Name));
    }

    private static async Task<Dictionary<(string, string), string>> ReadAsync(ClusterConnection connection, string? ns, CallContext call, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string, string), string>();
        try
        {
            var kind = await connection.Session.Kinds.ResolveAsync("HorizontalPodAutoscaler.autoscaling", cancellationToken).ConfigureAwait(false);
            await foreach (var piece in connection.Session.Objects.ListAsync(kind, new ListQuery { Namespace = ns }, call, cancellationToken).ConfigureAwait(false))
            {
                foreach (var item in piece)
                {
                    var target = item.SpecJson["scaleTargetRef"u8];
                    found[(target["kind"u8].AsString() ?? "", target["name"u8].AsString() ?? "")] = item.Name;
                }
            }
        }
        catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
        {
            call.Say?.Invoke($"whether an autoscaler sets replicas is not known: {e.Fault.Detail}");
        }

        return found;
    }
}
