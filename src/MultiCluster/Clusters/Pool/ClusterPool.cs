using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>
/// A session's clusters: which contexts are known, which are selected, and the selected ones' connections. Nothing is selected by
/// itself, and <c>current-context</c> is never a fallback.
/// </summary>
public sealed class ClusterPool : IAsyncDisposable
{
    private readonly ClusterPoolOptions _options;
    private readonly KubeconfigLoader _kubeconfigs;
    private readonly PoolServices _services;
    private readonly Heartbeat _heartbeat;
    private readonly KubeconfigFollower _follower;
    private readonly Lock _gate = new();
    private IReadOnlyList<KubeCluster> _selected = [];
    private bool _disposed;

    /// <summary>A pool with nothing selected. Reads nothing yet.</summary>
    public ClusterPool(ClusterPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _kubeconfigs = new KubeconfigLoader(options.Time);
        ConfigurationFolder = options.ConfigurationFolder ?? PreferencesFolder.Default();
        Preferences = new PreferencesStore(ConfigurationFolder, options.Time);
        _services = PoolServices.Create(options, Reload, Raise);
        _heartbeat = new Heartbeat(options.HeartbeatInterval, options.Time);
        _follower = new KubeconfigFollower(this, options.Time);
    }

    /// <summary>Raised on any thread; a listener's exception is swallowed.</summary>
    public event Action<ClusterEvent>? Changed;

    /// <summary>What is remembered between sessions.</summary>
    internal PreferencesStore Preferences { get; }

    /// <summary>Folder of the preferences and of the kubeconfig that <c>Add-KubeCluster</c> writes.</summary>
    internal string ConfigurationFolder { get; }

    /// <summary>The module's own kubeconfig, for clusters added by hand.</summary>
    internal string OwnKubeconfig => Path.Combine(ConfigurationFolder, "added.kubeconfig");

    /// <summary>The session's namespaces.</summary>
    public SessionNamespaces Namespaces { get; } = new();

    /// <summary>What clusters are called where room is short.</summary>
    internal SessionShortNames ShortNames { get; } = new();

    /// <summary>What upper floors keep with the session.</summary>
    internal Attachments Attachments { get; } = new();

    /// <summary>The clock.</summary>
    internal TimeProvider Time => _options.Time;

    /// <summary>The ids that this session's contexts have.</summary>
    internal ClusterIds Ids => _kubeconfigs.Ids;

    /// <summary>The selected clusters, in the order of their selection.</summary>
    public IReadOnlyList<KubeCluster> Selected
    {
        get
        {
            lock (_gate)
                return _selected;
        }
    }

    /// <summary>Every context of every known kubeconfig, without a request.</summary>
    /// <param name="kubeconfig">Files or folders to look in, and nowhere else; none for the usual places.</param>
    public KnownClusters Known(params IReadOnlyList<string> kubeconfig)
    {
        ArgumentNullException.ThrowIfNull(kubeconfig);
        var preferences = ReadPreferences();
        return Listed(Load(kubeconfig, preferences.Preferences), kubeconfig, preferences);
    }

    /// <summary>The same, for one who may lose patience: with a folder that does not answer, or a file that takes long.</summary>
    public async Task<KnownClusters> KnownAsync(IReadOnlyList<string> kubeconfig, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kubeconfig);
        var preferences = ReadPreferences();
        return Listed(await LoadAsync(kubeconfig, preferences.Preferences, cancellationToken).ConfigureAwait(false), kubeconfig, preferences);
    }

    /// <summary>
    /// Replaces the selection, or adds to it, at once and without a request; clusters that stay selected keep their connection.
    /// Connect them with <see cref="ConnectAsync"/>.
    /// </summary>
    /// <exception cref="FaultException">The request names nothing: no name, no cluster, no selection is remembered, this is no pod.</exception>
    /// <exception cref="OperationCanceledException">The caller lost patience with the kubeconfigs; the selection is what it was.</exception>
    public async Task<SelectionResult> SelectAsync(SelectionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.IsEmpty)
            throw new FaultException(FaultPhase.Invalid, "no cluster to select was named", "Get-KubeCluster lists the known clusters. Select-KubeCluster -None deselects all.");
        var preferences = ReadPreferences();
        await ApplyAsync(preferences).ConfigureAwait(false);
        var known = Listed(await LoadAsync(request.Kubeconfig, preferences.Preferences, cancellationToken).ConfigureAwait(false), request.Kubeconfig, preferences);
        var last = request.Last ? await RememberedClusters.OfAsync(this, known, preferences, cancellationToken).ConfigureAwait(false) : [];
        request = request with { Clusters = [.. request.Clusters.Select(Own)] };
        var inCluster = request.InCluster ? InCluster(preferences) : null;
        SelectionResult Choose(IReadOnlyList<KubeCluster> selected) =>
            new SelectionRules(known).Choose(request, last, inCluster, request.Add ? selected : []);

        var choice = Choose(Selected);
        if (choice.Clusters.Count == 0)
            return choice with { Notices = known.Notices, Details = [.. known.PassedOver, .. choice.Details], Refusals = known.Clusters.Count == 0 ? known.Refusals : [.. choice.Refusals, .. known.Refusals] }; // what was selected stays: a typing error must not disconnect a session
        RaiseSelection(ClusterEventKind.SelectionChanging, "The selection is changing");
        List<KubeCluster> dropped;
        KubeCluster[] chosen;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            choice = Choose(_selected);
            chosen = [.. choice.Clusters.Select(Connected)];
            KubeCluster[] next = request.Add ? [.. _selected.Where(old => !chosen.Any(old.IsSameAs)), .. chosen] : chosen;
            dropped = [.. _selected.Where(old => next.All(cluster => cluster.Connection != old.Connection))];
            _selected = next;
            ShortNames.Select(next);
        }

        await DisposeAllAsync(dropped).ConfigureAwait(false);
        Settle();
        var result = choice with
        {
            Clusters = chosen,
            Notices = [.. known.Notices, .. await RememberAsync().ConfigureAwait(false)],
            Details = [.. known.PassedOver, .. choice.Details],
        };
        RaiseSelection(ClusterEventKind.SelectionChanged, Sentence(Selected.Count));
        return result;
    }

    /// <summary>Contacts the clusters, all at once. Ends early when a newer selection supersedes this one.</summary>
    public static async Task ConnectAsync(IReadOnlyList<KubeCluster> clusters, TimeSpan silence, Action<KubeCluster>? connected, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            clusters,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, clusters.Count), CancellationToken = cancellationToken },
            async (cluster, stop) =>
            {
                if (cluster.Connection is not { } connection || connection.Disconnected.IsCancellationRequested)
                    return;
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, connection.Disconnected);
                try
                {
                    await connection.TestAsync(silence, either.Token).ConfigureAwait(false);
                }
                catch (Exception) when (connection.Disconnected.IsCancellationRequested)
                {
                    return; // superseded by a newer selection
                }

                connected?.Invoke(cluster);
            }).ConfigureAwait(false);
    }

    /// <summary>Deselects clusters: their requests, streams and jobs end with "Cluster disconnected".</summary>
    public async Task DisconnectAsync(IReadOnlyCollection<KubeCluster> clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        if (!Selected.Any(cluster => clusters.Any(cluster.IsSameAs)))
            return;
        RaiseSelection(ClusterEventKind.SelectionChanging, "The selection is changing");
        KubeCluster[] dropped;
        lock (_gate)
        {
            dropped = [.. _selected.Where(cluster => clusters.Any(cluster.IsSameAs))];
            _selected = [.. _selected.Except(dropped)];
        }

        await DisposeAllAsync(dropped).ConfigureAwait(false);
        Settle();
        RaiseSelection(ClusterEventKind.SelectionChanged, Sentence(Selected.Count));
    }

    /// <summary>Takes changed preferences into the selected clusters, at once.</summary>
    internal Task ApplyPreferencesAsync() => ApplyAsync(Preferences.Load());

    /// <summary>A file that cannot be read says nothing of a cluster, least of all that it is not protected.</summary>
    private async Task ApplyAsync(LoadedPreferences loaded)
    {
        var selected = loaded.Notices.Count == 0 ? Selected : [];
        var renamed = false;
        foreach (var cluster in selected)
        {
            var preferences = loaded.Preferences.For(cluster.Origin.Identity);
            var name = KnownClusters.NameOf(cluster.Origin, preferences);
            var isTaken = selected.Any(other => other != cluster && other.ClusterName == name); // by a file that another session has written
            renamed |= !isTaken && cluster.ClusterName != name;
            await cluster.Connection!.ApplyAsync(preferences, isTaken ? cluster.ClusterName : name).ConfigureAwait(false);
        }

        lock (_gate)
        {
            if (renamed)
                ShortNames.Select(_selected);
        }
    }

    /// <summary>Deselects everything and releases what the pool holds.</summary>
    public async ValueTask DisposeAsync()
    {
        IReadOnlyList<KubeCluster> dropped;
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            dropped = _selected;
            _selected = [];
        }

        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        _follower.Dispose();
        await DisposeAllAsync(dropped).ConfigureAwait(false);
        _services.Dispose();
    }

    /// <summary>A connection outside the selection; the caller disposes it.</summary>
    internal ClusterConnection Connect(KubeCluster cluster) =>
        new(cluster.Identity, cluster.Origin, cluster.Preferences, _services);

    /// <param name="preferences">As they were read for this very question: reading them again would lose what a damaged file had to say.</param>
    internal KubeconfigSnapshot Load(IReadOnlyList<string> kubeconfig, Preferences preferences, CancellationToken cancellationToken = default) =>
        _kubeconfigs.Load(kubeconfig.Count > 0 ? _options.Search with { ExplicitPaths = kubeconfig } : UsualSearch(preferences, []), cancellationToken);

    /// <summary>The same, away from the caller's thread: opening a file of a network drive cannot be called off, only left behind.</summary>
    internal Task<KubeconfigSnapshot> LoadAsync(IReadOnlyList<string> kubeconfig, Preferences preferences, CancellationToken cancellationToken) =>
        Task.Run(() => Load(kubeconfig, preferences, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    /// <summary>The usual kubeconfigs, and those of everything selected, wherever they were found.</summary>
    internal KubeconfigSnapshot LoadSelected() => _kubeconfigs.Load(UsualSearch(Preferences.Load().Preferences, Selected.Select(cluster => cluster.Kubeconfig).Where(path => path.Length > 0).Distinct()));

    internal void Raise(ClusterEventKind kind, ClusterIdentity cluster, string text, Fault? fault) => Raise(new ClusterEvent
    {
        Kind = kind,
        Timestamp = _options.Time.GetLocalNow().DateTime,
        ClusterId = cluster.ClusterId,
        ClusterName = cluster.ClusterName,
        Message = $"{cluster.ClusterName}: {text}{(fault is null ? "" : $" ({fault.Detail})")}.",
        Fault = fault,
    });

    private void RaiseSelection(ClusterEventKind kind, string text) =>
        Raise(new ClusterEvent { Kind = kind, Timestamp = _options.Time.GetLocalNow().DateTime, Message = text + "." });

    private void Raise(ClusterEvent happened)
    {
        foreach (var listener in Changed?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action<ClusterEvent>)listener)(happened);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A listener's failure must not reach the cluster that raised the event.
            }
        }
    }

    private KubeconfigSearch UsualSearch(Preferences preferences, IEnumerable<string> more)
    {
        IEnumerable<string> own = File.Exists(OwnKubeconfig) ? [OwnKubeconfig] : [];
        return _options.Search with { ExtraPaths = [.. _options.Search.ExtraPaths, .. preferences.Search, .. own, .. more] };
    }

    private KnownClusters Listed(KubeconfigSnapshot snapshot, IReadOnlyList<string> kubeconfig, LoadedPreferences preferences) =>
        KnownClusters.Of(snapshot, preferences, Selected, kubeconfig.Count > 0 ? null : Ids);

    private LoadedPreferences ReadPreferences()
    {
        OwnerOnlyFile.RemoveLeftovers(OwnKubeconfig);
        return Preferences.Load();
    }

    /// <summary>A cluster with this session's id: an object of another session brings the id that it has there.</summary>
    private KubeCluster Own(KubeCluster cluster)
    {
        if (cluster.Kubeconfig.Length == 0)
            return cluster;
        List<KubeconfigContext> context = [cluster.Origin with { Identity = cluster.Origin.Identity with { ClusterId = cluster.Identity.PlainId } }];
        Ids.Assign(context);
        var id = context[0].Identity.ClusterId;
        return id == cluster.ClusterId ? cluster : new KubeCluster(context[0], cluster.Identity with { ClusterId = id }, cluster.Preferences);
    }

    private KubeCluster Connected(KubeCluster cluster)
    {
        if (_selected.FirstOrDefault(other => other.IsSameAs(cluster) && other.ClusterName == cluster.ClusterName) is { } same)
            return same;
        return new KubeCluster(cluster.Origin, cluster.Identity, cluster.Preferences) { Connection = Connect(cluster) };
    }

    /// <summary>Remembers the selection for <c>-Last</c>. What keeps it from being remembered is a notice, not a failure of the selection.</summary>
    private async Task<IReadOnlyList<string>> RememberAsync()
    {
        try
        {
            // Read when the file's turn has come: of two selections at once, the one that stands is remembered.
            await Preferences.UpdateAsync(preferences => Selected is { Count: > 0 } selected
                ? preferences with { LastSelection = [.. selected.Select(cluster => new SelectedCluster(cluster.ClusterId, cluster.Kubeconfig))] }
                : preferences).ConfigureAwait(false);
            return [];
        }
        catch (FaultException e)
        {
            return [$"The selection is not remembered: {e.Fault.Detail}."];
        }
    }

    private KubeCluster InCluster(LoadedPreferences preferences)
    {
        var context = TryInCluster()
            ?? throw new FaultException(FaultPhase.Kubeconfig, "this process does not run in a pod", "-InCluster needs KUBERNETES_SERVICE_HOST and a service account's token.");
        return KnownClusters.Make(context, preferences.Preferences);
    }

    internal KubeconfigContext? TryInCluster() => InClusterConfig.TryLoad(_options.Search.ReadVariable);

    private KubeconfigContext? Reload(ClusterIdentity identity) =>
        identity.KubeconfigPath.Length == 0
            ? TryInCluster()
            : LoadSelected().Contexts.FirstOrDefault(context => context.Identity.IsSameAs(identity));

    private void Settle()
    {
        _heartbeat.Follow(Selected);
        _follower.Follow();
    }

    private static async Task DisposeAllAsync(IEnumerable<KubeCluster> clusters)
    {
        foreach (var cluster in clusters)
        {
            if (cluster.Connection is not null)
                await cluster.Connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string Sentence(int selected) => selected switch
    {
        0 => "No cluster is selected",
        1 => "1 cluster is selected",
        _ => $"{selected} clusters are selected",
    };
}
