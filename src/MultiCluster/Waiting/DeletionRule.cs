using MultiCluster.Objects;

namespace MultiCluster.Waiting;

/// <summary>Objects are to be gone.</summary>
internal sealed class DeletionRule : WaitRule
{
    public override string Unmet => "was not deleted";

    public override bool IsDeletion => true;

    public override ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken)
    {
        if (!item.IsDeleted)
            return new(WaitVerdict.Lacks("it is still there"));
        var finalizers = item.MetadataJson["finalizers"u8].AsTexts();
        return new(WaitVerdict.Lacks(finalizers.Count == 0 ? "it is being deleted" : $"it is being deleted, and waits for {string.Join(", ", finalizers)}"));
    }
}
