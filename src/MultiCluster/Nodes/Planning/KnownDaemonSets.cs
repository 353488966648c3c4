using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Nodes.Planning;

/// <summary>The DaemonSets of one cluster, by their uids: Kubernetes' own from one list, what else bears the name one by one.</summary>
internal sealed class KnownDaemonSets
{
    private readonly ConcurrentDictionary<string, bool> _there = new(StringComparer.Ordinal);
    private bool _isListed;

    /// <summary>Lists them. Who may not is asked for each of them when a pod names it.</summary>
    /// <exception cref="FaultException">They cannot be read.</exception>
    public static async Task<KnownDaemonSets> ReadAsync(ClusterConnection connection, CallContext call, CancellationToken cancellationToken)
    {
        var known = new KnownDaemonSets();
        try
        {
            await foreach (var piece in connection.Session.Objects.ListAsync(NodeKinds.DaemonSet, new ListQuery { MetadataOnly = true }, call, cancellationToken).ConfigureAwait(false))
            {
                foreach (var daemonSet in piece)
                    known._there.TryAdd(daemonSet.Uid ?? "", true);
            }

            known._isListed = true;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            call.Say?.Invoke("DaemonSets may not be listed: those of the pods are asked for one by one.");
        }

        return known;
    }

    /// <summary>True when there is one of that uid.</summary>
    public bool Has(string uid) => _there.ContainsKey(uid);

    /// <summary>True for a pod whose DaemonSet the list could not bring.</summary>
    public bool Misses(PodFacts pod) => pod.Controller is { IsDaemonSet: true } owner && !(_isListed && owner.IsBuiltIn) && !Has(owner.Uid);

    /// <summary>
    /// Looks for the DaemonSet of a pod, which may have come later, or be of another group. One that may not be looked for counts as there:
    /// its pods are left where they are, or block.
    /// </summary>
    /// <exception cref="FaultException">The server cannot be asked.</exception>
    public async Task LookUpAsync(PodFacts pod, ClusterConnection connection, CallContext call, CancellationToken cancellationToken)
    {
        if (pod.Controller is not { IsDaemonSet: true } owner || Has(owner.Uid))
            return;
        try
        {
            using var use = connection.Use();
            var kind = owner.IsBuiltIn ? NodeKinds.DaemonSet : await connection.Session.Kinds.ResolveAsync($"{owner.ApiVersion}/{owner.Kind}", cancellationToken).ConfigureAwait(false);
            var found = await connection.Session.Objects.GetAsync(kind, kind.Namespaced ? pod.Pod.Namespace : null, owner.Name, metadataOnly: true, call, cancellationToken).ConfigureAwait(false);
            _there.TryAdd(found.Uid ?? "", true);
        }
        catch (FaultException e) when (e.Fault.Phase is FaultPhase.NotFound or FaultPhase.KindNotFound)
        {
            // It is gone, which is what the filter wants to know.
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
        {
            _there.TryAdd(owner.Uid, true);
        }
    }
}
