using MultiCluster.Http.Login;
using MultiCluster.Terminal;

namespace MultiCluster.Clusters;

/// <summary>One selected cluster's state and counters.</summary>
public sealed record ClusterDiagnostic
{
    /// <summary>The cluster's name.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The cluster's id.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>Where it stands.</summary>
    [Column(Width = 22, Toned = true)]
    public required ClusterState State { get; init; }

    /// <summary>The last changes of its state, oldest first.</summary>
    [ListItem(Last = true, Script = "$(foreach ($change in $_.History) { '{0:HH:mm:ss} {1} {2}' -f $change.Timestamp, $change.State, [MultiCluster.Module.Views.Cells]::Of[$change].Fault }) -join \"`n\"")]
    public required IReadOnlyList<ConnectionChange> History { get; init; }

    /// <summary>The login's state.</summary>
    [Column("Login", Width = 10, Wide = true)]
    public required AuthState AuthState { get; init; }

    /// <summary>Whole seconds until the next attempt at a refused login; 0 when none is needed.</summary>
    [ListItem]
    public int SecondsToRetry { get; init; }

    /// <summary>What is wrong with it, as a sentence, or null.</summary>
    [ListItem]
    public string? LastError { get; init; }

    /// <summary>Requests sent, retries included.</summary>
    [Column(Width = 8)]
    public long Requests { get; init; }

    /// <summary>Requests under way.</summary>
    [ListItem]
    public long InFlight { get; init; }

    /// <summary>Requests a second over the last minute.</summary>
    [Column("Per s", Width = 6, Wide = true, Format = "{0:0.0}")]
    [ListItem(Format = "{0:0.00}")]
    public double RequestsPerSecond { get; init; }

    /// <summary>Answers 200-299.</summary>
    [ListItem]
    public long Status2xx { get; init; }

    /// <summary>Answers 300-399.</summary>
    [ListItem]
    public long Status3xx { get; init; }

    /// <summary>Answers 400-499.</summary>
    [Column("4xx", Width = 4)]
    public long Status4xx { get; init; }

    /// <summary>Answers 500-599.</summary>
    [Column("5xx", Width = 4)]
    public long Status5xx { get; init; }

    /// <summary>Answers 429.</summary>
    [Column("429", Width = 4)]
    public long Throttled { get; init; }

    /// <summary>Requests sent again.</summary>
    [Column(Width = 7, Wide = true)]
    public long Retries { get; init; }

    /// <summary>Connections that failed.</summary>
    [ListItem]
    public long TransportErrors { get; init; }

    /// <summary>How often the connections were thrown away and made anew.</summary>
    [ListItem]
    public long TransportRebuilds { get; init; }

    /// <summary>Bytes received in bodies.</summary>
    [ListItem]
    public long BytesReceived { get; init; }

    /// <summary>Median time to an answer.</summary>
    [Column("P50 ms", Width = 6, Wide = true, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0}")]
    [ListItem("LatencyP50 (ms)", Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0.0}")]
    public TimeSpan? LatencyP50 { get; init; }

    /// <summary>Time to an answer that 95 % stay below.</summary>
    [Column("P95 ms", Width = 6, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0}")]
    [ListItem("LatencyP95 (ms)", Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0.0}")]
    public TimeSpan? LatencyP95 { get; init; }

    /// <summary>The counters of <paramref name="connection"/> as of now.</summary>
    internal static ClusterDiagnostic Of(ClusterConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var result = new ClusterDiagnostic
        {
            ClusterName = connection.Identity.ClusterName,
            ClusterId = connection.Identity.ClusterId,
            State = connection.State,
            History = connection.History,
            AuthState = connection.AuthState,
            SecondsToRetry = connection.SecondsToRetry,
            LastError = connection.LastFault?.Message,
        };
        return connection.Telemetry is not { } counters
            ? result
            : result with
            {
                Requests = counters.Requests,
                InFlight = counters.InFlight,
                RequestsPerSecond = counters.RequestsPerSecond,
                Status2xx = counters.Status2xx,
                Status3xx = counters.Status3xx,
                Status4xx = counters.Status4xx,
                Status5xx = counters.Status5xx,
                Throttled = counters.Throttled,
                Retries = counters.Retries,
                TransportErrors = counters.TransportErrors,
                TransportRebuilds = counters.Rebuilds,
                BytesReceived = counters.BytesReceived,
                LatencyP50 = counters.LatencyP50,
                LatencyP95 = counters.LatencyP95,
            };
    }
}
