using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Logs.Streams;

/// <summary>The pauses between the streams of one container, by the rules of watches: 0.8 s, doubled up to 30 s, short again after health.</summary>
internal sealed class ContainerBackoff(LogCall call)
{
    private readonly WatchBackoff _backoff = new(call.Random);
    private long? _openedAt;
    private long? _forbiddenSince;

    /// <summary>True once a stream has been open.</summary>
    public bool WasOpen { get; private set; }

    /// <summary>A stream is open.</summary>
    public void Opened()
    {
        _openedAt = call.Time.GetTimestamp();
        _forbiddenSince = null;
        WasOpen = true;
    }

    /// <summary>It has ended, if it was open.</summary>
    /// <param name="progressed">True when it has brought lines that had not been read before.</param>
    public void Ended(bool progressed)
    {
        if (_openedAt is { } opened && call.Time.GetElapsedTime(opened) >= WatchRules.Health)
            _backoff.Reset();
        else if (progressed)
            _backoff.Hold();
        _openedAt = null;
    }

    /// <summary>How long to wait before the next.</summary>
    public TimeSpan Next(Fault? fault)
    {
        var pause = _backoff.Next();
        if (fault is { HttpStatus: not null, RetryAfter: { } asked } && asked > pause)
            return RetryAfter.Granted(asked);
        return pause;
    }

    /// <summary>True when asking again changes nothing. An API server that has just started forbids everything until it knows the roles.</summary>
    public bool IsFinal(Fault fault)
    {
        if (fault.Phase == FaultPhase.Forbidden && WasOpen)
            return call.Time.GetElapsedTime(_forbiddenSince ??= call.Time.GetTimestamp()) >= WatchRules.ForbiddenGrace;
        return LogFaults.IsFinal(fault) && !LogFaults.IsGone(fault);
    }
}
