using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.FanOut;

/// <summary>How one cluster took part in a call.</summary>
public enum FanOutOutcome
{
    /// <summary>Not started, or stopped before it ended: Ctrl+C, or enough objects had come.</summary>
    Skipped,

    /// <summary>It answered everything that was asked.</summary>
    Answered,

    /// <summary>It failed, wholly or in part.</summary>
    Failed,
}

/// <summary>One cluster's row in a report.</summary>
[Views(Wrap = true)]
public sealed record FanOutRow
{
    /// <summary>The cluster's id; binds to <c>-Cluster</c> by property name.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>How it took part.</summary>
    [Column(Width = 8, Toned = true)]
    public required FanOutOutcome Outcome { get; init; }

    /// <summary>Objects that came from it.</summary>
    [Column(Width = 7)]
    public long Objects { get; init; }

    /// <summary>Time from its start to its end.</summary>
    [Column("ms", Width = 8, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:#,0}")]
    [ListItem(Format = @"{0:hh\:mm\:ss\.fff}")]
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time from its start to its first object, or null when none came.</summary>
    [Column("First ms", Width = 8, Wide = true, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:#,0}")]
    public TimeSpan? FirstObject { get; init; }

    /// <summary>Its first fault, or null.</summary>
    [Column("Reason", Path = nameof(Fault.Detail), Last = true)]
    [ListItem(Last = true)]
    [ListItem("RecommendedAction", Path = nameof(Fault.Advice), Last = true)]
    public Fault? Fault { get; init; }

    /// <summary>The fault's phase, or null.</summary>
    [Column(Width = 14)]
    public FaultPhase? Phase => Fault?.Phase;

    /// <summary>What became of each part of a call that has such: a <c>KubeCommandResult</c> for each pod in which a command ran.</summary>
    [ListItem(Join = "\n")]
    public IReadOnlyList<object> Results { get; init => field = new JoinedList<object>([.. value]); } = [];

    internal ClusterIdentity? Identity { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Outcome}");

    /// <summary>The row of a call that went on with <paramref name="next"/>: its objects are the last part's, a fault of any part is its fault.</summary>
    internal FanOutRow Then(FanOutRow next) => next with
    {
        Outcome = Outcome == FanOutOutcome.Failed ? FanOutOutcome.Failed : next.Outcome,
        Elapsed = Elapsed + next.Elapsed,
        FirstObject = FirstObject ?? next.FirstObject,
        Fault = Fault ?? next.Fault,
        Results = [.. Results, .. next.Results],
    };
}

/// <summary>What became of a call: how many clusters were asked, answered, failed and skipped, with a row for each.</summary>
public sealed record FanOutReport
{
    /// <summary>Number of the call in its pool, from 1.</summary>
    [Column(Width = 4)]
    public required int Id { get; init; }

    /// <summary>The command.</summary>
    [Column(Width = 20)]
    public required string Command { get; init; }

    /// <summary>When it started, in local time.</summary>
    [Column("Started", Width = 8, Format = "{0:HH:mm:ss}")]
    [ListItem(Format = "{0:yyyy-MM-dd HH:mm:ss.fff}")]
    public required DateTime StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    [Column("s", Width = 8, Path = nameof(TimeSpan.TotalSeconds), Format = "{0:0.000}")]
    [ListItem(Format = @"{0:hh\:mm\:ss\.fff}")]
    public TimeSpan Elapsed { get; init; }

    /// <summary>Clusters asked.</summary>
    [Column(Width = 9, Wide = true)]
    public int Requested => Clusters.Count;

    /// <summary>Clusters that answered.</summary>
    [Column(Width = 8)]
    public int Answered => Clusters.Count(row => row.Outcome == FanOutOutcome.Answered);

    /// <summary>Clusters that failed, wholly or in part.</summary>
    [Column(Width = 6)]
    public int Failed => Clusters.Count(row => row.Outcome == FanOutOutcome.Failed);

    /// <summary>Clusters not asked to the end.</summary>
    [Column(Width = 7)]
    public int Skipped => Clusters.Count(row => row.Outcome == FanOutOutcome.Skipped);

    /// <summary>Objects in all.</summary>
    [Column(Width = 8)]
    public long Objects => Clusters.Sum(row => row.Objects);

    /// <summary>True when every cluster answered.</summary>
    [ListItem]
    public bool Complete => Answered == Requested;

    /// <summary>A row for each cluster, in the order they were asked.</summary>
    [ListItem(Path = nameof(FanOutRow.ClusterName), Join = ", ")]
    public required IReadOnlyList<FanOutRow> Clusters { get; init => field = new JoinedList<FanOutRow>([.. value]); }

    /// <summary>The rows of the clusters that failed; they pipe into any cmdlet's <c>-Cluster</c>.</summary>
    [ListItem(Path = "Fault.Message", Join = "\n")]
    public IReadOnlyList<FanOutRow> FailedClusters =>
        new JoinedList<FanOutRow>([.. Clusters.Where(static row => row.Outcome == FanOutOutcome.Failed)]);

    /// <summary>The report of a call that went on with <paramref name="next"/>, on all of its clusters or on some: found, then changed.</summary>
    internal FanOutReport Then(FanOutReport next)
    {
        var rows = next.Clusters.ToDictionary(static row => row.ClusterId, StringComparer.Ordinal);
        return this with
        {
            Elapsed = Elapsed + next.Elapsed,
            Clusters =
            [
                .. Clusters.Select(row => rows.Remove(row.ClusterId, out var later) ? row.Then(later) : row),
                .. next.Clusters.Where(row => rows.ContainsKey(row.ClusterId)),
            ],
        };
    }
}
