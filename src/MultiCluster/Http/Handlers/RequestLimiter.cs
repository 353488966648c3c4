using System.Threading.RateLimiting;

namespace MultiCluster.Http;

/// <summary>
/// One cluster's rate and concurrency. Evictions have a rate of their own, so that a drain neither waits for what else is asked nor
/// keeps it waiting, unless the user has set the cluster's rate: then all requests share it.
/// </summary>
internal sealed class RequestLimiter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private ConcurrencyLimiter _concurrency;
    private TokenBucket _requests;
    private TokenBucket _evictions;
    private bool _evictionsApart;
    private bool _yields;
    private volatile bool _isShared;
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

    /// <summary>The server shares out its time itself.</summary>
    public void ServerShares() => _isShared = true;

    /// <summary>Waits for a turn. The lease gives the place among the concurrent requests back.</summary>
    /// <param name="isEviction">True for a request that counts with the evictions.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<RateLimitLease> AcquireAsync(bool isEviction, CancellationToken cancellationToken)
    {
        var lease = await _concurrency.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        try
        {
            var wait = Reserve(isEviction, out var apart);
            if (wait > TimeSpan.Zero)
            {
                try
                {
                    await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    GiveBack(apart);
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

    private TimeSpan Reserve(bool isEviction, out bool apart)
    {
        lock (_lock)
        {
            apart = isEviction && _evictionsApart;
            if (_yields && _isShared)
                return TimeSpan.Zero;
            var now = _time.GetElapsedTime(_start);
            return apart ? _evictions.Reserve(now) : _requests.Reserve(now);
        }
    }

    private void GiveBack(bool apart)
    {
        lock (_lock)
        {
            if (apart)
                _evictions.GiveBack();
            else
                _requests.GiveBack();
        }
    }

    private void Apply(RequestLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Concurrent, 1);
        var now = _time.GetElapsedTime(_start);
        _requests.Set(limits.RequestsPerSecond, limits.Burst, now);
        _evictionsApart = limits.EvictionsPerSecond is not null;
        _yields = limits.YieldsToServer;
        if (limits.EvictionsPerSecond is { } evictions)
            _evictions.Set(evictions, Math.Max(1, (int)evictions), now);
    }

    private static ConcurrencyLimiter NewConcurrency(RequestLimits limits) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.Concurrent,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
