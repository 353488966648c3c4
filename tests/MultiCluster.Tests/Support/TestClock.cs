using Microsoft.Extensions.Time.Testing;

namespace MultiCluster.Tests.Support;

/// <summary>A clock that stands still until it is advanced, and tells how many timers wait on it.</summary>
/// <param name="start">What it shows at first; certificates made for a test are valid from the real clock's time on.</param>
public sealed class TestClock(DateTimeOffset? start = null) : FakeTimeProvider(start ?? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _gate = new();
    private readonly HashSet<CountedTimer> _waiting = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];

    /// <summary>Timers that have yet to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, callback);
        timer.Inner = base.CreateTimer(_ => timer.Fire(state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once so many timers wait.</summary>
    public Task WhenTimersAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting.Count >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    private void Count(CountedTimer timer, bool waits)
    {
        lock (_gate)
        {
            if (!waits)
            {
                _waiting.Remove(timer);
                return;
            }

            _waiting.Add(timer);
            foreach (var (count, reached) in _waiters)
            {
                if (_waiting.Count >= count)
                    reached.TrySetResult();
            }
        }
    }

    private sealed class CountedTimer(TestClock owner, TimerCallback callback) : ITimer
    {
        private readonly Lock _gate = new();
        private bool _repeats;
        private bool _fired;

        public ITimer Inner { get; set; } = null!;

        public void Fire(object? state)
        {
            lock (_gate)
            {
                _fired = true;
                if (!_repeats)
                    owner.Count(this, waits: false);
            }

            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _repeats = period > TimeSpan.Zero;
                _fired = false;
                var changed = Inner.Change(dueTime, period);
                // Counted once it is set, so that who waits for the count can advance the clock; one that is due now has fired already.
                owner.Count(this, waits: dueTime != Timeout.InfiniteTimeSpan && (_repeats || !_fired));
                return changed;
            }
        }

        public void Dispose()
        {
            owner.Count(this, waits: false);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
