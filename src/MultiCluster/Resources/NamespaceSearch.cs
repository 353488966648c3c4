using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>Asks clusters that answer whether a namespace is there, no longer than somebody at a prompt wants to wait.</summary>
internal static class NamespaceSearch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly ResourceKind Namespaces = BuiltInKinds.All.First(static kind => kind.Kind == "Namespace");

    /// <summary>
    /// True when each cluster says that it has no namespace of that name. Not when one has it, is not known to answer, answers late, or does
    /// not tell this user: nobody knows then.
    /// </summary>
    public static async Task<bool> IsNowhereAsync(IReadOnlyList<KubeCluster> clusters, string ns, TimeProvider time, CancellationToken cancellationToken)
    {
        if (clusters.Count == 0 || clusters.Any(static cluster => cluster.State != ClusterState.Ready))
            return false;
        using var late = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var asked = clusters.Select(cluster => IsMissingAsync(cluster.Connection!, ns, stop.Token)).ToList();
        var missing = true;
        while (asked.Count > 0)
        {
            var answered = await Task.WhenAny(asked).ConfigureAwait(false);
            asked.Remove(answered);
            if (await answered.ConfigureAwait(false) || !missing)
                continue;
            missing = false;
            await stop.CancelAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return missing;
    }

    private static async Task<bool> IsMissingAsync(ClusterConnection connection, string ns, CancellationToken cancellationToken)
    {
        try
        {
            using var use = connection.Use();
            await connection.Session.Objects.GetAsync(Namespaces, null, ns, metadataOnly: true, CallContext.Default, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (FaultException e)
        {
            return e.Fault.Phase == FaultPhase.NotFound;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
