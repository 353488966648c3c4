using System.Globalization;
using System.Management.Automation;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Module.Completion;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that asks clusters: which ones, and how many at once.</summary>
public abstract class ClusterCmdlet : SessionCmdlet
{
    private readonly List<object> _given = [];
    private int _asked;
    private int _failed;
    private bool _traced;

    private protected ClusterCmdlet()
    {
    }

    /// <summary>Narrows the selected clusters: names or ids, with wildcards, or cluster objects. All selected ones when left out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[]? Cluster { get; set; }

    /// <summary>The exact ids of the clusters to ask; an object piped in is looked up in its own cluster.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? ClusterId { get; set; }

    /// <summary>Clusters asked at once; 32 by default.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Ends with the terminating error <c>Kube.Incomplete</c> when any cluster failed.</summary>
    [Parameter]
    public SwitchParameter RequireAll { get; set; }

    /// <summary>How long a cluster may stay silent.</summary>
    private protected virtual CallTimeouts Timeouts => CallTimeouts.Default;

    /// <summary>Bound on the whole call, or null.</summary>
    private protected virtual TimeSpan? Deadline => null;

    /// <summary>How the call is spread over its clusters.</summary>
    private protected virtual FanOutOptions Options => new() { ThrottleLimit = ThrottleLimit, Deadline = Deadline, Command = MyInvocation.MyCommand.Name, Time = Time };

    /// <summary>The clusters that were named; all selected ones when none was. An empty input names none, and asks none.</summary>
    private protected IReadOnlyList<KubeCluster> Targets()
    {
        if (_given.Count == 0 && MyInvocation.ExpectingInput)
            return [];
        var targets = ClusterTargets.Resolve(Session.Pool, _given);
        foreach (var refusal in targets.Refusals)
            Fail(refusal.Fault, refusal.Target);
        _asked += targets.Refusals.Count;
        _failed += targets.Refusals.Count;
        return targets.Clusters;
    }

    /// <summary>How each request to <paramref name="cluster"/> is made: its timeouts, and a Verbose and a Debug line where these are shown.</summary>
    private protected virtual CallContext CallOf(KubeCluster cluster) => new()
    {
        Timeouts = Timeouts,
        Observer = _traced ? trace => Tell(cluster.ClusterName, trace) : null,
        Say = text => Post(NoticeLevel.Verbose, $"{cluster.ClusterName}: {text}"),
    };

    /// <summary>Runs <paramref name="operation"/> on every cluster; <paramref name="emit"/> takes each object and says whether more are wanted, <paramref name="progress"/> where the call stands.</summary>
    private protected void Ask<T>(
        IReadOnlyList<KubeCluster> clusters,
        Func<KubeCluster, FanOutSink, CancellationToken, Task> operation,
        Func<T, bool>? emit = null,
        StreamView? stream = null,
        Func<ProgressState?>? progress = null)
    {
        if (clusters.Count == 0)
            return; // the errors have said why
        var run = FanOutRun.Start(Connections(clusters), Options, OnConnection(clusters, operation));
        try
        {
            Drain(run, emit ?? WriteOne, stream, progress);
        }
        finally
        {
            _asked += run.Progress.Requested;
            _failed += run.Progress.Failed;
            Session.Log.Add(run);
        }
    }

    /// <summary>The clusters' connections.</summary>
    private protected static IReadOnlyList<ClusterConnection> Connections(IReadOnlyList<KubeCluster> clusters) =>
        [.. clusters.Select(static cluster => cluster.Connection!)];

    /// <summary>An operation on clusters as one on their connections.</summary>
    private protected static Func<ClusterConnection, FanOutSink, CancellationToken, Task> OnConnection(
        IReadOnlyList<KubeCluster> clusters, Func<KubeCluster, FanOutSink, CancellationToken, Task> operation)
    {
        var byConnection = clusters.ToDictionary(static cluster => cluster.Connection!);
        return (connection, sink, cancellationToken) => operation(byConnection[connection], sink, cancellationToken);
    }

    private protected override void Begin()
    {
        _traced = Shows("Verbose") || Shows("Debug");
        _given.AddRange(TargetValues.Of(Cluster ?? []));
    }

    private protected override void Process() => _given.AddRange((ClusterId ?? []).Select(static id => new ExactId(id)));

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

    private void Tell(string cluster, ApiTrace trace)
    {
        var outcome = trace.Status is { } status ? $"{status}" : trace.Problem;
        var again = trace.Attempt > 1 ? $", attempt {trace.Attempt}" : "";
        Post(NoticeLevel.Verbose, string.Create(CultureInfo.InvariantCulture, $"{cluster}: {trace.Method} {trace.Url} {outcome} in {trace.Elapsed.TotalMilliseconds:0} ms{again}"));
        Post(NoticeLevel.Debug, $"{cluster}: {trace.Method} {trace.Url} [{string.Join("] [", trace.RequestHeaders)}]");
    }

    private bool WriteOne<T>(T value)
    {
        WriteObject(value);
        return true;
    }
}
