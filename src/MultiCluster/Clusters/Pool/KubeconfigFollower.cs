using MultiCluster.Kubeconfig;

namespace MultiCluster.Clusters;

/// <summary>
/// Keeps the selected clusters in step with their kubeconfigs: changed means a new connection, gone means deselected with a notice,
/// briefly unreadable means nothing, since editors write twice.
/// </summary>
internal sealed class KubeconfigFollower(ClusterPool pool, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private KubeconfigWatcher? _watcher;
    private bool _disposed;

    /// <summary>Follows what is selected now; nothing when nothing is.</summary>
    public void Follow()
    {
        lock (_gate)
        {
            if (_disposed || pool.Selected.Count == 0)
            {
                Stop();
                return;
            }

            if (_watcher is null)
            {
                _watcher = new KubeconfigWatcher(time);
                _ = FollowAsync(_watcher);
            }

            _watcher.Watch(pool.LoadSelected());
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Stop();
        }
    }

    private void Stop()
    {
        _watcher?.Dispose();
        _watcher = null;
    }

    private async Task FollowAsync(KubeconfigWatcher watcher)
    {
        await foreach (var _ in watcher.ReadChangesAsync().ConfigureAwait(false))
            await ApplyAsync(watcher).ConfigureAwait(false);
    }

    private async Task ApplyAsync(KubeconfigWatcher watcher)
    {
        var selected = pool.Selected;
        IReadOnlyList<KubeconfigChange> changes;
        lock (_gate)
        {
            if (_watcher != watcher)
                return;

            // Compared with what each connection is made of, so that no change is missed between two readings and none is taken twice.
            var before = new KubeconfigSnapshot { Contexts = [.. selected.Select(static cluster => cluster.Origin)] };
            var now = pool.LoadSelected();
            changes = KubeconfigChange.Between(before, now, selected.Select(static cluster => cluster.Identity));
            watcher.Watch(now);
        }

        foreach (var (cluster, change) in selected.Zip(changes))
        {
            if (cluster.Connection is not { } connection)
                continue;
            switch (change)
            {
                case { Kind: KubeconfigChangeKind.Changed, Context: { } context }:
                    await connection.ReplaceContextAsync(context).ConfigureAwait(false);
                    pool.Raise(ClusterEventKind.KubeconfigChanged, change.Identity, "Its kubeconfig changed; the connection is made anew", null);
                    break;
                case { Kind: KubeconfigChangeKind.Unchanged, Context: { } context }:
                    connection.TakeContext(context);
                    break;
                case { Kind: KubeconfigChangeKind.Gone }:
                    await pool.DisconnectAsync([cluster]).ConfigureAwait(false);
                    pool.Raise(ClusterEventKind.KubeconfigGone, change.Identity, "Its context is gone from the kubeconfig; it was deselected", null);
                    break;
            }
        }
    }
}
