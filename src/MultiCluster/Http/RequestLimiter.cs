using System.Threading.RateLimiting;

namespace MultiCluster.Http;

/// <summary>
/// One cluster's rate and concurrency. The rate is a token bucket kept as one number, the time at which it will be full again: it
/// needs no timer while nobody waits (hundreds of idle clusters cost nothing), and it runs on the injected clock.
/// </summary>
internal sealed class RequestLimiter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private ConcurrencyLimiter _concurrency;
    private TimeSpan _interval;
    private TimeSpan _tolerance;
    private TimeSpan _fullAt;
    private readonly long _start;

    public RequestLimiter(RequestLimits limits, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        Apply(limits);
        _concurrency = NewConcurrency(limits);
    }

    /// <summary>Replaces the limits; requests under way or waiting keep the concurrency they began with.</summary>
    public void Set(RequestLimits limits)
    {
        lock (_lock)
        {
            Apply(limits);
            _concurrency = NewConcurrency(limits);
        }
    }

    /// <summary>Waits for a turn. The lease gives the place among the concurrent requests back.</summary>
    public async ValueTask<RateLimitLease> AcquireAsync(CancellationToken cancellationToken)
    {
        var lease = await _concurrency.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        try
        {
            var wait = Reserve();
            if (wait > TimeSpan.Zero)
            {
                try
                {
                    await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    GiveBack();
                    throw;
                }
            }

            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public void Dispose() => _concurrency.Dispose();

    private TimeSpan Reserve()
    {
        lock (_lock)
        {
            var now = _time.GetElapsedTime(_start);
            _fullAt = (_fullAt > now ? _fullAt : now) + _interval;
            return _fullAt - now - _tolerance;
        }
    }

    private void GiveBack()
    {
        lock (_lock)
            _fullAt -= _interval;
    }

    private void Apply(RequestLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limits.RequestsPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Burst, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Concurrent, 1);
        var interval = TimeSpan.FromSeconds(1 / limits.RequestsPerSecond);

        // What was taken is kept as requests, not as time.
        var now = _time.GetElapsedTime(_start);
        _fullAt = _fullAt > now ? now + (interval * ((_fullAt - now) / _interval)) : now;
        _interval = interval;
        _tolerance = _interval * limits.Burst;
    }

    private static ConcurrencyLimiter NewConcurrency(RequestLimits limits) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.Concurrent,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
