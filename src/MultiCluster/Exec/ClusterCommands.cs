using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Exec;

/// <summary>One cluster's part in a call that runs a command.</summary>
internal sealed class ClusterCommands : TargetCluster
{
    private readonly CommandCall _call;
    private readonly PodFinder _finder;
    private readonly PodCommand _command;

    public ClusterCommands(ClusterConnection connection, string defaultNamespace, CallContext context, CommandCall call, FanOutSink sink)
        : base(new WatchedCluster(connection, defaultNamespace, context, call.Watch, sink), call.Targets)
    {
        _call = call;
        _finder = new PodFinder(this);
        _command = new PodCommand(connection, context, call.Query, sink);
    }

    /// <summary>Runs the command until it has ended everywhere.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var targets = await FindAsync(cancellationToken).ConfigureAwait(false);
        _call.Found(targets.Count);
        await Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = _call.Query.AtOnce, CancellationToken = cancellationToken }, async (target, stop) =>
        {
            var result = await _command.RunAsync(target, stop).ConfigureAwait(false);
            _call.Ended();
            if (result.Fault is { } fault)
                await FaultAsync(fault, target.Pod, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CommandTarget>> FindAsync(CancellationToken cancellationToken)
    {
        var found = await new PodSearch(this, _finder, cancellationToken).FindNowAsync().ConfigureAwait(false);
        if (_call.Query.AnyPod)
            found = ReadyPods.OneOfEach(found);
        var targets = new List<CommandTarget>();
        foreach (var one in found)
        {
            if (await TargetAsync(one, cancellationToken).ConfigureAwait(false) is { } target)
                targets.Add(target);
        }

        return targets;
    }

    /// <summary>The container of a pod; null, and told, when the command cannot run there.</summary>
    private async Task<CommandTarget?> TargetAsync(FoundPod one, CancellationToken cancellationToken)
    {
        var pod = one.Pod;
        if (pod.Phase is "Succeeded" or "Failed" && !one.IsNamed)
        {
            Context.Say?.Invoke($"Pod {pod.Namespace}/{pod.Name} has ended ({pod.Phase}): nothing runs in it.");
            return null;
        }

        var containers = _call.Containers.Of(pod);
        if (containers.Count == 0)
        {
            await FaultAsync(NoContainer(pod, _call.Query.Container ?? "", $"run '{Shown}' in"), pod, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (_call.Query.Container is null && pod.Containers.Count > 1)
            Context.Say?.Invoke($"Container {containers[0]} of pod {pod.Namespace}/{pod.Name} is meant, out of: {string.Join(", ", pod.Containers)}.");
        var target = new CommandTarget(Connection.Identity, pod, containers[0]);
        if (ContainerState.Of(pod, target.Container) is var state && (state.IsRunning || pod.StatusJson["containerStatuses"u8].Count() == 0 && pod.Phase == "Running"))
            return target;
        await FaultAsync(NotRunning(target, state), pod, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>That a pod has no container of a name, with those that it has.</summary>
    public static Fault NoContainer(KubePod pod, string name, string what) => new()
    {
        Phase = FaultPhase.NotFound,
        Cluster = pod.Source.Cluster,
        Operation = $"{what} {pod.Namespace}/{pod.Name}",
        Detail = $"it has no container '{name}'; there are: {string.Join(", ", PodContainer.Of(pod).Select(static container => container.Name))}",
        Advice = "Check the name.",
    };

    private string Shown => PodCommand.Shown(_call.Query);

    private Fault NotRunning(CommandTarget target, ContainerState state) => new()
    {
        Phase = FaultPhase.Invalid,
        Cluster = Connection.Identity,
        Operation = $"run '{Shown}' in {target.Namespace}/{target.Pod.Name}",
        Detail = target.Pod.Phase is "Succeeded" or "Failed" ? $"the pod has ended ({target.Pod.Phase})" : $"container {target.Container} does not run ({state.Reason ?? target.Pod.Phase ?? "unknown"})",
        Advice = "Wait for it (Wait-KubeResource -Condition Ready), or see why with Get-KubeLog and Get-KubeEvent.",
    };
}
