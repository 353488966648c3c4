namespace MultiCluster.Http;

/// <summary>
/// A token bucket kept as one number, the time at which it will be full again: it needs no timer while nobody waits (hundreds of idle
/// clusters cost nothing), and it runs on the injected clock. Not safe for concurrent use.
/// </summary>
internal struct TokenBucket
{
    private TimeSpan _interval;
    private TimeSpan _tolerance;
    private TimeSpan _fullAt;

    /// <summary>Takes other limits; what was taken is kept as requests, not as time.</summary>
    public void Set(double perSecond, int burst, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        var interval = TimeSpan.FromSeconds(1 / perSecond);
        _fullAt = _fullAt > now ? now + (interval * ((_fullAt - now) / _interval)) : now;
        _interval = interval;
        _tolerance = _interval * burst;
    }

    /// <summary>Takes a token; says how long to wait for it.</summary>
    public TimeSpan Reserve(TimeSpan now)
    {
        _fullAt = (_fullAt > now ? _fullAt : now) + _interval;
        return _fullAt - now - _tolerance;
    }

    /// <summary>Gives a token back.</summary>
    public void GiveBack() => _fullAt -= _interval;
}
