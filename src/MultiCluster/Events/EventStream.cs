using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>Changes of Kubernetes events as the events themselves: new ones, and those that were seen again.</summary>
/// <param name="filter">Picks them out.</param>
/// <param name="wantsRecent">True to begin with those that there are and that are recent enough.</param>
/// <param name="call">The call.</param>
/// <param name="sink">Where they go.</param>
internal sealed class EventStream(EventFilter filter, bool wantsRecent, WatchCall call, FanOutSink sink) : IWatchConsumer
{
    private readonly Lock _gate = new();
    private List<KubeEvent> _recent = [];

    public bool WantsPrevious => false;

    public async ValueTask TakeAsync(IReadOnlyList<WatchChange> changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            // Servers delete events after an hour or so, which nobody wants to hear.
            if (change.Type == WatchEventType.Deleted || change.Object is not KubeEvent happened || !filter.Matches(happened))
                continue;
            if (!change.Initial)
                await WriteAsync(happened, cancellationToken).ConfigureAwait(false);
            else if (wantsRecent && filter.IsRecent(happened))
                Hold(happened);
        }
    }

    /// <summary>The list is in the order of names: only when it is complete can its events be put into that of time.</summary>
    public async ValueTask ListedAsync(CancellationToken cancellationToken)
    {
        List<KubeEvent> recent;
        lock (_gate)
        {
            recent = _recent;
            _recent = [];
        }

        foreach (var happened in recent.OrderBy(EventFilter.TimeOf))
            await WriteAsync(happened, cancellationToken).ConfigureAwait(false);
    }

    private void Hold(KubeEvent happened)
    {
        lock (_gate)
            _recent.Add(happened);
    }

    private ValueTask WriteAsync(KubeEvent happened, CancellationToken cancellationToken) =>
        call.Take(1) == 0 ? default : sink.WriteAsync<KubeEvent>([happened], EventFilter.TimeOf(happened), 1, cancellationToken);
}
