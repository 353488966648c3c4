using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>
/// Watches the files and folders of a snapshot and tells, once they have been quiet for the debounce time, which files changed.
/// Nothing runs before <see cref="Watch"/> and nothing is left after <see cref="Dispose"/>.
/// </summary>
internal sealed class KubeconfigWatcher : IDisposable
{
    /// <summary>How long the files must be quiet.</summary>
    public static readonly TimeSpan DefaultDebounce = TimeSpan.FromMilliseconds(500);

    /// <summary>Files that never become quiet are told of after this many debounce times.</summary>
    private const int MaxPostponed = 10;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _debounce;
    private readonly ITimer _timer;
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private WatchedPaths _watched = WatchedPaths.None;
    private readonly HashSet<string> _changing = new(FileLabel.Comparer);
    private HashSet<string> _quiet = new(FileLabel.Comparer);
    private long _firstChange;
    private bool _disposed;

    /// <summary>A watcher of nothing yet.</summary>
    public KubeconfigWatcher(TimeProvider? time = null, TimeSpan? debounce = null)
    {
        _time = time ?? TimeProvider.System;
        _debounce = debounce ?? DefaultDebounce;
        _timer = _time.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches what <paramref name="snapshot"/> was read from, in place of what was watched before.</summary>
    /// <returns>The folders that cannot be watched, for instance because the system's limit is reached.</returns>
    public IReadOnlyList<string> Watch(KubeconfigSnapshot snapshot)
    {
        var watched = WatchedPaths.Of(snapshot);
        var failed = new List<string>();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _watched = watched;
            foreach (var gone in _watchers.Where(w => !watched.Folders.Contains(w.Path)).ToArray())
            {
                _watchers.Remove(gone);
                gone.Dispose();
            }

            foreach (var folder in watched.Folders.Where(f => _watchers.TrueForAll(w => !FileLabel.Comparer.Equals(w.Path, f))))
            {
                if (TryStart(folder) is { } watcher) _watchers.Add(watcher);
                else failed.Add(folder);
            }
        }

        return failed;
    }

    /// <summary>The changes as they come: each time the full paths that changed since the last. Ends when the watcher is disposed.</summary>
    public async IAsyncEnumerable<IReadOnlyCollection<string>> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            HashSet<string> changed;
            lock (_gate)
            {
                changed = _quiet;
                _quiet = new HashSet<string>(FileLabel.Comparer);
            }

            if (changed.Count > 0) yield return changed;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            foreach (var watcher in _watchers) watcher.Dispose();
            _watchers.Clear();
        }

        _timer.Dispose();
        _signal.Writer.TryComplete();
    }

    /// <summary>Takes note of a change at <paramref name="path"/>, if anybody asked for it.</summary>
    internal void Notice(string path)
    {
        lock (_gate)
        {
            if (!_disposed) Postpone(_watched.ChangedBy(path));
        }
    }

    private void Postpone(IReadOnlyCollection<string> paths)
    {
        if (paths.Count == 0) return;
        if (_changing.Count == 0) _firstChange = _time.GetTimestamp();
        _changing.UnionWith(paths);
        var left = (_debounce * MaxPostponed) - _time.GetElapsedTime(_firstChange);
        _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left < _debounce ? left : _debounce, Timeout.InfiniteTimeSpan);
    }

    private void Signal()
    {
        lock (_gate)
        {
            _quiet.UnionWith(_changing);
            _changing.Clear();
        }

        _signal.Writer.TryWrite(true);
    }

    private FileSystemWatcher? TryStart(string folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, e) => Notice(e.FullPath);
            watcher.Created += (_, e) => Notice(e.FullPath);
            watcher.Deleted += (_, e) => Notice(e.FullPath);
            watcher.Renamed += (_, e) =>
            {
                Notice(e.OldFullPath);
                Notice(e.FullPath);
            };
            watcher.Error += (_, _) => Restart(folder);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            return null;
        }
    }

    /// <summary>Events were lost, or the folder went: whatever is in it may have changed.</summary>
    private void Restart(string folder)
    {
        lock (_gate)
        {
            if (_disposed) return;
            foreach (var broken in _watchers.Where(w => w.Path == folder).ToArray())
            {
                _watchers.Remove(broken);
                broken.Dispose();
            }

            if (TryStart(folder) is { } watcher) _watchers.Add(watcher);
            Postpone(_watched.In(folder));
        }
    }
}
