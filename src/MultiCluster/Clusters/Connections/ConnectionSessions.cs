using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>
/// The session of a connection and those it has replaced: one that is replaced, because the kubeconfig changed or the login was renewed,
/// lives until the last call that may use it has ended.
/// </summary>
/// <param name="context">What the first session is made of.</param>
/// <param name="limits">Its limits.</param>
/// <param name="create">Makes a session.</param>
internal sealed class ConnectionSessions(KubeconfigContext context, RequestLimits limits, Func<KubeconfigContext, RequestLimits, ConnectionSession> create) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ConnectionSession> _replaced = [];
    private KubeconfigContext _context = context;
    private RequestLimits _limits = limits;
    private ConnectionSession? _current;
    private Fault? _fault;
    private int _users;
    private bool _disposed;

    /// <summary>What the next session is made of.</summary>
    public KubeconfigContext Context => Volatile.Read(ref _context);

    /// <summary>Rate and parallelism.</summary>
    public RequestLimits Limits => Volatile.Read(ref _limits);

    /// <summary>The session, or null while there is none.</summary>
    public ConnectionSession? Current => Volatile.Read(ref _current);

    /// <summary>Why no session can be made, or null.</summary>
    public Fault? Fault => Volatile.Read(ref _fault);

    /// <summary>True once there is no session any more, and none will be.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed);

    /// <summary>The session; made when it is first asked for.</summary>
    /// <exception cref="FaultException">The context cannot be used, or the cluster is disconnected.</exception>
    public ConnectionSession Get()
    {
        lock (_gate)
        {
            if (_current is not null)
                return _current;
            if (_disposed)
                throw new FaultException(ClusterConnection.DisconnectedFault());
            try
            {
                _current = create(_context, _limits);
                _fault = null;
                return _current;
            }
            catch (FaultException e)
            {
                _fault = e.Fault;
                throw;
            }
        }
    }

    /// <summary>Keeps what a call uses until it is disposed.</summary>
    public IDisposable Use()
    {
        lock (_gate)
            _users++;
        return new SessionUse(this);
    }

    /// <summary>Changes rate and parallelism, at once.</summary>
    public void SetLimits(RequestLimits limits)
    {
        lock (_gate)
        {
            _limits = limits;
            _current?.Client.SetLimits(limits);
        }
    }

    /// <summary>Takes a context whose cluster and user are what they were.</summary>
    public void TakeContext(KubeconfigContext context)
    {
        lock (_gate)
            _context = context;
    }

    /// <summary>Puts <paramref name="fresh"/>, or with null what the next request makes, in the session's place.</summary>
    public async Task ReplaceAsync(KubeconfigContext context, ConnectionSession? fresh)
    {
        ConnectionSession[] unused;
        lock (_gate)
        {
            if (_disposed)
            {
                unused = fresh is null ? [] : [fresh];
            }
            else
            {
                if (_current is not null)
                    _replaced.Add(_current);
                _context = context;
                _fault = null;
                _current = fresh;
                unused = TakeUnused();
            }
        }

        await DisposeAllAsync(unused).ConfigureAwait(false);
    }

    /// <summary>From now on there is no session; true the first time. Those that are open are closed by <see cref="DisposeAsync"/>.</summary>
    public bool End()
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            _disposed = true;
            if (_current is not null)
                _replaced.Add(_current);
            _current = null;
            return true;
        }
    }

    /// <summary>Closes all sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        End();
        ConnectionSession[] all;
        lock (_gate)
        {
            all = [.. _replaced];
            _replaced.Clear();
        }

        await DisposeAllAsync(all).ConfigureAwait(false);
    }

    private void Leave()
    {
        ConnectionSession[] unused;
        lock (_gate)
        {
            _users--;
            unused = TakeUnused();
        }

        _ = DisposeAllAsync(unused); // closes at once, and has nothing to wait for
    }

    /// <summary>The replaced sessions, when nobody can be using one. Called under the lock.</summary>
    private ConnectionSession[] TakeUnused()
    {
        if (_users > 0 || _replaced.Count == 0)
            return [];
        ConnectionSession[] unused = [.. _replaced];
        _replaced.Clear();
        return unused;
    }

    private static async Task DisposeAllAsync(ConnectionSession[] sessions)
    {
        foreach (var session in sessions)
            await session.DisposeAsync().ConfigureAwait(false);
    }

    private sealed class SessionUse(ConnectionSessions sessions) : IDisposable
    {
        private int _done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0)
                sessions.Leave();
        }
    }
}
