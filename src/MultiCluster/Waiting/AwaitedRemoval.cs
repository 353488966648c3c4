using System.Collections.Concurrent;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Waiting;

/// <summary>
/// Removes objects and waits until they are gone; a fan-out runs it for each cluster. Its objects are <see cref="KubeRemoval"/>s. One that is
/// still there in the end is a fault, too.
/// </summary>
/// <param name="query">Which, and how.</param>
/// <param name="limit">How long they have, from the moment on at which all are marked.</param>
/// <param name="time">The clock.</param>
internal sealed class AwaitedRemoval(RemoveQuery query, TimeSpan limit, TimeProvider time)
{
    private const string Advice = "-RemoveFinalizer takes finalizers away, without what they are there for; -WaitSec waits longer.";

    /// <summary>Removes the objects of a cluster.</summary>
    public async Task RemoveAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var going = new ConcurrentDictionary<WaitTarget, KubeRemoval>();
        try
        {
            await new ObjectRemover(query, removal => going[WaitTarget.Of(removal.Object)] = removal).RemoveAsync(connection, call, sink, cancellationToken).ConfigureAwait(false);
            if (!going.IsEmpty)
            {
                var wait = new ClusterWait(connection, defaultNamespace, call, sink) { Time = time };
                await wait.RunAsync([.. going.Keys], new DeletionRule(), limit, TakeAsync, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // What could not be waited for is going all the same.
            if (!cancellationToken.IsCancellationRequested)
                await sink.WriteAsync<KubeRemoval>([.. going.Values], cancellationToken).ConfigureAwait(false);
        }

        async ValueTask TakeAsync(WaitResult result)
        {
            var target = going.Keys.FirstOrDefault(one => one.Uid == result.Reference.Uid);
            if (target is null || !going.TryRemove(target, out var removal))
                return;
            if (result.Fault is not { } fault)
            {
                await sink.WriteAsync<KubeRemoval>([removal.Later(DeleteOutcome.Gone, [])], cancellationToken).ConfigureAwait(false);
                return;
            }

            var finalizers = result.Item?.MetadataJson["finalizers"u8].AsTexts();
            await sink.WriteAsync<KubeRemoval>([finalizers is null ? removal : removal.Later(removal.Outcome, finalizers)], cancellationToken).ConfigureAwait(false);
            await sink.FaultAsync(finalizers?.Count > 0 ? fault with { Advice = Advice } : fault, removal.Object, cancellationToken).ConfigureAwait(false);
        }
    }
}
