using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Jobs;

/// <summary>A call in the background, with a child job for each cluster. The children keep what their clusters bring until it is received.</summary>
public sealed class KubeJob : Job
{
    /// <summary>How long <c>Stop-Job</c> waits for the end of what it cancels.</summary>
    internal static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<KubeClusterJob> _children;
    private readonly Lock _removal = new();
    private JobRepository? _repository;
    private FanOutRun? _run;
    private bool _isTellingItsEnd;
    private bool _wasRemoved;

    private KubeJob(string command, IReadOnlyList<KubeClusterJob> children)
        : base(command)
    {
        _children = children;
        PSJobTypeName = nameof(KubeJob);
        foreach (var child in children)
            ChildJobs.Add(child);
        SetJobState(JobState.Running);
    }

    /// <inheritdoc/>
    public override bool HasMoreData => Warning.Count > 0 || _children.Any(static child => child.HasMoreData);

    /// <summary>The clusters' names.</summary>
    public override string Location => string.Join(',', _children.Select(static child => child.Location));

    /// <inheritdoc/>
    public override string StatusMessage => "";

    /// <inheritdoc/>
    public override void StopJob()
    {
        if (IsEnd(JobStateInfo.State))
            return;
        SetJobState(JobState.Stopping);
        _run!.Stop();
        Finished.WaitOne(Farewell);
    }

    /// <summary>Starts <paramref name="operation"/> on every cluster.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="options">How the call is spread.</param>
    /// <param name="operation">What is done on each cluster.</param>
    /// <param name="take">Gives an object to its cluster's job, and says whether more are wanted.</param>
    /// <param name="includeNotice">Whether notices are output, too.</param>
    /// <param name="ended">Told of the run when it has ended; what it says is a warning of the whole job.</param>
    /// <typeparam name="T">What the operation writes.</typeparam>
    internal static KubeJob Start<T>(
        IReadOnlyList<ClusterConnection> clusters,
        FanOutOptions options,
        Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation,
        Func<KubeClusterJob, T, bool> take,
        bool includeNotice,
        Func<FanOutRun, IReadOnlyList<string>> ended)
    {
        var command = options.Command;
        var children = clusters.ToDictionary(static cluster => cluster.Identity.ClusterId, cluster => new KubeClusterJob(command, cluster.Identity.ClusterName));
        var job = new KubeJob(command, [.. children.Values]);
        job._run = FanOutRun.Start(clusters, options, (cluster, sink, stop) => children[cluster.Identity.ClusterId].RunAsync(token => operation(cluster, sink, token), stop));
        _ = job.PumpAsync(job._run, children, options.Order is NewestFirstOrder, take, includeNotice, ended);
        return job;
    }

    /// <summary>Lets Get-Job find it.</summary>
    internal void AddTo(JobRepository repository) => (_repository = repository).Add(this);

    internal static bool IsEnd(JobState state) => state is JobState.Completed or JobState.Failed or JobState.Stopped;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            lock (_removal)
            {
                // Receive-Job -AutoRemoveJob removes a job when it sees that it has ended, and when it is told so: whichever is second must find it.
                if (_isTellingItsEnd && !_wasRemoved && _repository is not null && _repository.GetJob(InstanceId) is null)
                {
                    _repository.Add(this);
                    _wasRemoved = true;
                }
            }
        }

        base.Dispose(disposing);
    }

    private void TellEnd(JobState state)
    {
        lock (_removal)
            _isTellingItsEnd = true;
        SetJobState(state);
        lock (_removal)
        {
            _isTellingItsEnd = false;
            if (_wasRemoved && _repository!.GetJob(InstanceId) is not null)
                _repository.Remove(this);
        }
    }

    /// <summary>Nobody awaits it: whatever happens, the job ends, or who waits for it would wait for ever.</summary>
    private async Task PumpAsync<T>(
        FanOutRun run, Dictionary<string, KubeClusterJob> children, bool inTheEnd, Func<KubeClusterJob, T, bool> take, bool includeNotice, Func<FanOutRun, IReadOnlyList<string>> ended)
    {
        var outcomes = new Dictionary<KubeClusterJob, FanOutOutcome>();
        var rest = FanOutOutcome.Skipped;
        try
        {
            if (await HandOutAsync(run, children, outcomes, inTheEnd, take, includeNotice).ConfigureAwait(false))
                rest = FanOutOutcome.Answered;
        }
        catch (Exception e)
        {
            foreach (var child in _children.Where(static child => !IsEnd(child.JobStateInfo.State)))
            {
                child.Fail(UnforeseenFault.Of(e), child.Location);
                outcomes[child] = FanOutOutcome.Failed;
            }
        }

        await run.DisposeAsync().ConfigureAwait(false);
        foreach (var remark in ended(run))
            Warning.Add(new WarningRecord(TerminalText.Visible(remark)));
        foreach (var child in _children)
            child.End(outcomes.GetValueOrDefault(child, rest));
        TellEnd(_children.Any(static child => child.JobStateInfo.State == JobState.Failed) ? JobState.Failed
            : JobStateInfo.State == JobState.Stopping ? JobState.Stopped
            : JobState.Completed);
    }

    /// <summary>Gives each cluster's job what is its own; returns whether the call has enough before all are done.</summary>
    private static async Task<bool> HandOutAsync<T>(
        FanOutRun run, Dictionary<string, KubeClusterJob> children, Dictionary<KubeClusterJob, FanOutOutcome> outcomes, bool inTheEnd, Func<KubeClusterJob, T, bool> take, bool includeNotice)
    {
        await foreach (var item in run.Items.ReadAllAsync().ConfigureAwait(false))
        {
            var child = children[item.Cluster.ClusterId];
            switch (item)
            {
                case IFanOutObjects<T> objects when !objects.Objects.All(one => take(child, one)):
                    return true;
                case FanOutFault fault:
                    child.Take(fault);
                    break;
                case FanOutNotice notice:
                    child.Take(notice);
                    if (includeNotice && notice.Data is not null)
                        child.Take(notice.Data);
                    break;
                case FanOutDone done:
                    outcomes[child] = done.Row.Outcome;
                    if (!inTheEnd) // what is put in order comes when all clusters are done, and a job that has ended takes nothing
                        child.End(done.Row.Outcome);
                    break;
            }
        }

        return false;
    }
}
