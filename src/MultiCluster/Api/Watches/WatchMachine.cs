using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;

namespace MultiCluster.Api.Watches;

/// <summary>
/// One watch of a kind, in one namespace or all, as an explicit state machine: it is told what has happened, and says what that means
/// (<see cref="TakeOutputs"/>) and what is to be done next (<see cref="Step"/>). It does nothing itself and knows no socket. Not safe for
/// concurrent use.
/// </summary>
internal sealed class WatchMachine
{
    private readonly WatchMachineOptions _options;
    private readonly WatchBackoff _backoff;
    private readonly KnownObjects _known;
    private readonly WatchOutage _outage = new();
    private List<WatchOutput> _outputs = [];
    private WatchState _resume;
    private bool _streamsLists;

    // The version from which on the watch goes on.
    private string? _version;

    // True once the objects have come in completely, and once their changes have been watched.
    private bool _listed;
    private bool _connected;

    // About the stream that is open, or was last.
    private bool _open;
    private DateTimeOffset _openedAt;
    private bool _progressed;

    // Since the last list.
    private bool _served;
    private int _badVersion;
    private int _missing;
    private DateTimeOffset? _forbiddenSince;

    // Up to when everything is known, and about the list that makes up for what is not.
    private DateTimeOffset _currentAt;
    private bool _gapTold;
    private int _differences;

    public WatchMachine(WatchMachineOptions options)
    {
        _options = options;
        _backoff = new WatchBackoff(options.Random);
        _known = new KnownObjects(options.KeepsObjects);
        _streamsLists = options.StreamsLists;
        Step = BeginList(WatchState.Listing);
    }

    /// <summary>Where it stands.</summary>
    public WatchState State { get; private set; }

    /// <summary>What is to be done next.</summary>
    public WatchStep Step { get; private set; }

    /// <summary>True while a streaming list has not said that it is complete.</summary>
    public bool AwaitsInitialEvents => Step is WatchStep.Stream { Version: null };

    /// <summary>True once the server has refused a streaming list.</summary>
    public bool RefusedStreamingList => _options.StreamsLists && !_streamsLists;

    /// <summary>True once the objects have come in completely.</summary>
    public bool WasListed => _listed;

    /// <summary>True when something waits to be taken.</summary>
    public bool HasOutputs => _outputs.Count > 0;

    private bool IsInitial => !_listed && !_options.KindAppeared;

    private DateTimeOffset Now => _options.Time.GetUtcNow();

    /// <summary>What it has had to say since it was last asked, in order.</summary>
    public IReadOnlyList<WatchOutput> TakeOutputs()
    {
        var outputs = _outputs;
        _outputs = [];
        return outputs;
    }

    /// <summary>A piece of the list has come.</summary>
    public void Listed(IReadOnlyList<KubeObject> objects)
    {
        TellGap();
        var before = _outputs.Count;
        foreach (var item in objects)
            _known.Listed(item, IsInitial, _outputs);
        _differences += _outputs.Count - before;
    }

    /// <summary>The list is complete and shows <paramref name="version"/>.</summary>
    public void ListEnded(string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            Stop(new Fault { Phase = FaultPhase.Invalid, Detail = "its list names no version to watch from", Advice = "Read it with Get-KubeResource: the server does not let it be watched." });
            return;
        }

        CompleteList(version);
        Step = NewStream();
    }

    /// <summary>The stream is open.</summary>
    public void Opened()
    {
        _open = true;
        _openedAt = Now;
        _progressed = false;
        Reached();
        if (!AwaitsInitialEvents)
            TellConnected();
    }

    /// <summary>An event about an object has come.</summary>
    /// <param name="type">Added, modified or deleted, in the server's words.</param>
    /// <param name="item">The object.</param>
    public void Received(WatchLineType type, KubeObject item)
    {
        if (AwaitsInitialEvents)
        {
            if (type == WatchLineType.Deleted)
                _known.Deleted(item, _outputs);
            else
                Listed([item]);
            return;
        }

        if (type == WatchLineType.Deleted)
            _known.Deleted(item, _outputs);
        else
            _known.Changed(item, _outputs);
        Progress(item.ResourceVersion);
    }

    /// <summary>A bookmark has come: the watch has got to <paramref name="version"/>.</summary>
    public void Bookmarked(string? version, bool endsInitialEvents)
    {
        if (!AwaitsInitialEvents)
        {
            Progress(version);
        }
        else if (endsInitialEvents && !string.IsNullOrEmpty(version))
        {
            CompleteList(version);
            Step = NewStream(); // the one that is open goes on; this says only that its list is complete
            TellConnected();
        }
    }

    /// <summary>The server sent an error as an event, or what is no event; the stream is closed.</summary>
    public void Errored(Fault fault) => Fail(fault, ofVersion: true);

    /// <summary>The server ended the stream.</summary>
    public void StreamEnded()
    {
        if (!AwaitsInitialEvents && (_progressed || Now - _openedAt >= WatchRules.ShortestService))
        {
            EndStream();
            _currentAt = Now;
            Step = NewStream();
            return;
        }

        Fail(
            new Fault
            {
                Phase = FaultPhase.Connect,
                Detail = AwaitsInitialEvents ? "the server ended the watch before it had sent all objects" : "the server ended the watch at once",
                Advice = "It goes on by itself; if it stays so, look for a proxy that ends long answers.",
            },
            ofVersion: false);
    }

    /// <summary>A list, or a stream, could not be had or broke.</summary>
    public void Failed(Fault fault) => Fail(fault, ofVersion: fault.Phase == FaultPhase.Decode && fault.Reason != Fault.TooLarge);

    /// <summary>A streaming list has fallen silent without an end: the server takes it for an ordinary watch.</summary>
    public void InitialEventsMissing()
    {
        EndStream();
        WithoutStreamingList();
    }

    /// <summary>The pause is over.</summary>
    public void Waited()
    {
        State = _resume;
        Step = State == WatchState.Watching ? NewStream() : BeginList(State);
    }

    private void Fail(Fault fault, bool ofVersion)
    {
        EndStream();
        if (AwaitsInitialEvents && WatchRules.RefusesStreamingList(fault))
            WithoutStreamingList();
        else if (State == WatchState.Watching && WatchRules.IsExpired(fault))
            Expire();
        else if (State == WatchState.Watching && IsBadVersion(fault, ofVersion))
            Relist();
        else if (IsTheEnd(fault))
            Stop(fault);
        else
            Pause(fault);
    }

    /// <summary>True when the version has brought errors, and nothing else, too often.</summary>
    private bool IsBadVersion(Fault fault, bool ofVersion) =>
        (ofVersion || fault is { Phase: FaultPhase.Invalid, HttpStatus: not 405 }) && !_progressed && ++_badVersion >= WatchRules.BadVersionAttempts;

    private bool IsTheEnd(Fault fault)
    {
        if (!WatchRules.IsFinal(fault))
            return false;
        if (!_listed || fault.Phase == FaultPhase.ClusterNotSelected || fault.Reason == Fault.TooLarge)
            return true;
        if (WatchRules.IsMissing(fault))
            return ++_missing >= WatchRules.MissingAttempts;
        if (fault.Phase == FaultPhase.Forbidden)
            return Now - (_forbiddenSince ??= Now) >= WatchRules.ForbiddenGrace;
        return fault.Phase == FaultPhase.Invalid && (State == WatchState.Relisting || fault.HttpStatus == 405);
    }

    private void Expire()
    {
        if (_served)
            Relist();
        else
            PauseBefore(WatchState.Relisting, _backoff.Next()); // a server whose versions expire at once is not to be listed without pause
    }

    private void Relist()
    {
        _gapTold = false;
        _differences = 0;
        Step = BeginList(WatchState.Relisting);
    }

    private void Stop(Fault fault)
    {
        if (_listed && WatchRules.IsMissing(fault))
            _known.Clear(_outputs);
        State = WatchState.Stopped;
        Step = new WatchStep.End(fault, Told: _outage.IsTold && _listed);
    }

    private void Pause(Fault fault)
    {
        var pause = _backoff.Next();
        if (fault is { HttpStatus: not null, RetryAfter: { } asked } && asked > pause)
            pause = RetryAfter.Granted(asked);
        _outage.Failed(fault, _connected, Now, pause, _outputs);
        PauseBefore(State, pause);
    }

    private void PauseBefore(WatchState next, TimeSpan pause)
    {
        if (next == WatchState.Relisting && State == WatchState.Watching)
        {
            _gapTold = false;
            _differences = 0;
        }

        _resume = next;
        State = WatchState.BackingOff;
        Step = new WatchStep.Pause(pause);
    }

    private WatchStep BeginList(WatchState state)
    {
        State = state;
        _known.BeginPass();
        return _streamsLists ? new WatchStep.Stream(null, WatchRules.Duration(_options.Random)) : new WatchStep.List();
    }

    private void WithoutStreamingList()
    {
        _streamsLists = false;
        Step = BeginList(State);
    }

    private void CompleteList(string version)
    {
        TellGap();
        var before = _outputs.Count;
        _known.EndPass(IsInitial, _outputs);
        _differences += _outputs.Count - before;
        if (State == WatchState.Relisting)
            _outputs.Add(new WatchSignal(WatchNoticeType.Relisted) { Count = _differences });
        State = WatchState.Watching;
        _listed = true;
        _version = version;
        _served = false;
        _badVersion = 0;
        _currentAt = Now;
        Reached();
    }

    private WatchStep.Stream NewStream() => new(_version, WatchRules.Duration(_options.Random));

    private void Progress(string? version)
    {
        if (string.IsNullOrEmpty(version))
            return;
        _currentAt = Now;
        if (version == _version)
            return;
        _version = version;
        if (!_progressed)
            Serve();
        _progressed = true;
    }

    /// <summary>The stream that was open, if any, has ended.</summary>
    private void EndStream()
    {
        if (!_open)
            return;
        _open = false;
        var lasted = Now - _openedAt;
        if (lasted >= WatchRules.ShortestService)
            Serve();
        if (lasted >= WatchRules.Health)
            _backoff.Reset();
        else if (_progressed)
            _backoff.Hold();
    }

    private void Serve()
    {
        _served = true;
        _badVersion = 0;
        _outage.Served();
    }

    /// <summary>The kind is served, and may be watched.</summary>
    private void Reached()
    {
        _missing = 0;
        _forbiddenSince = null;
    }

    private void TellConnected()
    {
        if (!_connected)
            _outputs.Add(new WatchSignal(WatchNoticeType.Connected) { Count = _known.Count });
        _connected = true;
        _outage.Opened(Now, _outputs);
    }

    /// <summary>Before the first of the differences: how much of their history nobody knows.</summary>
    private void TellGap()
    {
        if (State != WatchState.Relisting || _gapTold)
            return;
        _gapTold = true;
        _outputs.Add(new WatchSignal(WatchNoticeType.Gap) { From = _currentAt, To = Now });
    }
}
