using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>
/// Reads the objects of a <see cref="ReferenceQuery"/>, each from its own cluster and in the order given. One that is not there, or has
/// another uid than it must have, is a fault; the others go on.
/// </summary>
internal sealed class ReferenceReader(ReferenceQuery query)
{
    /// <summary>Objects of one cluster that are asked for at once; the cluster's own limits hold besides.</summary>
    private const int AtOnce = 8;

    private readonly ILookup<string, ObjectReference> _references = query.References.Distinct().ToLookup(static one => one.ClusterId, StringComparer.Ordinal);

    /// <summary>How many objects of the call are still wanted.</summary>
    public FirstCount First { get; } = new(query.First);

    /// <summary>Writes one cluster's references with their kinds, as <see cref="ResolvedReference"/>s. Reads no object.</summary>
    public async Task ResolveAsync(ClusterConnection connection, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kinds = new ReferenceKinds(query, connection, sink);
        foreach (var reference in _references[connection.Identity.ClusterId])
        {
            if (await kinds.ResolveAsync(reference, cancellationToken).ConfigureAwait(false) is { } resolved)
                await sink.WriteAsync<ResolvedReference>([resolved], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes one cluster's objects.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task ReadAsync(ClusterConnection connection, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var kinds = new ReferenceKinds(query, connection, sink);
        var cached = query.Cached ? new CachedAnswers(connection, sink) : null;
        var crowded = new CrowdedPlaces(_references[connection.Identity.ClusterId], connection, call, query.MetadataOnly);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<(ObjectReference Reference, Task<KubeObject> Read)>();
        try
        {
            foreach (var reference in _references[connection.Identity.ClusterId])
            {
                while (ahead.Count > 0 && ahead.Count >= Math.Min(AtOnce, First.Left ?? AtOnce))
                    await HandOnAsync().ConfigureAwait(false);
                if (First.IsReached)
                    return;
                if (await kinds.ResolveAsync(reference, cancellationToken).ConfigureAwait(false) is { } resolved)
                    ahead.Enqueue((reference, ReadAsync(connection, resolved, cached, crowded, call, stop.Token)));
            }

            while (ahead.Count > 0 && !First.IsReached)
                await HandOnAsync().ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var (_, read) in ahead)
                await read.ContinueWith(static left => left.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }

        async Task HandOnAsync()
        {
            var (reference, read) = ahead.Dequeue();
            try
            {
                var found = await read.ConfigureAwait(false);
                if (First.Take(1) == 1)
                    await sink.WriteAsync<KubeObject>([found], cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                await sink.FaultAsync(e.Fault, reference, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<KubeObject> ReadAsync(
        ClusterConnection connection, ResolvedReference resolved, CachedAnswers? cached, CrowdedPlaces crowded, CallContext call, CancellationToken cancellationToken)
    {
        var reference = resolved.Reference;
        if (cached is null || await cached.OfAsync(resolved.Kind, resolved.Namespace, cancellationToken).ConfigureAwait(false) is not { } cache)
        {
            return Same(reference, resolved, await crowded.FindAsync(resolved, cancellationToken).ConfigureAwait(false) ?? await connection.Session.Objects.GetAsync(
                resolved.Kind, resolved.Namespace, reference.Name, query.MetadataOnly, call, cancellationToken).ConfigureAwait(false));
        }

        return Same(
            reference,
            resolved,
            cache.Find(resolved.Namespace, reference.Name) ?? throw new FaultException(MissingName.Fault(resolved.Kind, resolved.Namespace, reference.Name, selects: false)));
    }

    private static KubeObject Same(ObjectReference reference, ResolvedReference resolved, KubeObject found) =>
        reference.Uid is null || found.Uid == reference.Uid ? found : throw new FaultException(ReferenceFaults.Replaced(resolved));
}
