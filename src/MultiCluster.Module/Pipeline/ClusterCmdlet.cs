using System.Globalization;
using System.Management.Automation;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Module.Completion;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that asks clusters: which ones, how many at once, and how patiently.</summary>
public abstract partial class ClusterCmdlet : KubeCmdlet
{
    private readonly List<object> _given = [];
    private FanOutReport? _report;
    private int _refused;
    private bool _traced;
    private bool _inBackground;

    private protected ClusterCmdlet()
    {
    }

    /// <summary>
    /// Seconds that a cluster may stay silent: to connect, to the first byte, between bytes; 30 by default.
    /// A whole request never takes more than ten times that.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public virtual int TimeoutSec { get; set; } = 30;

    /// <summary>Seconds for the whole call; no bound by default. What arrived is kept, and clusters that are late are Timeout errors.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public virtual int DeadlineSec { get; set; }

    /// <summary>Narrows the selected clusters: names or ids, with wildcards, or cluster objects; what begins with <c>!</c> is left out. All selected ones when left out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[]? Cluster { get; set; }

    /// <summary>The exact ids of the clusters to ask.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterIdCompleter))]
    public string[]? ClusterId { get; set; }

    /// <summary>Clusters asked at once; 32 by default.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Ends with the terminating error <c>Kube.Incomplete</c> when any cluster failed.</summary>
    [Parameter]
    public SwitchParameter RequireAll { get; set; }

    /// <summary>Runs in the background, as a job with a child job for each cluster. A parameter of what can take long, which overrides it with the attribute.</summary>
    public virtual SwitchParameter AsJob { get; set; }

    /// <summary>How long a cluster may stay silent.</summary>
    private protected virtual RequestTimeouts Timeouts => new() { Silence = TimeSpan.FromSeconds(TimeoutSec) };

    /// <summary>How the call is spread over its clusters.</summary>
    private protected virtual FanOutOptions Options => new()
    {
        ThrottleLimit = ThrottleLimit,
        Deadline = DeadlineSec > 0 ? TimeSpan.FromSeconds(DeadlineSec) : null,
        Command = MyInvocation.MyCommand.Name,
        Time = Time,
    };

    /// <summary>The clusters that were piped in or named; all selected ones when none was. An empty input names none, and asks none.</summary>
    private protected IReadOnlyList<KubeCluster> Targets() => PipesNothing ? [] : _piped ? PipedClusters() : Found(_given);

    private IReadOnlyList<KubeCluster> Found(IReadOnlyCollection<object> given)
    {
        var targets = ClusterTargets.Resolve(Session.Pool, given);
        foreach (var refusal in targets.Refusals)
            Fail(refusal.Fault, refusal.Target);
        _refused += targets.Refusals.Count;
        return targets.Clusters;
    }

    /// <summary>
    /// How each request to a cluster is made: its timeouts, and a Verbose and a Debug line where these are shown. A job has no pipeline
    /// thread that would write them.
    /// </summary>
    private protected CallContext CallOf(ClusterIdentity cluster) => new()
    {
        Timeouts = Timeouts,
        Observer = _traced && !_inBackground ? trace => Tell(cluster.ClusterName, trace) : null,
        Say = _inBackground ? null : text => Post(NoticeLevel.Verbose, $"{cluster.ClusterName}: {text}"),
    };

    /// <summary>Runs <paramref name="operation"/> on every cluster; <paramref name="emit"/> takes each object and says whether more are wanted, <paramref name="progress"/> where the call stands.</summary>
    private protected void Ask<T>(
        IReadOnlyList<KubeCluster> clusters,
        ClusterOperation operation,
        Func<T, bool>? emit = null,
        StreamView? stream = null,
        Func<ProgressState?>? progress = null)
    {
        if (clusters.Count == 0)
            return; // the errors have said why
        var run = FanOutRun.Start(Connections(clusters), Options, OnConnection(operation));
        try
        {
            Drain(run, emit ?? WriteOne, stream, progress);
        }
        finally
        {
            _report = Session.Log.Add(run, _report);
        }
    }

    /// <summary>The clusters' connections.</summary>
    private protected static IReadOnlyList<ClusterConnection> Connections(IReadOnlyList<KubeCluster> clusters) =>
        [.. clusters.Select(static cluster => cluster.Connection!)];

    /// <summary>An operation with what each connection brings along.</summary>
    private protected Func<ClusterConnection, FanOutSink, CancellationToken, Task> OnConnection(ClusterOperation operation)
    {
        var namespaces = Session.Pool.Namespaces;
        return (connection, sink, cancellationToken) => operation(connection, namespaces.For(connection), CallOf(connection.Identity), sink, cancellationToken);
    }

    private protected override void Begin()
    {
        _traced = Shows("Verbose") || Shows("Debug");
        _given.AddRange(TargetValues.Of(Cluster ?? []));
        _given.AddRange((ClusterId ?? []).Select(static id => new ExactId(id)));
    }

    private protected override void Process() => TakeRows();

    /// <summary>Once, after the last input; an override calls this last.</summary>
    private protected override void End()
    {
        var failed = _refused + (_report?.Failed ?? 0);
        if (!RequireAll || failed == 0)
            return;
        Terminate(
            new Fault
            {
                Phase = FaultPhase.Server,
                Reason = "Incomplete",
                Detail = $"{failed} of {_refused + (_report?.Requested ?? 0)} clusters failed, and -RequireAll asks for all",
                Advice = "The errors before this one say why. Get-KubeFanOut shows the report; its FailedClusters pipe into the command again.",
            },
            errorId: "Kube.Incomplete");
    }

    /// <summary>
    /// Warns that selectors have left nothing: a mistyped label would look like work that is done. Not where a cluster failed, which may have it.
    /// </summary>
    /// <param name="what">What was looked for, in the singular.</param>
    /// <param name="clusters">Where.</param>
    /// <param name="selectors">The selectors; what is null was not given.</param>
    private protected void TellNothingFits(string what, IReadOnlyList<KubeCluster> clusters, params string?[] selectors)
    {
        if (clusters.Count > 0 && _refused + (_report?.Failed ?? 0) == 0 && string.Join(" and ", selectors.OfType<string>().Select(CommandText.Quoted)) is { Length: > 0 } given)
            WriteWarning($"No {what} fits {given} on {NameList.Of([.. clusters.Select(static cluster => cluster.ClusterName)])}.");
    }

    private void Tell(string cluster, ApiTrace trace)
    {
        var outcome = trace.Status is { } status ? $"{status}" : trace.Problem;
        var again = trace.Attempt > 1 ? $", attempt {trace.Attempt}" : "";
        Post(NoticeLevel.Verbose, string.Create(CultureInfo.InvariantCulture, $"{cluster}: {trace.Method} {trace.Url} {outcome} in {trace.Elapsed.TotalMilliseconds:0} ms{again}"));
        Post(NoticeLevel.Debug, $"{cluster}: {trace.Method} {trace.Url} [{string.Join("] [", trace.RequestHeaders)}]");
        if (trace.Remark is not null)
            Post(NoticeLevel.Debug, $"{cluster}: {trace.Remark}");
    }

    private bool WriteOne<T>(T value)
    {
        WriteObject(value);
        return true;
    }
}
