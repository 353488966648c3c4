using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>
/// What controllers have to do: each thing once, however often it is asked for, one after the other. Whoever comes first works, so that with no
/// reaction time everything is done when the write that caused it returns. Safe for concurrent use.
/// </summary>
internal sealed class WorkQueue(TimeProvider time, Func<TimeSpan> reactionTime) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<(object Owner, string Key)> _order = [];
    private readonly Dictionary<(object Owner, string Key), Action> _work = [];
    private readonly Dictionary<(object Owner, string Key), ITimer> _later = [];
    private ITimer? _reaction;
    private bool _running;
    private bool _stopped;

    public void Add(object owner, string key, Action work)
    {
        lock (_lock)
        {
            if (_stopped) return;
            if (!_work.ContainsKey((owner, key))) _order.Enqueue((owner, key));
            _work[(owner, key)] = work;
        }
    }

    /// <summary>Adds something after a while; the latest call for it counts.</summary>
    public void AddAfter(object owner, string key, TimeSpan wait, Action work)
    {
        lock (_lock)
        {
            if (_stopped) return;
            if (_later.Remove((owner, key), out var earlier)) earlier.Dispose();
            _later[(owner, key)] = time.CreateTimer(_ => Due(owner, key, work), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Adds something after a while, unless it is to be added already.</summary>
    public void AddOnceAfter(object owner, string key, TimeSpan wait, Action work)
    {
        lock (_lock)
        {
            if (!_later.ContainsKey((owner, key))) AddAfter(owner, key, wait, work);
        }
    }

    /// <summary>Does what there is, now or after the reaction time.</summary>
    public void Run()
    {
        var wait = reactionTime();
        if (wait <= TimeSpan.Zero)
        {
            Drain();
            return;
        }
        lock (_lock)
        {
            if (_stopped || _order.Count == 0 || _reaction is not null) return;
            _reaction = time.CreateTimer(_ => React(), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            _reaction?.Dispose();
            foreach (var timer in _later.Values) timer.Dispose();
            _later.Clear();
            _order.Clear();
            _work.Clear();
        }
    }

    private void Due(object owner, string key, Action work)
    {
        lock (_lock)
        {
            if (_later.Remove((owner, key), out var timer)) timer.Dispose();
        }
        Add(owner, key, work);
        Run();
    }

    private void React()
    {
        lock (_lock)
        {
            _reaction?.Dispose();
            _reaction = null;
        }
        Drain();
    }

    private void Drain()
    {
        lock (_lock)
        {
            if (_running) return; // Who works already does this too.
            _running = true;
        }
        try
        {
            while (Next() is { } next) Do(next.Owner, next.Key, next.Work);
        }
        catch
        {
            lock (_lock) _running = false;
            throw;
        }
    }

    // Under one lock with the end of the work, so that nothing is added between.
    private (object Owner, string Key, Action Work)? Next()
    {
        lock (_lock)
        {
            if (_stopped || !_order.TryDequeue(out var next))
            {
                _running = false;
                return null;
            }
            _work.Remove(next, out var work);
            return (next.Owner, next.Key, work!);
        }
    }

    private void Do(object owner, string key, Action work)
    {
        try
        {
            work();
        }
        catch (StaleObjectException)
        {
            Add(owner, key, work);
        }
        catch (StatusError)
        {
            // Refused, as by a namespace that is being deleted, or gone meanwhile: the next write to it is the next occasion.
        }
    }
}
