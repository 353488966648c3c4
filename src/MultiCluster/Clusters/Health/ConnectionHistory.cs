using System.Globalization;
using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Clusters;

/// <summary>A change of a connection's state.</summary>
/// <param name="Timestamp">When, in local time.</param>
/// <param name="State">The new state.</param>
/// <param name="Fault">Why, when it got worse.</param>
[Views(Wrap = true)]
public sealed record ConnectionChange(
    [property: Column(Width = 19, Format = "{0:yyyy-MM-dd HH:mm:ss}")]
    [property: ListItem(Format = "{0:yyyy-MM-dd HH:mm:ss.fff}")]
    DateTime Timestamp,
    [property: Column(Width = 22, Toned = true)]
    ClusterState State,
    [property: Column]
    Fault? Fault)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Timestamp:s} {State}");
}

/// <summary>The last changes of one connection's state.</summary>
internal sealed class ConnectionHistory(TimeProvider time)
{
    private const int Kept = 20;

    private readonly Lock _gate = new();
    private readonly Queue<ConnectionChange> _changes = new();

    public IReadOnlyList<ConnectionChange> Changes
    {
        get
        {
            lock (_gate)
                return new JoinedList<ConnectionChange>([.. _changes]);
        }
    }

    public void Add(ClusterState state, Fault? fault)
    {
        lock (_gate)
        {
            if (_changes.LastOrDefault()?.State == state)
                return;
            _changes.Enqueue(new ConnectionChange(time.GetLocalNow().DateTime, state, fault));
            if (_changes.Count > Kept)
                _changes.Dequeue();
        }
    }
}
