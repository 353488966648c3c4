using MultiCluster.Api.Watches;

namespace MultiCluster.Clusters;

/// <summary>A list-watch over a cluster's connection, whose batches are handed to whoever wants them: the one wiring of a watch.</summary>
internal sealed class ClusterWatch(ClusterConnection connection, WatchTarget target)
{
    private WatchMachine? _machine;

    /// <summary>The clock; the cluster's own by default.</summary>
    public TimeProvider Time { get; init; } = connection.Time;

    /// <summary>Numbers in [0, 1) for pauses; the cluster's own by default.</summary>
    public Func<double> Random { get; init; } = connection.Random;

    /// <summary>Gives the right to get ready; nothing is waited for by default.</summary>
    public Func<CancellationToken, ValueTask<IDisposable?>> Turn { get; init; } = static _ => default;

    /// <summary>True when the cluster serves the kind since a moment ago: its objects are all new.</summary>
    public bool KindAppeared { get; init; }

    /// <summary>True to keep the last version of each object, for what it was before.</summary>
    public bool KeepsObjects { get; init; }

    /// <summary>True once the objects that there are have been listed.</summary>
    public bool WasListed => _machine?.WasListed is true;

    /// <summary>Watches until it is cancelled, or cannot go on; returns why.</summary>
    /// <param name="take">Takes what the watch says, one batch after the other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<WatchStep.End> RunAsync(Func<WatchBatch, ValueTask> take, CancellationToken cancellationToken)
    {
        _machine = new WatchMachine(new WatchMachineOptions
        {
            Time = Time,
            Random = Random,
            StreamsLists = connection.StreamingLists.AreServed(target.Kind, connection.Version),
            KindAppeared = KindAppeared,
            KeepsObjects = KeepsObjects,
        });
        var watch = new ObjectWatch(target, _machine, connection.EnterWatch, Turn, () => connection.Recovery.Next, Time);
        await using var _ = watch.ConfigureAwait(false);
        await foreach (var batch in watch.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            await take(batch).ConfigureAwait(false);
            if (_machine.RefusedStreamingList)
                connection.StreamingLists.Refuse(target.Kind);
        }

        return watch.Ended!;
    }
}
