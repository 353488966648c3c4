using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;

namespace MultiCluster.Nodes.Draining;

/// <summary>
/// What owns a node's pods, and how many ready ones it had before any of them was asked to go: the drain may wait until it has as many
/// again. DaemonSets and Jobs are not waited for: the first do not leave, the others may end.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="call">What the call brings along.</param>
/// <param name="before">By uid how many ready pods owners had: what all nodes of the call know, since one's pods may be gone when another's are first seen.</param>
internal sealed class Replacements(ClusterConnection connection, CallContext call, ConcurrentDictionary<string, int> before)
{
    private const int AtOnce = 8;

    private readonly Dictionary<string, Owner> _owners = new(StringComparer.Ordinal);

    /// <summary>Takes note of what owns a pod, before it is asked to go.</summary>
    /// <exception cref="FaultException">The owner cannot be read.</exception>
    public async Task NoteAsync(PodFacts pod, CancellationToken cancellationToken)
    {
        if (pod.Controller is not { Kind: "ReplicaSet" or "StatefulSet" or "ReplicationController" } owner || _owners.ContainsKey(owner.Uid))
            return;
        var kind = NodeKinds.Of(owner.Kind);
        if (await GetAsync(kind, pod.Pod.Namespace!, owner.Name, cancellationToken).ConfigureAwait(false) is { } found && found.Uid == owner.Uid)
        {
            before.AddOrUpdate(owner.Uid, static (_, now) => now, static (_, known, now) => Math.Max(known, now), Ready(found));
            _owners[owner.Uid] = new(kind, pod.Pod.Namespace!, owner.Name, owner.Uid);
        }
    }

    /// <summary>Waits until every owner has as many ready pods as before, or as it wants now if that is less. One that is gone is not waited for.</summary>
    /// <exception cref="FaultException">An owner cannot be watched.</exception>
    public Task WaitAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _owners.Values,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (owner, stop) => await WaitAsync(owner, stop).ConfigureAwait(false));

    private static int Ready(KubeObject owner) => owner.StatusJson["readyReplicas"u8].AsInt32();

    private bool IsBack(Owner owner, KubeObject now) =>
        now.Uid != owner.Uid || Ready(now) >= Math.Min(before[owner.Uid], now.SpecJson["replicas"u8].Exists ? now.SpecJson["replicas"u8].AsInt32() : 1);

    private async Task WaitAsync(Owner owner, CancellationToken cancellationToken)
    {
        var now = await GetAsync(owner.Kind, owner.Namespace, owner.Name, cancellationToken).ConfigureAwait(false);
        if (now is null || IsBack(owner, now))
            return;
        using var back = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var isBack = false;
        try
        {
            var fault = await FollowedObjects.FollowAsync(
                connection,
                owner.Kind,
                new ListQuery { Namespace = owner.Namespace, Name = owner.Name },
                call,
                async output =>
                {
                    isBack |= output is WatchChange change && (change.Type == WatchEventType.Deleted || IsBack(owner, change.Object));
                    if (isBack)
                        await back.CancelAsync().ConfigureAwait(false);
                },
                back.Token).ConfigureAwait(false);
            throw new FaultException(fault);
        }
        catch (OperationCanceledException) when (isBack && !cancellationToken.IsCancellationRequested)
        {
            // That is what was waited for.
        }
    }

    private async Task<KubeObject?> GetAsync(ResourceKind kind, string ns, string name, CancellationToken cancellationToken)
    {
        using var use = connection.Use();
        try
        {
            return await connection.Session.Objects.GetAsync(kind, ns, name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
        {
            return null;
        }
    }

    private sealed record Owner(ResourceKind Kind, string Namespace, string Name, string Uid);
}
