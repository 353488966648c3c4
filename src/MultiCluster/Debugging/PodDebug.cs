using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Debugging;

/// <summary>Adds an ephemeral container to one pod after the other, or side by side, and does in it what is to be done.</summary>
internal sealed class PodDebug(ClusterConnection connection, CallContext context, PodDebugQuery query, FanOutSink sink)
{
    private readonly DebugOptions _options = query.Options;
    private readonly ContainerStart _start = new(connection, context, query.Options, sink);

    /// <summary>Does it in one pod. What fails is the result's fault.</summary>
    /// <exception cref="OperationCanceledException">The call was stopped.</exception>
    public async Task<KubeDebugResult> RunAsync(KubePod pod, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        var name = query.ContainerName ?? DebugName.Container([.. PodContainer.Of(pod).Select(static one => one.Name)], connection.Random);
        var result = new KubeDebugResult
        {
            ClusterId = connection.Identity.ClusterId,
            ClusterName = connection.Identity.ClusterName,
            Namespace = pod.Namespace!,
            Pod = pod.Name,
            Container = name,
            Node = pod.Node,
            Image = _options.Image,
        };
        try
        {
            var now = await AddAsync(pod, name, cancellationToken).ConfigureAwait(false);
            result = result with { State = _options.DryRun ? DebugState.DryRun : DebugState.Waiting };
            if (!_options.DryRun)
            {
                now = await _start.WaitAsync(now, name, stays: true, cancellationToken).ConfigureAwait(false);
                result = Stated(result, now);
                result = await UseAsync(result, new CommandTarget(connection.Identity, now, name), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (FaultException e)
        {
            result = result with
            {
                Fault = e.Fault with { Cluster = connection.Identity, Operation = DebugFaults.OperationOf(pod.Namespace!, pod.Name) },
            };
        }

        result = result with { Elapsed = connection.Time.GetElapsedTime(started) };
        sink.Keep(result);
        if (result.State is not (DebugState.NotMade or DebugState.Waiting) && (_options.DryRun || (_options.Command.Count == 0 && _options.Attach is null)))
            await sink.WriteAsync<KubeDebugResult>([result], cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<KubePod> AddAsync(KubePod pod, string name, CancellationToken cancellationToken)
    {
        if (DebugFaults.OfVersion(connection.Version) is { } old)
            throw new FaultException(old);
        if (DebugFaults.NotAble(pod) is { } unable)
            throw new FaultException(unable);
        if (PodContainer.Of(pod).Any(one => one.Name == name))
            throw new FaultException(DebugFaults.NameTaken(pod, name));
        if (query.Target is { } target && !DebugFaults.TargetsOf(pod).Contains(target))
            throw new FaultException(DebugFaults.NoTarget(pod, target));
        var write = new ObjectWrite(WriteMethod.StrategicPatch, DebugManifest.EphemeralContainer(name, query.Target, pod.Uid, _options)) { Subresource = "ephemeralcontainers", DryRun = _options.DryRun };
        try
        {
            var answer = await connection.Session.Writer.WriteAsync(PodFinder.PodKind, pod.Namespace, pod.Name, write, context, cancellationToken).ConfigureAwait(false);
            foreach (var warning in answer.Warnings)
                await sink.NoticeAsync(NoticeLevel.Warning, warning, cancellationToken).ConfigureAwait(false);

            // Servers before 1.22 that have the gate on take another object there, and pass over what they do not know.
            return answer.Object is KubePod now && PodContainer.Of(now).Any(one => one.Name == name)
                ? now
                : throw new FaultException(FaultPhase.KindNotFound, "the server added no container", "It may be older than Kubernetes 1.23, which ephemeral containers need.");
        }
        catch (FaultException e)
        {
            throw new FaultException(DebugFaults.OfPatch(e.Fault, pod.Namespace!, pod));
        }
    }

    private async Task<KubeDebugResult> UseAsync(KubeDebugResult result, CommandTarget target, CancellationToken cancellationToken)
    {
        if (_options.Attach is { } attach)
        {
            if (EndedContainer.Of(target.Pod, target.Container) is { } ended)
                throw new FaultException(DebugFaults.EndedAtOnce(target.Container, $"{ended}"));
            await attach(connection, target, cancellationToken).ConfigureAwait(false);
            return result;
        }

        if (_options.Command.Count == 0)
            return result;
        var (pod, fault) = await RunCommandAsync(target, cancellationToken).ConfigureAwait(false);
        return Stated(result, pod) with { Fault = fault };
    }

    /// <summary>Hands on what the command writes, until it has ended.</summary>
    /// <returns>The pod as it is then, and how the command failed.</returns>
    /// <exception cref="FaultException">How it ended is not known: its pod is gone, or its log cannot be read.</exception>
    private async Task<(KubePod Pod, Fault? Fault)> RunCommandAsync(CommandTarget target, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        var process = new ProcessQuery
        {
            Namespace = target.Namespace,
            Pod = target.Pod.Name,
            Container = target.Container,
            Command = _options.Command,
            Operation = $"run '{MessageText.OneLine(string.Join(' ', _options.Command), 80)}' in {target.Namespace}/{target.Pod.Name}",
        };
        var log = new ContainerLog(connection, context, target, sink);
        var pod = target.Pod;
        var end = EndedContainer.Of(pod, target.Container);
        if (end is null || end.Began)
        {
            pod = await FollowAsync(log, target, cancellationToken).ConfigureAwait(false);
            end = EndedContainer.Of(pod, target.Container)!;
        }

        var fault = end switch
        {
            { Began: false } => ProcessFaults.Advised(ProcessFaults.OfText(end.Message), process) with { Phase = FaultPhase.CommandFailed, Operation = process.Operation },
            { ExitCode: 0 } => null,
            _ => ProcessFaults.Failed(process, end.ExitCode, log.LastSaid),
        };
        fault = fault is null ? null : fault with { Cluster = target.Cluster };
        sink.Keep(new KubeCommandResult
        {
            ClusterId = target.Cluster.ClusterId,
            ClusterName = target.Cluster.ClusterName,
            Namespace = target.Namespace,
            Pod = pod.Name,
            Container = target.Container,
            ExitCode = end.Began ? end.ExitCode : null,
            Elapsed = connection.Time.GetElapsedTime(started),
            Error = fault is null ? null : log.LastText,
            Fault = fault,
        });
        return (pod, fault);
    }

    private async Task<KubePod> FollowAsync(ContainerLog log, CommandTarget target, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = _start.WaitForEndAsync(target.Pod, target.Container, stop.Token);
        try
        {
            await log.FollowAsync(ended, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException) when (ended.IsFaulted)
        {
            // That its pod is gone says more than that its log is.
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await ended.ConfigureAwait(false);
    }

    private static KubeDebugResult Stated(KubeDebugResult result, KubePod pod)
    {
        var state = ContainerState.Of(pod, result.Container);
        return result with { State = state.IsRunning ? DebugState.Running : DebugState.Ended, Reason = state.Reason };
    }
}
