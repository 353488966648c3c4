namespace MultiCluster.Overview.Live;

/// <summary>What the live table shows. Written by the clusters, read by the terminal.</summary>
/// <param name="clusters">The clusters: id, and the name that the table shows.</param>
internal sealed class LiveState(IEnumerable<(string Id, string Name)> clusters)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveRow> _rows = clusters.ToDictionary(
        static one => one.Id, static one => new LiveRow(one.Id, one.Name, null, default), StringComparer.Ordinal);

    private int _version;

    /// <summary>Grows with each change.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>By what the rows are sorted.</summary>
    public LiveOrder Order { get; private set; }

    /// <summary>The first row that is shown.</summary>
    public int Top { get; private set; }

    /// <summary>A cluster has said how it is.</summary>
    public void Take(KubeOverview row, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_rows.TryGetValue(row.ClusterId, out var known))
                _rows[row.ClusterId] = known with { Row = row, At = at };
        }

        Interlocked.Increment(ref _version);
    }

    /// <summary>The rows in their order.</summary>
    public IReadOnlyList<LiveRow> Rows()
    {
        LiveRow[] rows;
        lock (_gate)
            rows = [.. _rows.Values];
        var byName = rows.OrderBy(static row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static row => row.ClusterId, StringComparer.Ordinal);
        return Order switch
        {
            LiveOrder.Name => [.. byName],
            LiveOrder.Cpu => [.. byName.OrderByDescending(static row => row.Row?.CpuRequestPercent ?? -1)],
            LiveOrder.Memory => [.. byName.OrderByDescending(static row => row.Row?.MemoryRequestPercent ?? -1)],
            _ => [.. byName.OrderByDescending(static row => row.IsSilent).ThenByDescending(static row => row.Row?.Attention ?? -1)],
        };
    }

    /// <summary>The next order.</summary>
    public void NextOrder()
    {
        Order = (LiveOrder)(((int)Order + 1) % Enum.GetValues<LiveOrder>().Length);
        Top = 0;
    }

    /// <summary>Goes up or down.</summary>
    public void Scroll(int rows) => Top += rows;

    /// <summary>Keeps what is shown within the rows that there are.</summary>
    public void Fit(int all, int shown) => Top = Math.Clamp(Top, 0, Math.Max(0, all - shown));
}
