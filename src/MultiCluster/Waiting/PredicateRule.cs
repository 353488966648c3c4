using MultiCluster.Objects;

namespace MultiCluster.Waiting;

/// <summary>Somebody else says whether an object is as it should be.</summary>
internal sealed class PredicateRule(Func<KubeObject, CancellationToken, ValueTask<bool>> holds) : WaitRule
{
    public override string Unmet => "did not fulfil the filter";

    public override async ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken) =>
        await holds(item, cancellationToken).ConfigureAwait(false) ? WaitVerdict.Fulfilled : WaitVerdict.Lacks("the filter is not fulfilled");
}
