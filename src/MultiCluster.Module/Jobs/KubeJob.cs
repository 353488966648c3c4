using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;

namespace MultiCluster.Module.Jobs;

/// <summary>A call in the background, with a child job for each cluster. The children keep what their clusters bring until it is received.</summary>
public sealed class KubeJob : Job
{
    /// <summary>How long <c>Stop-Job</c> waits for the end of what it cancels.</summary>
    internal static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<KubeClusterJob> _children;
    private FanOutRun? _run;

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
    public override bool HasMoreData => _children.Any(static child => child.HasMoreData);

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
    /// <param name="take">Gives an object to its cluster's job.</param>
    /// <param name="includeNotice">Whether notices are output, too.</param>
    /// <param name="ended">Told of the run when it has ended.</param>
    /// <typeparam name="T">What the operation writes.</typeparam>
    internal static KubeJob Start<T>(
        IReadOnlyList<ClusterConnection> clusters,
        FanOutOptions options,
        Func<ClusterConnection, FanOutSink, CancellationToken, Task> operation,
        Action<KubeClusterJob, T> take,
        bool includeNotice,
        Action<FanOutRun> ended)
    {
        var command = options.Command;
        var children = clusters.ToDictionary(static cluster => cluster.Identity.ClusterId, cluster => new KubeClusterJob(command, cluster.Identity.ClusterName));
        var job = new KubeJob(command, [.. children.Values]);
        job._run = FanOutRun.Start(clusters, options, (cluster, sink, stop) => children[cluster.Identity.ClusterId].RunAsync(token => operation(cluster, sink, token), stop));
        _ = job.PumpAsync(job._run, children, take, includeNotice, ended);
        return job;
    }

    internal static bool IsEnd(JobState state) => state is JobState.Completed or JobState.Failed or JobState.Stopped;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            StopJob();
        base.Dispose(disposing);
    }

    private async Task PumpAsync<T>(
        FanOutRun run, Dictionary<string, KubeClusterJob> children, Action<KubeClusterJob, T> take, bool includeNotice, Action<FanOutRun> ended)
    {
        await foreach (var item in run.Items.ReadAllAsync().ConfigureAwait(false))
        {
            var child = children[item.Cluster.ClusterId];
            switch (item)
            {
                case IFanOutObjects<T> objects:
                    foreach (var one in objects.Objects)
                        take(child, one);
                    break;
                case FanOutFault fault:
                    child.Take(fault);
                    break;
                case FanOutNotice notice:
                    child.Take(notice);
                    if (includeNotice && notice.Data is not null)
                        child.Take(notice.Data);
                    break;
                case FanOutDone done:
                    child.End(done.Row.Outcome);
                    break;
            }
        }

        await run.DisposeAsync().ConfigureAwait(false);
        ended(run);
        foreach (var child in _children)
            child.End(FanOutOutcome.Skipped);
        SetJobState(_children.Any(static child => child.JobStateInfo.State == JobState.Failed) ? JobState.Failed
            : JobStateInfo.State == JobState.Stopping ? JobState.Stopped
            : JobState.Completed);
    }
}
