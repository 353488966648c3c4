using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Watches;

/// <summary>One running watch: the state if it is wanted, then what is written, bookmarks between, until its time is up.</summary>
internal sealed class WatchStream(
    SimulatedRequest request, ResourceKind kind, WatchOptions options, WriteCursor writes, WatchEncoder encoder, LineWriter lines)
{
    // cacher: "right before the watcher timeout".
    private static readonly TimeSpan BeforeEnd = TimeSpan.FromSeconds(2);

    // How often a streaming list looks whether the version asked for is reached, which another kind's write may be.
    private static readonly TimeSpan StateEndCheck = TimeSpan.FromSeconds(1);

    private readonly ClusterStore _store = request.Store;
    private readonly TimeProvider _time = request.Time;
    private readonly StoredWrite[] _batch = new StoredWrite[64];
    private readonly long _from = writes.Version;
    private long _start;
    private volatile bool _bookmarkDue;
    private bool _lastScheduled;
    private bool _owesStateEnd = options.StateEnd is not null;

    public async Task RunAsync(StoredObject[] state)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, request.Aborted, request.Ended);
        _start = _time.GetTimestamp();
        await using var timer = _time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            await SendStateAsync(state, stop.Token);
            ScheduleBookmark(timer);
            while (await SendNewsAsync(timer, stop.Token)) await writes.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            // Its time is up: the stream ends as it should.
        }
    }

    private async Task SendStateAsync(StoredObject[] state, CancellationToken stop)
    {
        foreach (var item in state)
        {
            if (options.Selection.Matches(item)) encoder.Write(lines, WatchEncoder.Added, item.As(kind));
            if (lines.IsFull) await lines.FlushAsync(stop);
        }
    }

    /// <summary>Sends everything there is; false when the watch ends with it.</summary>
    private async Task<bool> SendNewsAsync(ITimer timer, CancellationToken stop)
    {
        while (true)
        {
            var read = writes.Read(_batch, out var count);
            if (read == CursorState.Overrun) return false;
            for (var i = 0; i < count; i++)
            {
                Write(_batch[i]);
                if (lines.IsFull) await lines.FlushAsync(stop);
            }
            WriteBookmark(timer);
            if (count == _batch.Length) continue;
            await lines.FlushAsync(stop);
            if (read == CursorState.Closed) return false;
            if (count == 0) return true;
        }
    }

    // cacheWatcher.convertToWatchEvent: what an event is depends on whether the object was and is selected.
    private void Write(StoredWrite written)
    {
        if (written.Version <= _from) return; // The client claims to know the future.
        var was = written.Previous is { } previous && options.Selection.Matches(previous);
        if (written.Current is { } current && options.Selection.Matches(current))
            encoder.Write(lines, was ? WatchEncoder.Modified : WatchEncoder.Added, current.As(kind));
        else if (was)
            encoder.Write(lines, WatchEncoder.Deleted, written.Last.As(kind));
    }

    private void WriteBookmark(ITimer timer)
    {
        if (!options.Bookmarks) return;
        if (_owesStateEnd && _store.VersionSeen(writes) is var reached && reached >= options.StateEnd)
        {
            _owesStateEnd = false;
            encoder.WriteBookmark(lines, reached, endsState: true);
            ScheduleBookmark(timer);
        }
        else if (_bookmarkDue)
        {
            // Where nothing has been written, there is nothing to tell (cacheWatcher.process).
            if (!_owesStateEnd && _store.VersionSeen(writes) is var seen && seen > _from) encoder.WriteBookmark(lines, seen, endsState: false);
            ScheduleBookmark(timer);
        }
    }

    // cacheWatcher.nextBookmarkTime
    private void ScheduleBookmark(ITimer timer)
    {
        if (!options.Bookmarks) return;
        _bookmarkDue = false;
        var wait = _owesStateEnd ? StateEndCheck : _store.Watches.BookmarkInterval;
        var last = options.Timeout - _time.GetElapsedTime(_start) - BeforeEnd;
        if (last < wait)
        {
            wait = last > TimeSpan.Zero && !_lastScheduled ? last : Timeout.InfiniteTimeSpan;
            _lastScheduled = true;
        }
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        _bookmarkDue = true;
        writes.Wake();
    }
}
