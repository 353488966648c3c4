namespace MultiCluster.Http;

/// <summary>What an attempt waits for.</summary>
internal enum Wait
{
    /// <summary>Its turn, under the cluster's limits.</summary>
    Turn,

    /// <summary>A credential.</summary>
    Credential,

    /// <summary>A connection.</summary>
    Connection,

    /// <summary>The answer's headers.</summary>
    Headers,

    /// <summary>The next bytes of the answer.</summary>
    Body,
}

/// <summary>The bound that an attempt ran into.</summary>
internal enum Expiry
{
    /// <summary>None.</summary>
    None,

    /// <summary>The bound of what it waited for.</summary>
    Silence,

    /// <summary>The bound of the whole request.</summary>
    Whole,

    /// <summary>The call's deadline.</summary>
    Deadline,
}

/// <summary>
/// Bounds one attempt's waits with one timer and one cancellation source for all of them. A wait only writes down when it began; the
/// timer looks at that when it fires and goes back to sleep for what is left, so a read of the body costs two clock readings.
/// </summary>
internal sealed class AttemptTimer : IDisposable
{
    /// <summary>Where a message has the timer of its attempt, so that the connection it waits for can tell how far it is.</summary>
    public static readonly HttpRequestOptionsKey<AttemptTimer> Key = new("multicluster.timer");

    // Timers count in 32-bit milliseconds; firing early is harmless.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(20);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly long _start;
    private CancellationTokenRegistration _making;
    private readonly TimeSpan _whole;
    private readonly TimeSpan _deadline;
    private TimeSpan _silence = Timeout.InfiniteTimeSpan;
    private TimeSpan _connect = Timeout.InfiniteTimeSpan;
    private TimeSpan _limit = Timeout.InfiniteTimeSpan;
    private bool _wholeApplies = true;
    private bool _disposed;

    // Ticks since _start; -1 while nobody waits.
    private long _waitingSince = -1;
    private long _waited;

    /// <summary>Watches nothing until the first wait begins.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="whole">How long all waits together may take, or infinite.</param>
    /// <param name="used">What earlier attempts have used of it.</param>
    /// <param name="closed">Cancelled when the client is disposed.</param>
    /// <param name="deadline">How long until the call's deadline, or infinite.</param>
    /// <param name="caller">The caller's token.</param>
    public AttemptTimer(TimeProvider time, TimeSpan whole, TimeSpan used, TimeSpan deadline, CancellationToken closed, CancellationToken caller)
    {
        _time = time;
        _start = time.GetTimestamp();
        _whole = whole;
        _waited = used.Ticks;
        _deadline = deadline;
        Caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller, closed);
        Token = _source.Token;
        _timer = time.CreateTimer(static state => ((AttemptTimer)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when a bound is passed or the caller gives up.</summary>
    public CancellationToken Token { get; }

    /// <summary>The caller's own token.</summary>
    public CancellationToken Caller { get; }

    /// <summary>The clock's time when it began.</summary>
    public long Start => _start;

    /// <summary>The clock's time when the connection that it opened was ready; null when it opened none, or another one was faster.</summary>
    public long? ReadyAt { get; private set; }

    /// <summary>Gives what is to be said of the connection that it opened, once; null when it opened none.</summary>
    public Func<string?>? Remark { get; private set; }

    /// <summary>True when the caller has given up, and no bound was passed before that.</summary>
    public bool IsGivenUp => Expiry == Expiry.None && Caller.IsCancellationRequested;

    /// <summary>What it waits for, or waited for when it expired.</summary>
    public Wait Waiting { get; private set; }

    /// <summary>The bound that was passed.</summary>
    public Expiry Expiry { get; private set; }

    /// <summary>The bound of the present wait.</summary>
    public TimeSpan Limit => _limit;

    /// <summary>The bound of all waits together.</summary>
    public TimeSpan Whole => _whole;

    /// <summary>How long all ended waits have taken, earlier attempts included, those for a credential not counted.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Volatile.Read(ref _waited));

    /// <summary>Begins to wait for <paramref name="wait"/>; infinite: only the bound of all waits applies.</summary>
    public void Begin(Wait wait, TimeSpan limit)
    {
        lock (_lock)
        {
            if (_disposed || Expiry != Expiry.None)
                return;
            StartWait(wait, limit);
        }
    }

    /// <summary>A request has been handed to the transport: a pooled connection answers within <paramref name="silence"/>, a new one within <paramref name="connect"/> first.</summary>
    public void BeginHeaders(TimeSpan silence, TimeSpan connect)
    {
        _silence = silence;
        _connect = connect < silence || silence == Timeout.InfiniteTimeSpan ? connect : silence;
        Begin(Wait.Headers, silence);
    }

    /// <summary>
    /// The request's own connection is being made. Without effect when another one has answered it meanwhile. Cancelling the request
    /// ends <paramref name="connection"/>, which HttpClient alone would go on making for seconds.
    /// </summary>
    public void Connecting(IDisposable connection, Func<string?>? remark = null)
    {
        lock (_lock)
        {
            Remark = remark;
            if (!_disposed)
                _making = Token.UnsafeRegister(static made => ((IDisposable)made!).Dispose(), connection);
            if (!_disposed && Expiry == Expiry.None && Waiting == Wait.Headers)
                StartWait(Wait.Connection, _connect);
        }
    }

    /// <summary>The request's own connection is ready.</summary>
    public void Connected()
    {
        lock (_lock)
        {
            _making.Unregister();
            if (_disposed || Expiry != Expiry.None || Waiting != Wait.Connection)
                return;
            ReadyAt = _time.GetTimestamp();
            StartWait(Wait.Headers, _silence);
        }
    }

    /// <summary>The answer has begun: from now on only <see cref="Resume"/> and <see cref="End"/>, around each read.</summary>
    public void BeginBody(TimeSpan limit, bool endless)
    {
        lock (_lock)
        {
            if (_disposed || Expiry != Expiry.None)
                return;
            End();
            Waiting = Wait.Body;
            _limit = limit;
            _wholeApplies = !endless;
            Sleep();
        }
    }

    /// <summary>A wait begins.</summary>
    public void Resume() => Volatile.Write(ref _waitingSince, Now().Ticks);

    /// <summary>The wait is over.</summary>
    public void End()
    {
        var since = Volatile.Read(ref _waitingSince);
        if (since < 0)
            return;
        if (Waiting != Wait.Credential)
            Volatile.Write(ref _waited, Volatile.Read(ref _waited) + Now().Ticks - since);
        Volatile.Write(ref _waitingSince, -1);
    }

    /// <summary>Ends the attempt for a caller who uses another token for a read than for the call. Without effect after its end.</summary>
    public void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile. Whoever cancels may be a timer, which nobody hears.
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        _timer.Dispose();
        _source.Dispose();
    }

    private void StartWait(Wait wait, TimeSpan limit)
    {
        End();
        Waiting = wait;
        _limit = limit;

        // A credential plugin may wait for a person, and has a bound of its own.
        _wholeApplies = wait != Wait.Credential;
        Resume();
        Sleep();
    }

    private TimeSpan Now() => _time.GetElapsedTime(_start);

    private void Look()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            if (Expiry == Expiry.None && TryGetSleep(out var sleep))
            {
                _timer.Change(sleep, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer was given back in the same moment.
        }
    }

    // Cancelled on the timer's thread, never under the lock.
    private void Sleep() => _timer.Change(TryGetSleep(out var sleep) ? sleep : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    private bool TryGetSleep(out TimeSpan sleep)
    {
        var now = Now();
        var since = Volatile.Read(ref _waitingSince);
        var waiting = since < 0 ? TimeSpan.Zero : now - TimeSpan.FromTicks(since);
        sleep = LongestSleep;
        return Left(_deadline, now, Expiry.Deadline, ref sleep)
            && Left(_limit, waiting, Expiry.Silence, ref sleep)
            && (!_wholeApplies || Left(_whole, Waited + waiting, Expiry.Whole, ref sleep));
    }

    private bool Left(TimeSpan bound, TimeSpan used, Expiry expiry, ref TimeSpan left)
    {
        if (bound == Timeout.InfiniteTimeSpan)
            return true;
        var rest = bound - used;
        if (rest <= TimeSpan.Zero)
        {
            Expiry = expiry;
            return false;
        }

        if (rest < left)
            left = rest;
        return true;
    }
}
