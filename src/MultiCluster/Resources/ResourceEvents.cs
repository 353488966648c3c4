using MultiCluster.Api.Watches;
using MultiCluster.FanOut;

namespace MultiCluster.Resources;

/// <summary>Changes as <see cref="KubeWatchEvent"/>s.</summary>
internal sealed class ResourceEvents(bool changesOnly, WatchCall call, FanOutSink sink) : IWatchConsumer
{
    /// <summary>What counts as one more event in a cluster's queue: 256 of them are 4 MiB.</summary>
    private const int BytesPerUnit = 16 * 1024;

    public bool WantsPrevious => true;

    public async ValueTask TakeAsync(IReadOnlyList<WatchChange> changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var events = new List<KubeWatchEvent>(changes.Count);
        foreach (var change in changes)
        {
            if (!changesOnly || !change.Initial)
                events.Add(new KubeWatchEvent(change.Type, change.Object, change.Previous, at));
        }

        var taken = call.Take(events.Count);
        events.RemoveRange(taken, events.Count - taken);
        var bytes = events.Sum(static happened => (long)happened.Object.Size + (happened.Previous?.Size ?? 0));
        await sink.WriteAsync(events, at, events.Count + (int)(bytes / BytesPerUnit), cancellationToken).ConfigureAwait(false);
    }
}
