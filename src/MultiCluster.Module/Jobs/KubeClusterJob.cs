using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Views;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Jobs;

/// <summary>One cluster's part of a <see cref="KubeJob"/>; its <see cref="Location"/> is the cluster's name.</summary>
public sealed class KubeClusterJob : Job
{
    private readonly string _cluster;
    private readonly CancellationTokenSource _stop = new();

    internal KubeClusterJob(string command, string cluster)
        : base(command, TerminalText.VisibleLine(cluster))
    {
        _cluster = cluster;
        Location = TerminalText.VisibleLine(cluster); // PowerShell's own table of jobs shows it
        PSJobTypeName = nameof(KubeJob);
        SetJobState(JobState.Running);
    }

    /// <inheritdoc/>
    public override bool HasMoreData =>
        Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Information.Count > 0 || Verbose.Count > 0 || Debug.Count > 0;

    /// <inheritdoc/>
    public override string Location { get; }

    /// <inheritdoc/>
    public override string StatusMessage => "";

    /// <inheritdoc/>
    public override void StopJob()
    {
        if (KubeJob.IsEnd(JobStateInfo.State))
            return;
        SetJobState(JobState.Stopping);
        _stop.Cancel();
        Finished.WaitOne(KubeJob.Farewell);
    }

    /// <summary>Runs this cluster's part, until it ends or <c>Stop-Job</c> stops it alone.</summary>
    internal async Task RunAsync(Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            await operation(either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (_stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Its part of the job ends; the other clusters go on.
        }
    }

    internal void Take(object? value) => Output.Add(PSObject.AsPSObject(TerminalMark.Of(value)));

    internal void Take(FanOutFault fault) => Fail(fault.Fault, fault.Target);

    internal void Fail(Fault fault, object? target) => Error.Add(FaultRecord.Of(fault, target));

    internal void Take(FanOutNotice notice) => Say(notice.Level, $"{_cluster}: {notice.Text}", StreamView.Tag);

    internal void Say(NoticeLevel level, string said, string tag)
    {
        var text = TerminalText.Visible(said);
        switch (level)
        {
            case NoticeLevel.Debug:
                Debug.Add(new DebugRecord(text));
                break;
            case NoticeLevel.Verbose:
                Verbose.Add(new VerboseRecord(text));
                break;
            case NoticeLevel.Information:
                var record = new InformationRecord(text, Command);
                record.Tags.AddRange(["MultiCluster", tag]);
                Information.Add(record);
                break;
            case NoticeLevel.Warning:
                Warning.Add(new WarningRecord(text));
                break;
        }
    }

    internal void End(FanOutOutcome outcome)
    {
        if (KubeJob.IsEnd(JobStateInfo.State))
            return;
        SetJobState(outcome switch
        {
            _ when JobStateInfo.State == JobState.Stopping => JobState.Stopped,
            FanOutOutcome.Answered => JobState.Completed,
            FanOutOutcome.Failed => JobState.Failed,
            _ => JobState.Stopped,
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
        base.Dispose(disposing);
    }
}
