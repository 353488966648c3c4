using MultiCluster.Objects;
using MultiCluster.Pods;
using MultiCluster.Waiting;

namespace MultiCluster.Debugging;

/// <summary>A container is to have ended.</summary>
internal sealed class ContainerEndRule(string container) : WaitRule
{
    public override string Unmet => $"did not end container {container}";

    public override ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken) =>
        new(ContainerState.Of((KubePod)item, container).Phase == ContainerPhase.Terminated ? WaitVerdict.Fulfilled : WaitVerdict.Lacks("it runs"));
}
