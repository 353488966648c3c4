using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Caching;

/// <summary>Begins live caches on every cluster, and waits until they answer.</summary>
/// <param name="kinds">Kinds, in any form that <c>kubectl get</c> takes.</param>
/// <param name="namespaces">Namespaces, a cache for each; none for one of all.</param>
internal sealed class CacheStart(IReadOnlyList<string> kinds, IReadOnlyList<string> namespaces)
{
    /// <summary>Writes a <see cref="KubeCache"/> for each that answers. One that cannot is a fault, and is not kept.</summary>
    public async Task RunAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        foreach (var text in kinds)
        {
            try
            {
                var kind = await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
                if (WatchRules.Unwatchable(kind) is { } refusal)
                    throw new FaultException(refusal);
                await Task.WhenAll(PlacesOf(kind).Select(ns => StartAsync(connection, kind, ns, call, sink, cancellationToken))).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase is FaultPhase.KindNotFound or FaultPhase.Invalid)
            {
                await sink.FaultAsync(e.Fault, text, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task StartAsync(ClusterConnection connection, ResourceKind kind, string? ns, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var caches = ClusterCaches.Of(connection);

        // What it says later, it says to nobody: the call has ended by then.
        var cache = caches.Start(kind, ns, new CallContext { Timeouts = call.Timeouts }, out var begun);
        try
        {
            await cache.Listed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e)
        {
            await sink.FaultAsync(Explained(e.Fault, kind, ns), kind.Resource, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (begun && !cache.Listed.IsCompletedSuccessfully)
                caches.Stop(cache);
        }

        if (cache.Listed.IsCompletedSuccessfully)
            await sink.WriteAsync<KubeCache>([new KubeCache(cache)], cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<string?> PlacesOf(ResourceKind kind) => kind.Namespaced && namespaces.Count > 0 ? (IEnumerable<string?>)namespaces : [null];

    private static Fault Explained(Fault fault, ResourceKind kind, string? ns) => fault.Phase != FaultPhase.Forbidden || ns is not null || !kind.Namespaced
        ? fault
        : fault with { Advice = $"-Namespace makes a cache of the namespaces that you may read. {fault.Advice}".TrimEnd() };
}
