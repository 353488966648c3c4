using MultiCluster.Objects;
using MultiCluster.Workloads;

namespace MultiCluster.Waiting;

/// <summary>Objects are to be rolled out (<see cref="RolloutStatus"/>). One that has failed is not waited for any longer.</summary>
internal sealed class RolloutRule : WaitRule
{
    public override string Unmet => "was not rolled out";

    public override bool NeedsEndpoints => true;

    public override ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken)
    {
        var status = RolloutStatus.Of(item, endpoints);
        return new(status.State == RolloutState.Done ? WaitVerdict.Fulfilled : new WaitVerdict(false, status.Message, status.State == RolloutState.Failed || status.IsRefused));
    }
}
