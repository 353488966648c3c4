using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Helm;

/// <summary>
/// Reads releases of Helm 3; a fan-out runs it for each cluster. What is kept of all revisions is listed by its metadata alone; payloads are
/// read of the revisions that are wanted, and of those only as far as is wanted (docs/decisions/helm-releases.md).
/// </summary>
internal sealed class HelmReader : IDisposable
{
    /// <summary>Payloads of one cluster that are asked for at once; the cluster's own limits hold besides.</summary>
    private const int AtOnce = 8;

    /// <summary>Whole payloads of all clusters that are expanded at once.</summary>
    private const int WholeAtOnce = 4;

    private readonly HelmQuery _query;
    private readonly NameFilter _names;
    private readonly ILookup<string, ObjectReference> _releases;
    private readonly SemaphoreSlim _turns = new(WholeAtOnce);

    /// <exception cref="FaultException">A name can be none (Invalid).</exception>
    public HelmReader(HelmQuery query)
    {
        _query = query;
        _names = new NameFilter(query.Names);
        _releases = query.Releases.ToLookup(static one => one.ClusterId, StringComparer.Ordinal);
    }

    private bool IsWhole => _query.Values || _query.Manifest;

    /// <summary>Writes one cluster's releases, in the order of their namespaces and names. What fails of it is written as a fault; the rest goes on.</summary>
    /// <exception cref="FaultException">The cluster does not answer.</exception>
    public async Task ReadAsync(ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var search = new ReleaseSearch(connection, defaultNamespace, call, sink);
        IReadOnlyList<StoredRelease> found;
        if (_query.Releases.Count > 0)
        {
            var wanted = _releases[connection.Identity.ClusterId].Select(static one => (one.Namespace, one.Name)).ToHashSet();
            found = await search.FindAsync([.. wanted.Select(static one => one.Namespace ?? "").Where(static ns => ns.Length > 0).Distinct()], null, cancellationToken).ConfigureAwait(false);
            found = [.. found.Where(one => wanted.Contains((one.Item.Namespace, one.Name)))];
        }
        else
        {
            IReadOnlyList<string?> everywhere = [null];
            var namespaces = _query.AllNamespaces ? everywhere : _query.Namespaces.Count == 0 ? [defaultNamespace] : _query.Namespaces;
            found = await search.FindAsync(namespaces, _names is { NeedsList: false, Exact: [var only] } ? only : null, cancellationToken).ConfigureAwait(false);
            if (search.IsComplete)
                await TellMissingAsync(found, sink, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(connection, Wanted(found), call, sink, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>The latest revision of each release, or all of them in their order.</summary>
    private IEnumerable<StoredRelease> Wanted(IEnumerable<StoredRelease> found) => found
        .Where(one => _names.Matches(one.Name))
        .GroupBy(static one => (one.Item.Namespace, one.Name))
        .OrderBy(static release => release.Key.Namespace, StringComparer.Ordinal).ThenBy(static release => release.Key.Name, StringComparer.Ordinal)
        .SelectMany(release => _query.History ? release.OrderBy(static one => one.Revision) : (IEnumerable<StoredRelease>)[release.MaxBy(static one => one.Revision)!]);

    private async Task TellMissingAsync(IReadOnlyList<StoredRelease> found, FanOutSink sink, CancellationToken cancellationToken)
    {
        foreach (var name in _names.Exact.Where(name => found.All(one => one.Name != name)))
        {
            await sink.FaultAsync(
                new Fault
                {
                    Phase = FaultPhase.NotFound,
                    Reason = "NotFound",
                    Operation = $"get the Helm release {name}",
                    Detail = "NotFound (neither a Secret nor a ConfigMap keeps a release of that name)",
                    Advice = _query.AllNamespaces ? "Check the name." : "Check the name and the namespace; -AllNamespaces looks everywhere.",
                },
                name,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(ClusterConnection connection, IEnumerable<StoredRelease> wanted, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        if (_query.MetadataOnly)
        {
            await sink.WriteAsync<KubeHelmRelease>([.. wanted.Select(static one => new KubeHelmRelease(one, null))], cancellationToken).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<(StoredRelease Stored, Task<ReleaseContent?> Read)>();
        var told = false;
        try
        {
            foreach (var stored in wanted)
            {
                while (ahead.Count >= AtOnce)
                    await HandOnAsync().ConfigureAwait(false);
                ahead.Enqueue((stored, ReadAsync(connection, stored, call, stop.Token)));
            }

            while (ahead.Count > 0)
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
            var (stored, read) = ahead.Dequeue();
            ReleaseContent? content = null;
            try
            {
                content = await read.ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
            {
                // Helm has removed the revision meanwhile; what the labels said of it was so a moment ago.
            }
            catch (FaultException e) when (!ClusterFaults.IsOfCluster(e.Fault))
            {
                if (e.Fault.Phase != FaultPhase.Forbidden || !told)
                    await sink.FaultAsync(e.Fault, stored.Item, cancellationToken).ConfigureAwait(false);
                told |= e.Fault.Phase == FaultPhase.Forbidden; // of one the same is to be said as of all
            }

            await sink.WriteAsync<KubeHelmRelease>([new(stored, content)], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReleaseContent?> ReadAsync(ClusterConnection connection, StoredRelease stored, CallContext call, CancellationToken cancellationToken)
    {
        if (IsWhole)
            await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var kind = BuiltInKinds.All.First(one => one.Kind == (stored.IsSecret ? "Secret" : "ConfigMap"));
            var item = await connection.Session.Objects.GetAsync(kind, stored.Item.Namespace, stored.Item.Name, metadataOnly: false, call, cancellationToken).ConfigureAwait(false);
            return ReleasePayload.Read(item, _query.Values, _query.Manifest);
        }
        finally
        {
            if (IsWhole)
                _turns.Release();
        }
    }
}
