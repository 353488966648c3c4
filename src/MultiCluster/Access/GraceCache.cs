using System.Collections.Concurrent;

namespace MultiCluster.Access;

/// <summary>
/// Answers that are good for some time, and in need for a little longer: one that has expired is used for its grace while a new one is
/// fetched, or while none can be had. However many ask at once, one asks the server.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">How long an answer is good.</param>
/// <param name="grace">How long it is used beyond that.</param>
internal sealed class GraceCache<TKey, TValue>(TimeProvider time, TimeSpan lifetime, TimeSpan grace)
    where TKey : notnull
    where TValue : class
{
    /// <summary>Answers kept; beyond it, those that nobody may use any more are forgotten.</summary>
    private const int Kept = 4096;

    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    /// <summary>The answer for a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fetch">Asks for it; goes on when the caller has given up, for the next one.</param>
    /// <param name="cancellationToken">Ends waiting for it.</param>
    public async ValueTask<TValue> GetAsync(TKey key, Func<Task<TValue>> fetch, CancellationToken cancellationToken)
    {
        if (_entries.Count > Kept)
            Forget();
        var entry = _entries.GetOrAdd(key, static _ => new Entry());
        var (kept, age) = entry.Read(time);
        if (kept is not null && age < lifetime)
            return kept;
        var fetching = entry.Fetch(fetch, time);
        return kept is not null && age < lifetime + grace ? kept : await fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Forget()
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Read(time) is ({ }, var age) && age >= lifetime + grace)
                _entries.TryRemove(key, out _);
        }
    }

    private sealed class Entry
    {
        private readonly Lock _gate = new();
        private TValue? _value;
        private long _at;
        private Task<TValue>? _fetching;

        public (TValue? Value, TimeSpan Age) Read(TimeProvider time)
        {
            lock (_gate)
                return (_value, _value is null ? TimeSpan.Zero : time.GetElapsedTime(_at));
        }

        public Task<TValue> Fetch(Func<Task<TValue>> fetch, TimeProvider time)
        {
            lock (_gate)
            {
                if (_fetching is { IsCompleted: false })
                    return _fetching;
                var fetching = FetchAsync(fetch, time);
                _ = fetching.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // nobody may be waiting for it
                return _fetching = fetching;
            }
        }

        private async Task<TValue> FetchAsync(Func<Task<TValue>> fetch, TimeProvider time)
        {
            var asked = time.GetTimestamp();
            var value = await fetch().ConfigureAwait(false);
            lock (_gate)
                (_value, _at) = (value, asked);
            return value;
        }
    }
}
