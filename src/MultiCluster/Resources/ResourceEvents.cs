using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>Changes as <see cref="KubeWatchEvent"/>s.</summary>
/// <param name="changesOnly">Leaves out what is there when the watch begins.</param>
/// <param name="call">The call.</param>
/// <param name="sink">Where they go.</param>
/// <param name="wanted">Picks objects out; null for all.</param>
internal sealed class ResourceEvents(bool changesOnly, WatchCall call, FanOutSink sink, Func<KubeObject, bool>? wanted = null) : IWatchConsumer
{
    /// <summary>What counts as one more event in a cluster's queue: 256 of them are 4 MiB.</summary>
    private const int BytesPerUnit = 16 * 1024;

    public bool WantsPrevious => true;

    public async ValueTask TakeAsync(IReadOnlyList<WatchChange> changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var events = new List<KubeWatchEvent>(changes.Count);
        foreach (var change in changes)
        {
            if ((!changesOnly || !change.Initial) && wanted?.Invoke(change.Object) != false)
                events.Add(new KubeWatchEvent(change.Type, change.Object, change.Previous, at));
        }

        var taken = call.Take(events.Count);
        events.RemoveRange(taken, events.Count - taken);
        var bytes = events.Sum(static happened => (long)happened.Object.Size + (happened.Previous?.Size ?? 0));
        await sink.WriteAsync(events, at, events.Count + (int)(bytes / BytesPerUnit), cancellationToken).ConfigureAwait(false);
    }
}
