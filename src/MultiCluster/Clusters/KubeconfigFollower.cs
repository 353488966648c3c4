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
    private KubeconfigSnapshot? _seen;

    /// <summary>Follows what is selected now; nothing when nothing is.</summary>
    public void Follow()
    {
        lock (_gate)
        {
            if (pool.Selected.Count == 0)
            {
                Stop();
                return;
            }

            _seen = pool.LoadSelected();
            if (_watcher is null)
            {
                _watcher = new KubeconfigWatcher(time);
                _ = FollowAsync(_watcher);
            }

            _watcher.Watch(_seen);
        }
    }

    public void Dispose()
    {
        lock (_gate)
            Stop();
    }

    private void Stop()
    {
        _watcher?.Dispose();
        _watcher = null;
        _seen = null;
    }

    private async Task FollowAsync(KubeconfigWatcher watcher)
    {
        await foreach (var _ in watcher.ReadChangesAsync().ConfigureAwait(false))
            await ApplyAsync(watcher).ConfigureAwait(false);
    }

    private async Task ApplyAsync(KubeconfigWatcher watcher)
    {
        IReadOnlyList<KubeconfigChange> changes;
        lock (_gate)
        {
            if (_seen is null || _watcher != watcher)
                return;
            var now = pool.LoadSelected();
            changes = KubeconfigChange.Between(_seen, now, pool.Selected.Select(cluster => cluster.Identity));
            if (changes.All(static change => change.Kind != KubeconfigChangeKind.Unreadable))
                _seen = now;
            watcher.Watch(now);
        }

        foreach (var change in changes)
        {
            var cluster = pool.Selected.FirstOrDefault(cluster => cluster.Identity == change.Identity);
            if (cluster?.Connection is not { } connection)
                continue;
            if (change is { Kind: KubeconfigChangeKind.Changed, Context: { } context })
            {
                await connection.ReplaceContextAsync(context).ConfigureAwait(false);
                pool.Raise(ClusterEventKind.KubeconfigChanged, change.Identity, "Its kubeconfig changed; the connection is made anew", null);
            }
            else if (change.Kind == KubeconfigChangeKind.Gone)
            {
                await pool.DisconnectAsync([cluster]).ConfigureAwait(false);
                pool.Raise(ClusterEventKind.KubeconfigGone, change.Identity, "Its context is gone from the kubeconfig; it was deselected", null);
            }
        }
    }
}
