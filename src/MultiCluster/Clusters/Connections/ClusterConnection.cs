using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>One selected cluster: its client, credential, health and counters. Nothing in it is shared with another cluster.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private readonly PoolServices _services;
    private readonly CancellationTokenSource _disconnect = new();
    private readonly AuthMonitor _auth;
    private readonly ConnectionHistory _history;
    private readonly ConnectionSessions _sessions;
    private readonly Lock _gate = new();
    private Fault? _healthFault;
    private volatile ClusterIdentity _identity;
    private volatile ClusterPreferences _preferences;
    private bool _answered;
    private bool _answeredEver;

    internal ClusterConnection(ClusterIdentity identity, KubeconfigContext context, ClusterPreferences preferences, PoolServices services)
    {
        _identity = identity;
        _preferences = preferences;
        _services = services;
        _history = new ConnectionHistory(services.Time);
        _auth = new AuthMonitor(RecoverAsync, services.Time);
        _auth.StateChanged += OnAuthChanged;
        _sessions = new ConnectionSessions(context, PoolServices.LimitsOf(preferences), (of, within) => NewSession(of, within, mayAsk: true));
        Names = new NameCache(this, services.Time);
        Disconnected = _disconnect.Token;
    }

    /// <summary>The cluster, under the name that it has now.</summary>
    public ClusterIdentity Identity => _identity;

    /// <summary>What the user set for it.</summary>
    public ClusterPreferences Preferences => _preferences;

    /// <summary>Cancelled when the cluster is deselected.</summary>
    public CancellationToken Disconnected { get; }

    /// <summary>Where it stands.</summary>
    public ClusterState State
    {
        get
        {
            lock (_gate)
                return StateNow();
        }
    }

    /// <summary>What is wrong with it, or null.</summary>
    public Fault? LastFault => _auth.LastFault ?? _sessions.Fault ?? _healthFault;

    /// <summary>The login's state.</summary>
    public AuthState AuthState => _auth.State;

    /// <summary>Whole seconds until the next attempt at a refused login; 0 when none is needed.</summary>
    public int SecondsToRetry => _auth.SecondsToRetry;

    /// <summary>The server's version, once it has answered.</summary>
    public string? Version { get; private set; }

    /// <summary>The cluster's maker, once it has answered.</summary>
    public string? Distribution { get; private set; }

    /// <summary>The median time to an answer, or null before the first.</summary>
    public TimeSpan? Latency => Telemetry?.LatencyP50;

    /// <summary>The counters of its client, or null when the context cannot be used.</summary>
    public ApiTelemetrySnapshot? Telemetry => _sessions.Current?.Client.Telemetry;

    /// <summary>True when the cluster answers so fast that requests one after the other lose hardly any time.</summary>
    internal bool IsNear => _sessions.Current?.Client.IsNear ?? false;

    /// <summary>To when the client certificate of its login is good, in local time; null where it has none.</summary>
    internal DateTime? ClientCertificateExpires => _sessions.Current?.Credential.ClientCertificate?.NotAfter;

    /// <summary>True when the server's certificate is not checked, or the connection is not encrypted at all (http).</summary>
    public bool Insecure => Context.Cluster?.IsInsecure ?? false;

    /// <summary>Its last changes of state, oldest first.</summary>
    public IReadOnlyList<ConnectionChange> History => _history.Changes;

    internal KubeconfigContext Context => _sessions.Context;

    /// <summary>The namespace of the preferences, else of the context, else null.</summary>
    internal string? DefaultNamespace => _preferences.DefaultNamespace ?? Context.Namespace;

    /// <summary>Names of its objects, for completion.</summary>
    internal NameCache Names { get; }

    /// <summary>Tells those that wait for the cluster that it is back.</summary>
    internal RecoverySignal Recovery { get; } = new();

    /// <summary>Where the server sends lists as the beginning of a watch.</summary>
    internal StreamingLists StreamingLists { get; } = new();

    /// <summary>What upper floors keep with the cluster.</summary>
    internal Attachments Attachments { get; } = new();

    /// <summary>The pool's clock.</summary>
    internal TimeProvider Time => _services.Time;

    /// <summary>The pool's numbers in [0, 1).</summary>
    internal Func<double> Random => _services.Random;

    /// <summary>The client and what stands on it.</summary>
    /// <exception cref="FaultException">The context cannot be used.</exception>
    internal ConnectionSession Session => _sessions.Get();

    /// <summary>What a call ends with when its cluster is deselected meanwhile.</summary>
    internal static Fault DisconnectedFault() => new()
    {
        Phase = FaultPhase.ClusterNotSelected,
        Detail = "Cluster disconnected",
        Advice = "Select the cluster again with Select-KubeCluster -Add.",
    };

    /// <summary>Contacts the cluster afresh, whatever it said before.</summary>
    public async Task<ClusterPreflight> TestAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        using var use = Use();
        var result = await new PreflightCheck(this).RunAsync(silence, cancellationToken).ConfigureAwait(false);
        if (result.Version is not null)
        {
            Version = result.Version;
            Distribution = result.Distribution;
        }

        // A login's problem is the login's state; every other one, a server's 500 or a proxy's page, is the cluster's.
        if (result.Fault?.Phase != FaultPhase.Credential)
            SetHealth(result.Fault is null or { Phase: FaultPhase.Unauthorized }, result.Fault);
        else
            Note(result.Fault);
        return result;
    }

    /// <summary>Starts the quick attempts at a refused login again.</summary>
    public void RetryLogin() => _auth.TriggerRetry();

    /// <summary>Cancels what runs on the cluster and closes its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_sessions.End())
            return;
        await _disconnect.CancelAsync().ConfigureAwait(false);
        _auth.Dispose();
        _history.Add(ClusterState.Disconnected, null);
        await _sessions.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Keeps what a call on this connection uses until it is disposed: a session that is replaced meanwhile, because the kubeconfig changed
    /// or the login was renewed, lives until the last call that may use it has ended.
    /// </summary>
    internal IDisposable Use() => _sessions.Use();

    /// <summary>What the next request of a watch is made through; disposing it ends the use.</summary>
    /// <exception cref="FaultException">The context cannot be used, or the cluster is disconnected.</exception>
    internal WatchLink EnterWatch()
    {
        var use = Use();
        try
        {
            var session = Session;
            return new WatchLink(session.Client, session.Objects, use);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A session for what a call has to put in order when the cluster is deselected, which closes all others. It asks nobody anything; who opens
    /// it ends it.
    /// </summary>
    /// <exception cref="FaultException">The context cannot be used.</exception>
    internal ConnectionSession OpenLastSession() => NewSession(Context, _sessions.Limits, mayAsk: false);

    /// <summary>
    /// Takes changed preferences, and the name that they give, at once. Calls that run go to their end under the name with which they began.
    /// </summary>
    internal async Task ApplyAsync(ClusterPreferences preferences, string name)
    {
        var before = (_identity.ClusterName, _preferences.AllowPlaintextLogin);
        _identity = _identity with { ClusterName = name };
        _preferences = preferences;
        _sessions.SetLimits(PoolServices.LimitsOf(preferences));
        if (before != (name, preferences.AllowPlaintextLogin))
            await ReplaceContextAsync(Context).ConfigureAwait(false); // a session and all that stands on it bears the name that it was made with
    }

    /// <summary>Takes a changed kubeconfig: the next request uses a new client, those in flight end on the old one.</summary>
    internal async Task ReplaceContextAsync(KubeconfigContext context)
    {
        await _sessions.ReplaceAsync(context, null).ConfigureAwait(false);
        _auth.TriggerRetry();
    }

    /// <summary>Takes a context whose cluster and user are what they were: its namespace may differ, and the tokens of its login.</summary>
    internal void TakeContext(KubeconfigContext context)
    {
        var isRenewed = context.User?.AuthProvider is { } now && Context.User?.AuthProvider is { } before && !now.HasTokensOf(before);
        _sessions.TakeContext(context);
        if (isRenewed)
            _auth.TriggerRetry();
    }

    /// <summary>Asks <c>/readyz</c>, or everything while the version is not known; any answer but a server's error counts as health. Never throws.</summary>
    internal async Task HeartbeatAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        if (_auth.State != AuthState.Valid)
            return;
        using var use = Use();
        try
        {
            if (Version is null)
            {
                await TestAsync(silence, cancellationToken).ConfigureAwait(false);
                return;
            }

            await PreflightCheck.AskAsync(Session.Client, "/readyz", silence, cancellationToken).ConfigureAwait(false);
            SetHealth(true, null);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is 403 or 404)
        {
            SetHealth(true, null);
        }
        catch (Exception) when (Disconnected.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            // Deselected meanwhile.
        }
        catch (Exception e)
        {
            SetHealth(false, UnforeseenFault.Of(e));
        }
    }

    /// <summary>One attempt at a refused login: the kubeconfig read again, a credential made anew, the server asked.</summary>
    private async Task<ProbeOutcome> RecoverAsync(CancellationToken cancellationToken)
    {
        var context = _services.Reload(Identity) ?? Context;
        ConnectionSession? fresh = null;
        try
        {
            fresh = NewSession(context, _sessions.Limits, mayAsk: _auth.State == AuthState.Recovering);
            await AskLoginAsync(fresh, cancellationToken).ConfigureAwait(false);
            await _sessions.ReplaceAsync(context, fresh).ConfigureAwait(false);
            fresh = null;
            SetHealth(true, null);
            return new ProbeOutcome.Accepted();
        }
        catch (FaultException e)
        {
            return e.Fault.Phase is FaultPhase.Unauthorized or FaultPhase.Credential or FaultPhase.Kubeconfig
                ? new ProbeOutcome.Rejected(e.Fault)
                : new ProbeOutcome.Unreachable(e.Fault);
        }
        finally
        {
            if (fresh is not null)
                await fresh.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task AskLoginAsync(ConnectionSession session, CancellationToken cancellationToken)
    {
        try
        {
            await PreflightCheck.AskAsync(session.Client, "/version", RequestTimeouts.Default.Silence, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is 403 or 404)
        {
            // They come after the login was accepted.
        }
    }

    private ConnectionSession NewSession(KubeconfigContext context, RequestLimits limits, bool mayAsk)
    {
        try
        {
            return ConnectionSession.Create(context, Identity, _services, _auth, limits, _preferences.AllowPlaintextLogin, mayAsk);
        }
        catch (FaultException e)
        {
            throw new FaultException(e.Fault with { Cluster = Identity });
        }
    }

    private void SetHealth(bool healthy, Fault? fault)
    {
        bool healed, broke;
        lock (_gate)
        {
            healed = healthy && _healthFault is not null;
            broke = !healthy && _answered;
            _answered = healthy;
            _answeredEver |= healthy;
            _healthFault = healthy ? null : fault;
            _history.Add(StateNow(), fault);
        }

        if (healed)
        {
            Recovery.Raise();
            _services.Raise(ClusterEventKind.HealthHealthy, Identity, "The cluster answers again", null);
        }
        else if (broke)
        {
            _services.Raise(ClusterEventKind.HealthDegraded, Identity, "The cluster stopped answering", fault);
        }
    }

    private void Note(Fault? fault)
    {
        lock (_gate)
            _history.Add(StateNow(), fault);
    }

    private void OnAuthChanged(AuthState old, AuthState now, Fault? fault)
    {
        Note(fault);
        if (now == AuthState.Valid)
            Recovery.Raise();
        var (kind, text) = now switch
        {
            AuthState.Valid => (ClusterEventKind.AuthRecovered, "The login works again"),
            AuthState.Recovering => (ClusterEventKind.AuthRecovering, "The login was refused; trying again"),
            _ => (ClusterEventKind.AuthFailed, "The login is refused; tried again every minute"),
        };
        _services.Raise(kind, Identity, text, fault);
    }

    private ClusterState StateNow() => this switch
    {
        { _sessions.IsDisposed: true } => ClusterState.Disconnected,
        { _sessions.Fault: not null } or { Context.Problem: not null } or { LastFault.Phase: FaultPhase.Kubeconfig } => ClusterState.Invalid,
        { _auth.State: not AuthState.Valid } => ClusterState.AuthenticationRequired,
        { _answered: true } => ClusterState.Ready,
        { _healthFault: null } => ClusterState.Connecting,
        { _answeredEver: true } => ClusterState.Degraded,
        _ => ClusterState.Unreachable,
    };
}
