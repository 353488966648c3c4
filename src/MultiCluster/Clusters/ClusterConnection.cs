using MultiCluster.Credentials;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>One selected cluster: its client, credential, health and counters. Nothing in it is shared with another cluster.</summary>
public sealed class ClusterConnection : IAsyncDisposable
{
    private readonly PoolServices _services;
    private readonly CancellationTokenSource _disconnect = new();
    private readonly AuthMonitor _auth;
    private readonly ConnectionHistory _history;
    private readonly Lock _gate = new();
    private KubeconfigContext _context;
    private RequestLimits _limits;
    private ConnectionSession? _session;
    private Fault? _setupFault;
    private Fault? _healthFault;
    private bool _answered;
    private bool _answeredEver;

    internal ClusterConnection(ClusterIdentity identity, KubeconfigContext context, RequestLimits limits, PoolServices services)
    {
        Identity = identity;
        _context = context;
        _limits = limits;
        _services = services;
        _history = new ConnectionHistory(services.Time);
        _auth = new AuthMonitor(RecoverAsync, services.Time);
        _auth.StateChanged += OnAuthChanged;
        Names = new NameCache(this, services.Time);
        Disconnected = _disconnect.Token;
    }

    /// <summary>The cluster.</summary>
    public ClusterIdentity Identity { get; }

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
    public Fault? LastFault => _auth.LastFault ?? _setupFault ?? _healthFault;

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
    public ApiTelemetrySnapshot? Telemetry => _session?.Client.Telemetry;

    /// <summary>True when the server's certificate is not checked.</summary>
    public bool Insecure => _context.Cluster?.InsecureSkipTlsVerify ?? false;

    /// <summary>Its last changes of state, oldest first.</summary>
    public IReadOnlyList<ConnectionChange> History => _history.Changes;

    internal KubeconfigContext Context => _context;

    /// <summary>Names of its objects, for completion.</summary>
    internal NameCache Names { get; }

    /// <summary>The client and what stands on it.</summary>
    /// <exception cref="FaultException">The context cannot be used.</exception>
    internal ConnectionSession Session
    {
        get
        {
            lock (_gate)
            {
                if (_session is not null)
                    return _session;
                ObjectDisposedException.ThrowIf(_disconnect.IsCancellationRequested, this);
                try
                {
                    _session = ConnectionSession.Create(_context, Identity, _services, _auth, _limits);
                    _setupFault = null;
                    return _session;
                }
                catch (FaultException e)
                {
                    _setupFault = e.Fault with { Cluster = Identity };
                    throw new FaultException(_setupFault);
                }
            }
        }
    }

    /// <summary>Contacts the cluster afresh, whatever it said before.</summary>
    public async Task<ClusterPreflight> TestAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        var result = await new PreflightCheck(this, _services.Time).RunAsync(silence, cancellationToken).ConfigureAwait(false);
        if (result.Version is not null)
        {
            Version = result.Version;
            Distribution = result.Distribution;
        }

        SetHealth(result.Reachable, result.Fault);
        return result;
    }

    /// <summary>Starts the quick attempts at a refused login again.</summary>
    public void RetryLogin() => _auth.TriggerRetry();

    /// <summary>Cancels what runs on the cluster and closes its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        ConnectionSession? session;
        lock (_gate)
        {
            if (_disconnect.IsCancellationRequested)
                return;
            _disconnect.Cancel();
            session = _session;
            _session = null;
        }

        _auth.Dispose();
        _history.Add(ClusterState.Disconnected, null);
        if (session is not null)
            await session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Changes rate and parallelism, at once.</summary>
    internal void SetLimits(RequestLimits limits)
    {
        _limits = limits;
        _session?.Client.SetLimits(limits);
    }

    /// <summary>Takes a changed kubeconfig: the next request uses a new client, those in flight end on the old one.</summary>
    internal async Task ReplaceContextAsync(KubeconfigContext context)
    {
        ConnectionSession? old;
        lock (_gate)
        {
            _context = context;
            _setupFault = null;
            old = _session;
            _session = null;
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(false);
        _auth.TriggerRetry();
    }

    /// <summary>Asks <c>/readyz</c>; any answer but a server's error counts as health.</summary>
    internal async Task HeartbeatAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        if (_auth.State != AuthState.Valid)
            return;
        try
        {
            await PreflightCheck.AskAsync(Session.Client, "/readyz", silence, cancellationToken).ConfigureAwait(false);
            SetHealth(true, null);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is 403 or 404)
        {
            SetHealth(true, null);
        }
        catch (FaultException e)
        {
            SetHealth(false, e.Fault);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && Disconnected.IsCancellationRequested)
        {
            // Deselected meanwhile.
        }
    }

    /// <summary>One attempt at a refused login: the kubeconfig read again, a credential made anew, the server asked.</summary>
    private async Task<ProbeOutcome> RecoverAsync(CancellationToken cancellationToken)
    {
        var context = _services.Reload(Identity) ?? _context;
        ConnectionSession? fresh = null;
        try
        {
            fresh = ConnectionSession.Create(context, Identity, _services, _auth, _limits, mayAsk: _auth.State == AuthState.Recovering);
            await PreflightCheck.AskAsync(fresh.Client, "/version", CallTimeouts.Default.Silence, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is not (403 or 404))
        {
            if (fresh is not null)
                await fresh.DisposeAsync().ConfigureAwait(false);
            return e.Fault.Phase is FaultPhase.Unauthorized or FaultPhase.Credential or FaultPhase.Kubeconfig
                ? new ProbeOutcome.Rejected(e.Fault)
                : new ProbeOutcome.Unreachable(e.Fault);
        }
        catch (FaultException)
        {
            // 403 and 404 come after the login was accepted.
        }

        ConnectionSession? old;
        lock (_gate)
        {
            _context = context;
            _setupFault = null;
            old = _session;
            _session = fresh;
        }

        if (old is not null)
            await old.DisposeAsync().ConfigureAwait(false);
        SetHealth(true, null);
        return new ProbeOutcome.Accepted();
    }

    private void SetHealth(bool healthy, Fault? fault)
    {
        bool changed, first;
        lock (_gate)
        {
            first = !_answeredEver;
            changed = _answered != healthy;
            _answered = healthy;
            _answeredEver |= healthy;
            _healthFault = healthy ? null : fault;
            if (changed || first)
                _history.Add(StateNow(), fault);
        }

        if (changed && !first && healthy)
            _services.Raise(ClusterEventKind.HealthHealthy, Identity, "The cluster answers again", null);
        else if (changed && !healthy)
            _services.Raise(ClusterEventKind.HealthDegraded, Identity, "The cluster stopped answering", fault);
    }

    private void OnAuthChanged(AuthState old, AuthState now, Fault? fault)
    {
        lock (_gate)
            _history.Add(StateNow(), fault);
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
        { Disconnected.IsCancellationRequested: true } => ClusterState.Disconnected,
        { _setupFault: not null } => ClusterState.Invalid,
        { _auth.State: not AuthState.Valid } => ClusterState.AuthenticationRequired,
        { _answered: true } => ClusterState.Ready,
        { _healthFault: null } => ClusterState.Connecting,
        { _answeredEver: true } => ClusterState.Degraded,
        _ => ClusterState.Unreachable,
    };
}
