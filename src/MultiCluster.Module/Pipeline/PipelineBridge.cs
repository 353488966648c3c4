using System.Collections.Concurrent;
using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// The one way from asynchronous work to the pipeline thread. That thread waits here, and only it touches PowerShell.
/// Whatever ends the wait early (Ctrl+C, <c>Select-Object -First</c>, <c>-ErrorAction Stop</c>, an exception downstream)
/// cancels the work and waits for its end before it leaves.
/// </summary>
internal sealed class PipelineBridge(KubeCmdlet cmdlet, TimeProvider time, CancellationTokenSource stop)
{
    /// <summary>How long the pipeline thread waits before it looks at messages and progress again.</summary>
    private const int BeatMilliseconds = 100;

    /// <summary>How long cancelled work may take to end before the prompt comes back without it.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<Action> _errands = new();

    /// <summary>Leaves a message for the pipeline thread, from any thread. It is shown during the next wait.</summary>
    internal void Post(NoticeLevel level, string text) => _errands.Enqueue(() => Write(level, text));

    /// <summary>Has something done on the pipeline thread during the next wait, from any thread.</summary>
    internal async Task<T> InvokeAsync<T>(Func<T> errand, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _errands.Enqueue(() =>
        {
            try
            {
                done.TrySetResult(errand());
            }
            catch (Exception e) when (e is not PipelineStoppedException)
            {
                done.TrySetException(e);
            }
        });
        return await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands on what the clusters bring until all are done, or until <paramref name="emit"/> has enough. Ends the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="activity">What progress is shown as: the command's name.</param>
    /// <param name="emit">Takes an object; false when no more are wanted.</param>
    /// <param name="stream">Follows the call, when it is a stream.</param>
    /// <param name="progress">Where the call stands; its clusters and objects when null.</param>
    /// <typeparam name="T">What the operation writes.</typeparam>
    internal void Drain<T>(FanOutRun run, string activity, Func<T, bool> emit, StreamView? stream = null, Func<ProgressState?>? progress = null)
    {
        var pulse = new ProgressPulse(cmdlet.WriteProgress, time, activity, progress ?? (stream is null ? () => ProgressState.Of(run.Progress) : stream.Progress));
        var common = new CommonFaults(run.Progress.Requested, time, WriteFault, cmdlet.WriteWarning);
        var pumped = false;
        try
        {
            using var stopped = stop.Token.Register(run.Stop);
            Pump(run, pulse, emit, stream, common);
            common.End();
            pumped = true;
        }
        finally
        {
            if (!pumped)
                Abandon(run.DisposeAsync().AsTask(), pulse);
        }

        pulse.Complete();
        var end = run.DisposeAsync().AsTask();
        if (Task.WaitAny([end], Farewell) == 0)
            end.GetAwaiter().GetResult();
        RunErrands(); // what the requests had to tell that ended with the call
    }

    /// <summary>Waits for <paramref name="task"/>, which must end when the cmdlet's cancellation is requested.</summary>
    /// <param name="task">The work.</param>
    /// <param name="activity">What progress is shown as: the command's name.</param>
    /// <param name="state">Where the work stands, or null to show no progress.</param>
    /// <typeparam name="T">The result.</typeparam>
    internal T Await<T>(Task<T> task, string activity, Func<ProgressState?>? state = null)
    {
        var pulse = state is null ? null : new ProgressPulse(cmdlet.WriteProgress, time, activity, state);
        var ended = false;
        try
        {
            while (!Wait(task))
                Beat(pulse);
            Beat(pulse);
            ended = true;
        }
        finally
        {
            if (!ended)
                Abandon(task, pulse);
        }

        pulse?.Complete();
        return task.GetAwaiter().GetResult();
    }

    private void Pump<T>(FanOutRun run, ProgressPulse pulse, Func<T, bool> emit, StreamView? stream, CommonFaults common)
    {
        while (true)
        {
            while (run.Items.TryRead(out var item))
            {
                stream?.Take(item);
                RunErrands(); // the request's line before the objects of its answer: who takes them may have enough with the first
                if (!Hand(item, pulse, emit, stream, common))
                    return;
                Beat(pulse);
                common.Tick();
            }

            var more = run.Items.WaitToReadAsync(CancellationToken.None).AsTask();
            while (!Wait(more))
            {
                Beat(pulse);
                common.Tick();
            }

            if (more.GetAwaiter().GetResult())
                continue;
            ThrowIfStopping(); // a stopped run ends its items too
            return;
        }
    }

    private bool Hand<T>(FanOutItem item, ProgressPulse pulse, Func<T, bool> emit, StreamView? stream, CommonFaults common)
    {
        switch (item)
        {
            case IFanOutObjects<T> objects:
                for (var i = 0; i < objects.Objects.Count; i++)
                {
                    ThrowIfStopping();
                    if (!emit(objects.Objects[i]))
                        return false;
                    pulse.Tick();
                }

                break;
            case FanOutFault fault:
                common.Take(fault);
                break;
            case FanOutNotice { IsRemark: true } remark:
                common.Take(remark);
                break;
            case FanOutNotice notice:
                Write(notice.Level, $"{notice.Cluster.ClusterName}: {notice.Text}", notice.Data is null ? null : StreamView.Tag);
                if (stream is { IncludeNotice: true } && notice.Data is not null)
                    cmdlet.WriteObject(notice.Data);
                break;
            case FanOutDone:
                common.Done(item.Cluster);
                break;
            default:
                throw new InvalidOperationException($"The operation brought {item.GetType().Name}, and the cmdlet takes {typeof(T).Name}.");
        }

        return true;
    }

    private void WriteFault(Fault fault, object? target, IReadOnlyList<ClusterIdentity> clusters) => cmdlet.WriteError(FaultRecord.Of(fault, target, clusters));

    private void Beat(ProgressPulse? pulse)
    {
        ThrowIfStopping();
        RunErrands();
        pulse?.Tick();
    }

    private void RunErrands()
    {
        while (_errands.TryDequeue(out var errand))
            errand();
    }

    private void Write(NoticeLevel level, string text, string? tag = null)
    {
        switch (level)
        {
            case NoticeLevel.Debug:
                cmdlet.WriteDebug(text);
                break;
            case NoticeLevel.Verbose:
                cmdlet.WriteVerbose(text);
                break;
            case NoticeLevel.Information:
                cmdlet.WriteInformation(text, tag is null ? ["MultiCluster"] : ["MultiCluster", tag]);
                break;
            case NoticeLevel.Warning:
                cmdlet.WriteWarning(text);
                break;
        }
    }

    /// <summary>Waits for one beat; true when the task has ended.</summary>
    private bool Wait(Task task)
    {
        try
        {
            return Task.WaitAny([task], BeatMilliseconds, stop.Token) == 0;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void ThrowIfStopping()
    {
        if (stop.IsCancellationRequested)
            throw new PipelineStoppedException();
    }

    /// <summary>On the way out with an exception, which no other may replace.</summary>
    private void Abandon(Task work, ProgressPulse? pulse)
    {
        stop.Cancel();
        Task.WaitAny([work], Farewell);
        _ = work.Exception;
        try
        {
            pulse?.Complete();
        }
        catch (RuntimeException)
        {
            // The pipeline is stopping and takes no more progress; its host takes the record away by itself.
        }
    }
}
