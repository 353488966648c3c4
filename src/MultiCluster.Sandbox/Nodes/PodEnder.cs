using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Nodes;

/// <summary>Ends pods that are being deleted, as the kubelets of their nodes do. It works whether controllers do or not. Safe for concurrent use.</summary>
internal sealed class PodEnder : IDisposable
{
    // How often a kubelet that cannot act is looked at again.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly ClusterStore _store;
    private readonly Deletion _deletion;
    private readonly PodTimes _times;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ending> _endings = [];
    private bool _disposed;

    public PodEnder(ClusterStore store, Deletion deletion, PodTimes times)
    {
        (_store, _deletion, _times) = (store, deletion, times);
        deletion.PodMarked += Terminate;
    }

    /// <summary>Ends a pod that is being deleted when its time has come; a second deletion can bring that nearer.</summary>
    public void Terminate(StoredObject pod)
    {
        var json = pod.ToJson();
        var grace = json["metadata"]!["deletionGracePeriodSeconds"].AsLong() ?? 0;
        if (_times.TerminationOf(json) is not { } wanted) return;
        var wait = TimeSpan.FromSeconds(Math.Min(wanted.TotalSeconds, grace));
        lock (_lock)
        {
            if (_disposed) return;
            var due = _store.Time.GetUtcNow() + wait;
            if (_endings.TryGetValue(pod.Uid, out var ending))
            {
                if (due >= ending.Due) return;
                ending.Timer.Dispose();
            }
            _endings[pod.Uid] = Schedule(pod, due, wait);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var ending in _endings.Values) ending.Timer.Dispose();
            _endings.Clear();
        }
    }

    // Under the lock; with a clock of a test's own, a timer that is due may fire before it is returned, and then waits for the lock.
    private Ending Schedule(StoredObject pod, DateTimeOffset due, TimeSpan wait) =>
        new(due, _store.Time.CreateTimer(_ => End(pod, due), null, wait, Timeout.InfiniteTimeSpan));

    private void End(StoredObject pod, DateTimeOffset due)
    {
        lock (_lock)
        {
            if (_disposed || !_endings.TryGetValue(pod.Uid, out var ending) || ending.Due != due) return;
            ending.Timer.Dispose();
            _endings.Remove(pod.Uid);
            if (!IsAlive(pod))
            {
                var again = _store.Time.GetUtcNow() + Retry;
                _endings[pod.Uid] = Schedule(pod, again, Retry);
                return;
            }
        }
        try
        {
            _deletion.Run(pod.Kind, pod.Namespace, pod.Name, DeleteOptions.Now(pod.Uid));
        }
        catch (StatusError)
        {
            // It is gone, or another pod of its name is there.
        }
    }

    /// <summary>True when the pod's node is there and has not fallen silent.</summary>
    private bool IsAlive(StoredObject pod)
    {
        var node = pod.ToJson()["spec"]?["nodeName"]?.ToString() ?? "";
        if (_store.Find("nodes", null, node) is not { } found) return false;
        var ready = (found.ToJson()["status"]?["conditions"] as JsonArray)?.FirstOrDefault(c => c!["type"]?.ToString() == "Ready");
        return ready?["status"]?.ToString() != "Unknown";
    }

    private sealed record Ending(DateTimeOffset Due, ITimer Timer);
}
