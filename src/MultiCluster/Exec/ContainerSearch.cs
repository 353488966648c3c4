using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Exec;

/// <summary>The containers of one cluster in which a call does something. What cannot be done in one is told, and the rest goes on.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="choice">Which containers are meant.</param>
/// <param name="container">The container that is named; null for the one that kubectl takes.</param>
/// <param name="what">What is done in a pod, as faults name it with the pod behind it: <c>run 'nginx -t' in</c>.</param>
internal sealed class ContainerSearch(TargetCluster cluster, ContainerChoice choice, string? container, string what)
{
    private readonly PodFinder _finder = new(cluster);

    /// <summary>The container of each pod that is meant, in pods that run.</summary>
    /// <param name="anyPod">One pod of each workload, Service, node or selector, in the place of all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CommandTarget>> FindAsync(bool anyPod, CancellationToken cancellationToken)
    {
        var found = await new PodSearch(cluster, _finder, cancellationToken).FindNowAsync().ConfigureAwait(false);
        if (anyPod)
            found = ReadyPods.OneOfEach(found);
        var targets = new List<CommandTarget>();
        foreach (var one in found)
        {
            if (await TargetAsync(one, cancellationToken).ConfigureAwait(false) is { } target)
                targets.Add(target);
        }

        return targets;
    }

    private async Task<CommandTarget?> TargetAsync(FoundPod one, CancellationToken cancellationToken)
    {
        var pod = one.Pod;
        if (pod.Phase is "Succeeded" or "Failed" && !one.IsNamed)
        {
            cluster.Context.Say?.Invoke($"Pod {pod.Namespace}/{pod.Name} has ended ({pod.Phase}): nothing runs in it.");
            return null;
        }

        var containers = choice.Of(pod);
        if (containers.Count == 0)
        {
            await cluster.FaultAsync(NoContainer(pod, container ?? "", what), pod, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (container is null && pod.Containers.Count > 1)
            cluster.Context.Say?.Invoke($"Container {containers[0]} of pod {pod.Namespace}/{pod.Name} is meant, out of: {string.Join(", ", pod.Containers)}.");
        var target = new CommandTarget(cluster.Connection.Identity, pod, containers[0]);
        if (ContainerState.Of(pod, target.Container) is var state && (state.IsRunning || pod.StatusJson["containerStatuses"u8].Count() == 0 && pod.Phase == "Running"))
            return target;
        await cluster.FaultAsync(NotRunning(target, state), pod, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>That a pod has no container of a name, with those that it has.</summary>
    public static Fault NoContainer(KubePod pod, string name, string what) => new()
    {
        Phase = FaultPhase.NotFound,
        Cluster = pod.Source.Cluster,
        Operation = $"{what} {pod.Namespace}/{pod.Name}",
        Detail = $"it has no container '{name}'; there are: {string.Join(", ", PodContainer.Of(pod).Select(static one => one.Name))}",
        Advice = "Check the name.",
    };

    private Fault NotRunning(CommandTarget target, ContainerState state) => new()
    {
        Phase = FaultPhase.Invalid,
        Cluster = cluster.Connection.Identity,
        Operation = $"{what} {target.Namespace}/{target.Pod.Name}",
        Detail = target.Pod.Phase is "Succeeded" or "Failed" ? $"the pod has ended ({target.Pod.Phase})" : $"container {target.Container} does not run ({state.Reason ?? target.Pod.Phase ?? "unknown"})",
        Advice = "Wait for it (Wait-KubeResource -Condition Ready), or see why with Get-KubeLog and Get-KubeEvent.",
    };
}
