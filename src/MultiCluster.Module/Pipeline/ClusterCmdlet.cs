using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that asks clusters: which ones, how many at once, how patiently.</summary>
public abstract class ClusterCmdlet : KubeCmdlet
{
    private int _asked;
    private int _failed;

    private protected ClusterCmdlet()
    {
    }

    /// <summary>Narrows the selected clusters: names or ids, with wildcards, or cluster objects. All selected ones when left out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public object[]? Cluster { get; set; }

    /// <summary>The exact ids of the clusters to ask; an object piped in is looked up in its own cluster.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? ClusterId { get; set; }

    /// <summary>Clusters asked at once; 32 by default.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>
    /// Seconds that a cluster may stay silent: to connect, to the first byte, between bytes; 30 by default.
    /// A whole request never takes more than ten times that.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Seconds for the whole call; no bound by default. What arrived is kept, and clusters that are late are Timeout errors.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int DeadlineSec { get; set; }

    /// <summary>Ends with the terminating error <c>Kube.Incomplete</c> when any cluster failed.</summary>
    [Parameter]
    public SwitchParameter RequireAll { get; set; }

    /// <summary>How long a cluster may stay silent.</summary>
    private protected TimeSpan Patience => TimeSpan.FromSeconds(TimeoutSec);

    /// <summary>The connections that <c>-Cluster</c> and <c>-ClusterId</c> mean.</summary>
    /// <param name="cluster">As given: texts with wildcards, or cluster objects; null for all selected.</param>
    /// <param name="clusterId">As given: exact ids; null when none.</param>
    private protected abstract IReadOnlyList<ClusterConnection> Resolve(object[]? cluster, string[]? clusterId);

    /// <summary>Keeps the report of a call.</summary>
    private protected abstract void Keep(FanOutRun run);

    /// <summary>The connections that this input means.</summary>
    private protected IReadOnlyList<ClusterConnection> Targets() => Resolve(Cluster, ClusterId);

    /// <summary>Runs <paramref name="operation"/> on every cluster and writes the objects it brings.</summary>
    private protected void Ask<T>(
        IReadOnlyList<ClusterConnection> clusters, Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation) =>
        Ask<T>(clusters, operation, WriteOne);

    /// <summary>Runs <paramref name="operation"/> on every cluster; <paramref name="emit"/> takes each object and says whether more are wanted.</summary>
    private protected void Ask<T>(
        IReadOnlyList<ClusterConnection> clusters,
        Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation,
        Func<T, bool> emit)
    {
        var run = FanOutRun.Start(
            clusters,
            new FanOutOptions
            {
                ThrottleLimit = ThrottleLimit,
                Deadline = DeadlineSec > 0 ? TimeSpan.FromSeconds(DeadlineSec) : null,
                Command = CommandName,
                Time = Time,
            },
            operation);
        try
        {
            Drain(run, emit);
        }
        finally
        {
            _asked += run.Progress.Requested;
            _failed += run.Progress.Failed;
            Keep(run);
        }
    }

    /// <summary>Once, after the last input; an override calls this last.</summary>
    private protected override void End()
    {
        if (!RequireAll || _failed == 0)
            return;
        Terminate(
            new Fault
            {
                Phase = FaultPhase.Server,
                Reason = "Incomplete",
                Detail = $"{_failed} of {_asked} clusters failed, and -RequireAll asks for all",
                Advice = "The errors before this one say why. Get-KubeFanOut shows the report; its FailedClusters pipe into the command again.",
            },
            errorId: "Kube.Incomplete");
    }

    private bool WriteOne<T>(T value)
    {
        Sink.Object(value);
        return true;
    }
}
