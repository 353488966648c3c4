using System.Runtime.CompilerServices;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Nodes.Draining;

/// <summary>The objects of one list, or the one of a name, read again and again; their changes are handed on as those of a watch are.</summary>
internal static class PolledObjects
{
    /// <summary>Between one answer and the next question; kubectl waits for one second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Reads until it is cancelled, or cannot go on; returns why.</summary>
    /// <inheritdoc cref="FollowedObjects.FollowAsync"/>
    public static async Task<Fault> FollowAsync(
        ClusterConnection connection, ResourceKind kind, ListQuery query, CallContext call, Func<WatchOutput, ValueTask> take, CancellationToken cancellationToken)
    {
        var known = new KnownObjects(keepsObjects: true);
        for (var isFirst = true; ; await Task.Delay(Pause, connection.Time, cancellationToken).ConfigureAwait(false))
        {
            var outputs = new List<WatchOutput>();
            try
            {
                using var use = connection.Use();
                known.BeginPass();
                await foreach (var piece in ReadAsync(connection, kind, query, call, cancellationToken).ConfigureAwait(false))
                {
                    foreach (var item in piece)
                        known.Listed(item, isFirst, outputs);
                }

                known.EndPass(isFirst, outputs);
                if (isFirst)
                    outputs.Add(new WatchSignal(WatchNoticeType.Connected) { Count = known.Count });
                isFirst = false;
            }
            catch (FaultException e) when (WatchRules.IsFinal(e.Fault))
            {
                return e.Fault;
            }
            catch (FaultException e)
            {
                if (!WatchRules.IsPassing(e.Fault))
                    outputs.Add(new WatchTrouble(e.Fault));
            }

            foreach (var output in outputs)
                await take(output).ConfigureAwait(false);
        }
    }

    /// <summary>With a name, a GET: who may not watch may not list either, as a rule.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<KubeObject>> ReadAsync(
        ClusterConnection connection, ResourceKind kind, ListQuery query, CallContext call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var objects = connection.Session.Objects;
        if (query.Name is { } name)
        {
            yield return await GetAsync(objects, kind, query.Namespace, name, call, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        await foreach (var piece in objects.ListAsync(kind, query, call, cancellationToken).ConfigureAwait(false))
            yield return piece;
    }

    private static async Task<IReadOnlyList<KubeObject>> GetAsync(ObjectLister objects, ResourceKind kind, string? ns, string name, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return [await objects.GetAsync(kind, ns, name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false)];
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
        {
            return [];
        }
    }
}
