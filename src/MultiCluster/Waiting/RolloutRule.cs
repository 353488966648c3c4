using MultiCluster.Objects;
using MultiCluster.Workloads;

namespace MultiCluster.Waiting;

/// <summary>Objects are to be rolled out (<see cref="RolloutStatus"/>). One that has failed is not waited for any longer.</summary>
/// <param name="passedBefore">Of Deployments that were just changed, by their uid: when their deadline had passed before.</param>
internal sealed class RolloutRule(IReadOnlyDictionary<string, DateTimeOffset>? passedBefore = null) : WaitRule
{
    public override string Unmet => "was not rolled out";

    public override bool NeedsEndpoints => true;

    public override ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken)
    {
        DateTimeOffset? passed = item.Uid is { } uid && passedBefore is not null && passedBefore.TryGetValue(uid, out var before) ? before : null;
        var status = RolloutStatus.Of(item, endpoints, passed);
        return new(status.State == RolloutState.Done ? WaitVerdict.Fulfilled : new WaitVerdict(false, status.Message, status.State == RolloutState.Failed || status.IsRefused));
    }
}
