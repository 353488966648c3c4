using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Inventory;

/// <summary>
/// Lists of several kinds of one cluster, side by side; of what has a live cache, that in their place. Each object is shown to those who asked for its kind while its list arrives, and
/// kept by nobody here: what a cluster of 50,000 pods needs is what they keep of them. A kind that is forbidden, missing or broken is noted,
/// and the others are read.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="scope">Which namespaces.</param>
/// <param name="defaultNamespace">The namespace that is read where neither the cluster nor its namespaces may be listed.</param>
/// <param name="call">What the call brings along.</param>
internal sealed class ClusterInventory(ClusterConnection connection, InventoryScope scope, string defaultNamespace, CallContext call)
{
    private readonly Dictionary<(string Resource, string? FieldSelector), KindLooks> _kinds = [];
    private readonly Dictionary<string, UnseenKind> _unseen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _served = new(StringComparer.Ordinal);
    private readonly Lock _taking = new();
    private readonly LiveLists _lists = new(connection, call);
    private FaultException? _failure;

    /// <summary>What a fresh contact found, where <see cref="ReadAsync(bool, CancellationToken)"/> was to make one.</summary>
    public ClusterPreflight? Contact { get; private set; }

    /// <summary>False where namespace by namespace had to be read, and only some of them are known by name.</summary>
    public bool KnowsNamespaces { get; private set; } = true;

    /// <summary>What could not be read, in the order in which it was looked for.</summary>
    public IReadOnlyList<UnseenKind> Unseen
    {
        get
        {
            lock (_taking)
                return [.. _kinds.Keys.Select(static key => key.Resource).Distinct().Where(_unseen.ContainsKey).Select(resource => _unseen[resource])];
        }
    }

    /// <summary>Has every object of a kind shown to <paramref name="look"/>, never two at once. Kinds that belong to no namespace are left out where namespaces are named.</summary>
    public void Look(InventoryKind kind, Action<KubeObject> look)
    {
        var key = (kind.Resource, kind.FieldSelector);
        if (!_kinds.TryGetValue(key, out var looks))
            _kinds[key] = looks = new(kind.Resource, kind.FieldSelector);
        looks.Add(kind, look);
    }

    /// <summary>Whether the cluster serves a kind that was looked for.</summary>
    public bool IsServed(string resource)
    {
        lock (_taking)
            return _served.Contains(resource);
    }

    /// <summary>Whether all of a kind was read that was wanted: what is not there then is not there.</summary>
    public bool HasSeen(string resource)
    {
        lock (_taking)
            return !_unseen.ContainsKey(resource);
    }

    /// <summary>Whether anything of a kind was read, be it in some namespaces only.</summary>
    public bool HasSeenSome(string resource)
    {
        lock (_taking)
            return !_unseen.TryGetValue(resource, out var unseen) || unseen.Namespaces.Count > 0;
    }

    /// <summary>Reads the kinds.</summary>
    /// <param name="contacts">True to ask for the server's version, too, beside the lists.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FaultException">The cluster itself does not answer, or does not let the user in.</exception>
    public async Task ReadAsync(bool contacts, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var namespaces = new ReadableNamespaces(connection.Session.Objects, defaultNamespace, call, stop.Token);
        var reading = _kinds.Values.Select(looks => ReadAsync(looks, namespaces, stop));
        await Task.WhenAll(contacts ? reading.Append(ContactAsync(stop.Token)) : reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
            throw _failure;
    }

    private async Task ContactAsync(CancellationToken cancellationToken) =>
        Contact = await connection.TestAsync(call.Timeouts.Silence, cancellationToken).ConfigureAwait(false);

    private async Task ReadAsync(KindLooks looks, ReadableNamespaces namespaces, CancellationTokenSource stop)
    {
        try
        {
            await ReadKindAsync(looks, namespaces, stop.Token).ConfigureAwait(false);
        }
        catch (FaultException e) when (looks.Optional || !ClusterFaults.IsOfCluster(e.Fault))
        {
            Note(looks, e.Fault, []);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // The others would meet the same.
            Interlocked.CompareExchange(ref _failure, e as FaultException ?? new FaultException(UnforeseenFault.Of(e)), null);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadKindAsync(KindLooks looks, ReadableNamespaces namespaces, CancellationToken cancellationToken)
    {
        if (await FindAsync(looks, cancellationToken).ConfigureAwait(false) is not { } kind)
            return;
        lock (_taking)
            _served.Add(looks.Resource);
        if (!scope.IsCluster && !kind.Namespaced)
            return;
        if (kind.Namespaced && scope.Namespaces is { } named)
        {
            if (await ReadEachAsync(looks, kind, named, cancellationToken).ConfigureAwait(false) is (var read, { } forbidden))
                Note(looks, forbidden, read);
            return;
        }

        try
        {
            await ReadListAsync(looks, kind, null, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden && kind.Namespaced)
        {
            var (names, areAll) = await namespaces.GetAsync().ConfigureAwait(false);
            var (read, forbidden) = await ReadEachAsync(looks, kind, [.. names.Where(scope.Has)], cancellationToken).ConfigureAwait(false);
            KnowsNamespaces &= areAll;
            if (!areAll || forbidden is not null)
                Note(looks, e.Fault, read);
        }
    }

    /// <summary>The kind; null for an optional one that the cluster does not serve, for which discovery is not asked again each time.</summary>
    private async Task<ResourceKind?> FindAsync(KindLooks looks, CancellationToken cancellationToken)
    {
        var kinds = connection.Session.Kinds;
        if (!looks.Optional)
            return await kinds.ResolveAsync(looks.Resource, cancellationToken).ConfigureAwait(false);
        var served = await kinds.GetAllAsync(refresh: false, cancellationToken).ConfigureAwait(false);
        return KindName.FindServed(looks.Resource, served.Kinds);
    }

    /// <summary>Reads namespace by namespace: where that was possible, and why it was not in others.</summary>
    private async Task<(IReadOnlyList<string> Read, Fault? Forbidden)> ReadEachAsync(
        KindLooks looks, ResourceKind kind, IReadOnlyList<string> namespaces, CancellationToken cancellationToken)
    {
        var read = new List<string>();
        Fault? forbidden = null;
        foreach (var ns in namespaces)
        {
            try
            {
                await ReadListAsync(looks, kind, ns, cancellationToken).ConfigureAwait(false);
                read.Add(ns);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden)
            {
                forbidden ??= e.Fault;
            }
        }

        return (read, forbidden);
    }

    private async Task ReadListAsync(KindLooks looks, ResourceKind kind, string? ns, CancellationToken cancellationToken)
    {
        var query = new ListQuery { Namespace = ns, MetadataOnly = looks.MetadataOnly, FieldSelector = looks.FieldSelector };
        await foreach (var piece in _lists.ListAsync(kind, query, cancellationToken).ConfigureAwait(false))
        {
            lock (_taking)
            {
                foreach (var item in piece)
                {
                    if (ns is not null || scope.Has(item.Namespace))
                        looks.Show(item);
                }
            }
        }
    }

    private void Note(KindLooks looks, Fault fault, IReadOnlyList<string> read)
    {
        lock (_taking)
            _unseen[looks.Resource] = new(looks.Resource, fault, read) { IsOptional = looks.Optional };
    }

    /// <summary>Who looks at a kind.</summary>
    private sealed class KindLooks(string resource, string? fieldSelector)
    {
        private readonly List<Action<KubeObject>> _looks = [];

        public string Resource => resource;

        public string? FieldSelector => fieldSelector;

        public bool MetadataOnly { get; private set; } = true;

        public bool Optional { get; private set; } = true;

        public void Add(InventoryKind kind, Action<KubeObject> look)
        {
            MetadataOnly &= kind.MetadataOnly;
            Optional &= kind.Optional;
            _looks.Add(look);
        }

        public void Show(KubeObject item)
        {
            foreach (var look in _looks)
                look(item);
        }
    }
}
