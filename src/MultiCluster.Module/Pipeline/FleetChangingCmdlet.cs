using System.Globalization;
using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Sending;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that changes objects of many clusters: batch by batch, with a check between, and a result for each object whatever happens.</summary>
public abstract class FleetChangingCmdlet : ChangingCmdlet
{
    private int _clusters;

    private protected FleetChangingCmdlet()
    {
    }

    /// <summary>Clusters that are changed before the next ones are begun; all at once when left out.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ClusterBatch { get; set; }

    /// <summary>Begins no further cluster when so many have failed.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFailure { get; set; }

    /// <summary>Run after each batch of clusters, with its results as <c>$_</c>: false or an error begins no further cluster.</summary>
    [Parameter]
    public ScriptBlock? HealthCheck { get; set; }

    /// <summary>Waits until what was changed is rolled out, by the rules of <c>kubectl rollout status</c>; an object that does not come to be has failed.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Seconds that -Wait waits for the objects of a cluster; 300 by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int WaitSec { get; set; } = 300;

    /// <inheritdoc/>
    [Parameter]
    public sealed override SwitchParameter AsJob { get; set; }

    // All clusters take part, so that each object has its result; how many are changed at once is the batch's to say, and the throttle's.
    private protected override FanOutOptions Options => base.Options with { ThrottleLimit = Math.Max(ThrottleLimit, ClusterBatch > 0 ? _clusters : 0) };

    private protected override void Begin()
    {
        base.Begin();
        if (AsJob && HealthCheck is not null)
            throw new FaultException(FaultPhase.Invalid, "-HealthCheck runs in the pipeline, which a job does not have", "Leave out -AsJob, or run the command in a job of its own with Start-ThreadJob.");
    }

    /// <summary>
    /// The clusters that the changes are for: those that they name, and for those that name none those of the call. One that is named and is
    /// not among those of -Cluster and -ClusterId is an error, and nothing is changed there.
    /// </summary>
    private protected IReadOnlyList<KubeCluster> TargetsOf(IReadOnlyList<ObjectChange> changes)
    {
        object[] named = [.. changes.Select(static change => change.ClusterId).OfType<string>().Distinct().Select(static id => new ExactId(id))];
        var own = named.Length == 0 ? [] : Resolve(named);
        var narrowed = IsBound(nameof(Cluster)) || IsBound(nameof(ClusterId));
        var ofCall = narrowed || changes.Any(static change => change.ClusterId is null) ? Targets() : [];
        if (!narrowed)
            return [.. ofCall.Union(own)];
        foreach (var other in own.Except(ofCall))
            Fail(RowFaults.OfAnotherCluster(other.ClusterName), other);
        return ofCall;
    }

    /// <summary>Asks the user, changes, and writes the results; returns the clusters of which something failed.</summary>
    /// <param name="clusters">The clusters, in their order.</param>
    /// <param name="changes">What is wanted; without a cluster in each.</param>
    /// <param name="write">What is written of a result; the result when null.</param>
    private protected HashSet<string> Change(IReadOnlyList<KubeCluster> clusters, IReadOnlyList<ObjectChange> changes, Action<KubeApplyResult>? write = null)
    {
        var allowed = Allowed(clusters, changes);
        KubeCluster[] changed = [.. clusters.Where(cluster => allowed.Exists(change => change.ClusterId == cluster.ClusterId))];
        var failed = new HashSet<string>(StringComparer.Ordinal);
        if (changed.Length == 0)
            return failed;
        _clusters = changed.Length;
        var fleet = new FleetChange(Connections(changed), allowed, ChangeOptions(), HealthCheck is null ? null : CheckAsync);
        if (AsJob)
        {
            StartJob<KubeApplyResult>(
                changed,
                fleet.ChangeAsync,
                static (job, result) =>
                {
                    job.Take(result);
                    return true;
                },
                ended: fleet.Dispose);
            return failed;
        }

        try
        {
            Ask<KubeApplyResult>(
                changed,
                fleet.ChangeAsync,
                result =>
                {
                    if (result.HasFailed)
                        failed.Add(result.ClusterId);
                    if (write is null || result.HasFailed || IsWhatIf)
                        WriteObject(result);
                    else
                        write(result);
                    return true;
                },
                progress: () => Progress(fleet));
        }
        finally
        {
            if (Cancellation.IsCancellationRequested)
                TellStopped(fleet);
            fleet.Dispose();
        }

        return failed;
    }

    private ChangeOptions ChangeOptions() => new()
    {
        DryRun = DryRun || IsWhatIf,
        ClusterBatch = ClusterBatch > 0 ? ClusterBatch : null,
        MaxFailure = MaxFailure > 0 ? MaxFailure : null,
        Wait = Wait || IsBound(nameof(WaitSec)) ? TimeSpan.FromSeconds(WaitSec) : null,
    };

    /// <summary>The changes that the user allows, each in its own cluster.</summary>
    private List<ObjectChange> Allowed(IReadOnlyList<KubeCluster> clusters, IReadOnlyList<ObjectChange> changes)
    {
        var allowed = new List<ObjectChange>();
        foreach (var cluster in clusters)
        {
            allowed.AddRange(changes
                .Where(change => (change.ClusterId is null || change.ClusterId == cluster.ClusterId) && (IsWhatIf || MayChange(cluster, PathOf(change), change.Action)))
                .Select(change => change with { ClusterId = cluster.ClusterId }));
        }

        return allowed;
    }

    private static string PathOf(ObjectChange change) =>
        change.Namespace is null ? $"{change.Kind} / {change.Name}" : $"{change.Kind} / {change.Namespace} / {change.Name}";

    private Task<bool> CheckAsync(IReadOnlyList<KubeApplyResult> results, CancellationToken cancellationToken) =>
        OnPipelineThreadAsync(() => HealthCheckScript.Run(HealthCheck!, results), cancellationToken);

    private static ProgressState? Progress(FleetChange fleet)
    {
        var done = fleet.Results.Count;
        return new(string.Create(CultureInfo.CurrentCulture, $"{done:N0} of {fleet.Expected:N0} objects done"), done * 100 / Math.Max(1, fleet.Expected), []);
    }

    /// <summary>The pipeline takes nothing any more: what was done, and what was not, is told to the user directly.</summary>
    private void TellStopped(FleetChange fleet)
    {
        WriteToHost("Stopped.");
        foreach (var cluster in fleet.AllResults.GroupBy(static result => result.ClusterName, StringComparer.Ordinal))
        {
            var outcomes = cluster.GroupBy(static result => result.Outcome).OrderBy(static outcome => outcome.Key).Select(static outcome => string.Create(CultureInfo.CurrentCulture, $"{outcome.Count():N0} {outcome.Key}"));
            WriteToHost($"  {cluster.Key}: {string.Join(", ", outcomes)}");
        }
    }
}
