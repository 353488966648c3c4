using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Copying.Local;
using MultiCluster.Exec;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Copying;

/// <summary>Copies with one pod after the other, or side by side.</summary>
internal sealed class PodCopy(ClusterConnection connection, CallContext context, CopyCall call)
{
    /// <summary>How often a copy is begun anew whose connection was lost.</summary>
    private const int MostRestarts = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Copies. What fails is the result's fault.</summary>
    /// <exception cref="OperationCanceledException">The call was stopped.</exception>
    public async Task<(KubeCopyResult Result, SkippedFiles Skipped, IReadOnlyList<string> Remarks)> RunAsync(CommandTarget target, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        var operation = $"{call.InWords} {target.Namespace}/{target.Pod.Name}";
        using var silence = new Silence(call.Query.Silence, connection.Time, cancellationToken);
        var streams = new PodStreams(connection, context, target, operation, bytes =>
        {
            silence.Break();
            call.Moved(bytes);
        });
        var copied = new Copied();
        Fault? fault = null;
        try
        {
            if (call.Tree is { } tree)
                await IntoAsync(target, streams, tree, copied, silence).ConfigureAwait(false);
            else
                await OutOfAsync(target, streams, copied, silence).ConfigureAwait(false);
        }
        catch (FaultException e)
        {
            fault = e.Fault with { Cluster = target.Cluster, Operation = e.Fault.Operation ?? operation };
        }
        catch (Exception) when (silence.IsOver)
        {
            fault = Stalled(operation, target);
        }

        var result = new KubeCopyResult
        {
            ClusterId = target.Cluster.ClusterId,
            ClusterName = target.Cluster.ClusterName,
            Namespace = target.Namespace,
            Pod = target.Pod.Name,
            Container = target.Container,
            Source = string.Join(", ", call.Query.Sources),
            Destination = copied.Destination,
            Files = copied.Files,
            Bytes = copied.Bytes,
            Elapsed = connection.Time.GetElapsedTime(started),
            Skipped = call.Tree?.Skipped.All ?? copied.Skipped.All,
            Fault = fault,
        };
        return (result, copied.Skipped, copied.Remarks);
    }

    private async Task IntoAsync(CommandTarget target, PodStreams streams, LocalTree tree, Copied copied, Silence silence)
    {
        var copy = new CopyIn(streams, tree, call.InPods[0]);
        try
        {
            await RestartingAsync(target, copy.RunAsync, silence).ConfigureAwait(false);
            (copied.Files, copied.Bytes) = (tree.Files, tree.Bytes);
        }
        finally
        {
            copied.Destination = copy.Destination;
        }
    }

    private async Task OutOfAsync(CommandTarget target, PodStreams streams, Copied copied, Silence silence)
    {
        var (cluster, ns, pod) = (target.Cluster.ClusterName, target.Namespace, target.Pod.Name);
        copied.Destination = call.InPods is [var single] ? call.Places!.Of(cluster, ns, pod, single.Name) : call.Places!.FolderOf(cluster, ns, pod);
        foreach (var source in call.InPods)
        {
            var local = new LocalTarget(call.Places.Of(cluster, ns, pod, source.Name), call.Query.Force);
            var copy = new CopyOut(streams, source, local);
            try
            {
                await RestartingAsync(target, copy.RunAsync, silence).ConfigureAwait(false);
            }
            finally
            {
                local.Finish();
                copied.Files += local.Files;
                copied.Bytes += local.Bytes;
                copied.Skipped.Add(local.Skipped);
                if (copy.Remark is { } remark)
                    copied.Remarks.Add(remark);
            }
        }
    }

    /// <summary>Begins anew when the connection is lost: what is there already is written over, and nothing else happens twice.</summary>
    private async Task RestartingAsync(CommandTarget target, Func<CancellationToken, Task> copy, Silence silence)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                await copy(silence.Token).ConfigureAwait(false);
                return;
            }
            catch (FaultException e) when (restarts < MostRestarts && e.Fault is { Phase: FaultPhase.Connect, Reason: ConnectFaults.LostReason })
            {
                context.Say?.Invoke($"The connection to {target.Namespace}/{target.Pod.Name} was lost ({e.Fault.Detail}): the copy begins anew.");
            }

            silence.Break();
            await Task.Delay(Pause * (1 << restarts), connection.Time, silence.Token).ConfigureAwait(false);
        }
    }

    private Fault Stalled(string operation, CommandTarget target) => new()
    {
        Phase = FaultPhase.Timeout,
        Cluster = target.Cluster,
        Operation = operation,
        Detail = $"nothing came or went for {call.Query.Silence.TotalSeconds:0.###} s",
        Advice = "Give it longer with -TimeoutSec, or look at the pod and its node. What was begun in the container may go on there.",
    };

    /// <summary>What has been copied so far.</summary>
    private sealed class Copied
    {
        public string Destination { get; set; } = "";

        public int Files { get; set; }

        public long Bytes { get; set; }

        public SkippedFiles Skipped { get; } = new();

        public List<string> Remarks { get; } = [];
    }
}
