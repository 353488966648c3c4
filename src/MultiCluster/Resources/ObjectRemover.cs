using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Removes objects; a fan-out runs it for each cluster. Its objects are <see cref="KubeRemoval"/>s.</summary>
/// <param name="query">Which, and how.</param>
/// <param name="awaits">Takes what is going and not gone yet, in the place of the sink; null when nobody waits for it.</param>
internal sealed class ObjectRemover(RemoveQuery query, Action<KubeRemoval>? awaits = null)
{
    /// <summary>Objects of one cluster that are removed at once; the cluster's own limits hold besides.</summary>
    private const int AtOnce = 8;

    private readonly ILookup<string, KubeObject> _objects = query.Objects.ToLookup(static item => item.ClusterId, StringComparer.Ordinal);
    private readonly NamePattern[] _finalizers = [.. query.RemoveFinalizers.Select(static pattern => new NamePattern(pattern))];

    /// <summary>Removes the objects of a cluster. One that cannot be removed is a fault in <paramref name="sink"/>; the others go on.</summary>
    /// <exception cref="FaultException">The cluster cannot be reached, or refuses the login: the objects that are left stay.</exception>
    public Task RemoveAsync(ClusterConnection connection, CallContext call, FanOutSink sink, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _objects[connection.Identity.ClusterId],
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (item, stop) =>
        {
            try
            {
                var removal = await RemoveAsync(connection, item, call, stop).ConfigureAwait(false);
                if (awaits is not null && removal is { DryRun: false, Outcome: DeleteOutcome.Terminating })
                    awaits(removal);
                else
                    await sink.WriteAsync<KubeRemoval>([removal], stop).ConfigureAwait(false);
                if (removal is { DryRun: false, Finalizers: [var first, ..] })
                    await sink.NoticeAsync(NoticeLevel.Warning, Waits(removal, first), stop).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, item, stop).ConfigureAwait(false);
            }
        });

    private async Task<KubeRemoval> RemoveAsync(ClusterConnection connection, KubeObject item, CallContext call, CancellationToken cancellationToken)
    {
        using var use = connection.Use();
        var session = connection.Session;
        var delete = new DeleteQuery { Uid = item.Uid, Propagation = query.Propagation, GracePeriodSeconds = query.GracePeriodSeconds, DryRun = query.DryRun };
        var outcome = await session.Writer.DeleteAsync(item.Source.Kind, item.Namespace, item.Name, delete, call, cancellationToken).ConfigureAwait(false);
        if (outcome != DeleteOutcome.Terminating)
            return new(item, outcome, [], query.DryRun);

        // Only now is it known what it waits for: the deletion itself may have added a finalizer.
        try
        {
            var current = await session.Objects.GetAsync(item.Source.Kind, item.Namespace, item.Name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false);
            if (current.Uid != item.Uid)
                return new(item, DeleteOutcome.Gone, [], query.DryRun);
            var there = Finalizers(current);
            string[] taken = [.. there.Where(name => _finalizers.Any(pattern => pattern.IsMatch(name)))];
            if (taken.Length == 0)
                return new(item, outcome, there, query.DryRun);
            await session.Writer.RemoveFinalizersAsync(current, taken, query.DryRun, call, cancellationToken).ConfigureAwait(false);
            string[] left = [.. there.Except(taken, StringComparer.Ordinal)];
            var waitsForTime = current.MetadataJson["deletionGracePeriodSeconds"u8].AsInt32() > 0;
            return new(item, left.Length > 0 || waitsForTime ? DeleteOutcome.Terminating : DeleteOutcome.Gone, left, query.DryRun);
        }
        catch (FaultException e) when (WriteFaults.IsGone(e.Fault))
        {
            return new(item, DeleteOutcome.Gone, [], query.DryRun);
        }
    }

    private static TextList Finalizers(KubeObject item) => item.MetadataJson["finalizers"u8].AsTexts();

    private static string Waits(KubeRemoval removal, string first)
    {
        var others = removal.Finalizers.Count - 1;
        return $"{removal.Kind} {(removal.Namespace is null ? "" : $"{removal.Namespace}/")}{removal.Name} is going, and waits for its finalizer{(others == 0 ? "" : "s")} {first}"
            + $"{(others == 0 ? "" : $" and {others} more")}; -RemoveFinalizer takes them away without what they are there for";
    }
}
