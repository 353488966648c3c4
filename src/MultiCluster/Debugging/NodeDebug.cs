using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Debugging;

/// <summary>Debugs one node after the other, or side by side: makes a pod on it, does there what is to be done, and removes the pod.</summary>
internal sealed class NodeDebug
{
    private readonly ClusterConnection _connection;
    private readonly string _namespace;
    private readonly CallContext _context;
    private readonly NodeDebugCall _call;
    private readonly DebugOptions _options;
    private readonly FanOutSink _sink;
    private readonly ContainerStart _start;
    private readonly PodCommand _command;

    public NodeDebug(ClusterConnection connection, string ns, CallContext context, NodeDebugCall call, FanOutSink sink)
    {
        (_connection, _namespace, _context, _call, _options, _sink) = (connection, ns, context, call, call.Query.Options, sink);
        _start = new ContainerStart(connection, context, _options, sink);
        _command = new PodCommand(connection, context, new CommandQuery { Command = _options.Command }, sink);
    }

    /// <summary>Does it on one node. What fails is the result's fault.</summary>
    /// <exception cref="OperationCanceledException">The call was stopped; the pod has been removed, or stands in <see cref="NodeDebugCall.Left"/>.</exception>
    public async Task<KubeDebugResult> RunAsync(KubeNode node, CancellationToken cancellationToken)
    {
        var started = _connection.Time.GetTimestamp();
        var pod = new NodePod(_connection, _namespace, _context);
        var result = new KubeDebugResult
        {
            ClusterId = _connection.Identity.ClusterId,
            ClusterName = _connection.Identity.ClusterName,
            Namespace = _namespace,
            Pod = "",
            Container = DebugManifest.NodeContainer,
            Node = node.Name,
            Image = _options.Image,
        };
        try
        {
            var made = await pod.MakeAsync(node.Name, _options, cancellationToken).ConfigureAwait(false);
            result = result with { Pod = pod.Name, State = _options.DryRun ? DebugState.DryRun : DebugState.Waiting };
            if (!_options.DryRun)
            {
                _context.Say?.Invoke($"Pod {_namespace}/{pod.Name} was made on node {node.Name}.");
                var now = await _start.WaitAsync(made, result.Container, stays: false, cancellationToken).ConfigureAwait(false);
                result = await UseAsync(result, now, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (FaultException e)
        {
            result = result with { Pod = pod.Name, Fault = e.Fault with { Cluster = _connection.Identity, Operation = $"debug node {node.Name}" } };
        }
        finally
        {
            if (pod.MayExist && !_call.Query.Keep)
                result = await RemoveAsync(pod, node, result).ConfigureAwait(false);
        }

        result = result with { Elapsed = _connection.Time.GetElapsedTime(started) };
        _sink.Keep(result);
        if (result.Fault is null && (_options.DryRun || _call.Query.Keep))
            await _sink.WriteAsync<KubeDebugResult>([result], cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<KubeDebugResult> UseAsync(KubeDebugResult result, KubePod pod, CancellationToken cancellationToken)
    {
        var target = new CommandTarget(_connection.Identity, pod, result.Container);
        if (EndedContainer.Of(pod, result.Container) is { } ended)
            return result with { State = DebugState.Ended, Reason = ended.Reason, Fault = DebugFaults.EndedAtOnce(result.Container, $"{ended}") with { Cluster = target.Cluster, Operation = $"debug node {result.Node}" } };
        result = result with { State = DebugState.Running };
        if (_options.Attach is { } attach)
            await attach(_connection, target, cancellationToken).ConfigureAwait(false);
        else if (_options.Command.Count > 0)
            result = result with { Fault = (await _command.RunAsync(target, cancellationToken).ConfigureAwait(false)).Fault };
        return result;
    }

    /// <summary>Removes the pod. That it could not be is told beside what else has failed, unless nobody reads any more.</summary>
    private async Task<KubeDebugResult> RemoveAsync(NodePod pod, KubeNode node, KubeDebugResult result)
    {
        var fault = await pod.RemoveAsync(_call.Query.RemovalLimit, _sink.Stopped).ConfigureAwait(false);
        if (fault is null)
            return result with { State = DebugState.Removed };
        _call.Leaves(fault);
        if (!_sink.Stopped.IsCancellationRequested)
            await _sink.FaultAsync(fault, node, _sink.Stopped).ConfigureAwait(false);
        return result;
    }
}
