using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Nodes;

/// <summary>The drain of one node: running, or one of the last that have ended. It shows how things are when it is read.</summary>
[Views(
    Table = "ClusterName Id Node State PodsGone Elapsed WaitsFor",
    List = "Id ClusterName ClusterId Node State PodsGone Pods WaitsFor StartedAt Elapsed Result",
    Wrap = true)]
public sealed class KubeDrain
{
    private readonly Lock _gate = new();
    private readonly ClusterIdentity _cluster;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private readonly CancellationTokenSource _stop;
    private KubeDrainResult? _result;
    private DrainState _state;
    private string? _stopReason;

    internal KubeDrain(int id, ClusterConnection connection, string node, CancellationToken cancellationToken)
    {
        Id = id;
        Node = node;
        _cluster = connection.Identity;
        _time = connection.Time;
        _started = _time.GetUtcNow();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, connection.Disconnected);
        Stopped = _stop.Token;
        Disconnected = connection.Disconnected;
    }

    /// <summary>Its number in the session, from 1.</summary>
    [Column(Width = 3)]
    public int Id { get; }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public string ClusterId => _cluster.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _cluster.ClusterName;

    /// <summary>The node.</summary>
    [Column(Width = 14)]
    public string Node { get; }

    /// <summary>Where it stands.</summary>
    [Column(Width = 9, Toned = true)]
    public DrainState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>When it began, in local time.</summary>
    public DateTime StartedAt => TimeZoneInfo.ConvertTime(_started, _time.LocalTimeZone).DateTime;

    /// <summary>How long it has been running, or took.</summary>
    [Column("s", Width = 5, Path = nameof(TimeSpan.TotalSeconds), Format = "{0:0}")]
    [ListItem]
    public TimeSpan Elapsed => Result?.Elapsed ?? _time.GetUtcNow() - _started;

    /// <summary>Pods that have gone.</summary>
    [Column("Gone", Width = 8, Script = "'{0} of {1}' -f $_.PodsGone, $_.Pods")]
    [ListItem]
    public int PodsGone { get; private set; }

    /// <summary>Pods that are to go, those that have gone included.</summary>
    public int Pods { get; private set; }

    /// <summary>What it waits for, in words; null when it waits for nothing that is known.</summary>
    [Column("WaitsFor or reason", Script = "if ($_.WaitsFor) { $cells.WaitsFor } else { $cells.'Result.Reason' }")]
    [ListItem]
    public string? WaitsFor { get; private set; }

    /// <summary>What came of it; null while it runs.</summary>
    public KubeDrainResult? Result
    {
        get
        {
            lock (_gate)
                return _result;
        }
    }

    /// <summary>True while it runs.</summary>
    public bool IsRunning => Result is null;

    /// <summary>Cancelled when it is to stop.</summary>
    internal CancellationToken Stopped { get; }

    /// <summary>Cancelled when its cluster is deselected.</summary>
    internal CancellationToken Disconnected { get; }

    /// <summary>Why it was stopped.</summary>
    internal string StopReason
    {
        get
        {
            lock (_gate)
                return _stopReason ?? (Disconnected.IsCancellationRequested ? DrainFaults.DisconnectedReason : "It was stopped.");
        }
    }

    /// <summary>Stops it: no pod is asked to go any more, and its result says what is left and whether the node stays cordoned.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    public void Stop(string reason = "It was stopped by Stop-KubeDrain.")
    {
        lock (_gate)
        {
            if (_result is not null)
                return;
            _stopReason ??= reason;
        }

        try
        {
            _ = _stop.CancelAsync(); // what it wakes need not be waited for here
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}/{Node}: {State}");

    internal void Update(DrainState state, int gone, int pods, string? waitsFor)
    {
        lock (_gate)
        {
            _state = state;
            PodsGone = gone;
            Pods = pods;
            WaitsFor = TerminalText.VisibleOrNull(waitsFor);
        }
    }

    internal void End(KubeDrainResult result)
    {
        lock (_gate)
        {
            _result = result;
            _state = result.State;
            WaitsFor = null;
        }

        _stop.Dispose();
    }
}
