using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>The volume that a claim is bound to, and the StorageClass of both.</summary>
internal sealed class ClaimRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => [KindKey.Claim, KindKey.Volume];

    public override IReadOnlyList<KindKey> Targets => [KindKey.Volume, KindKey.StorageClass];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var spec = item.SpecJson;
        if (KindKey.Of(item) == KindKey.Claim && spec["volumeName"u8].AsText() is { } volume)
            yield return new(RelationType.Binds, "spec.volumeName", KindKey.Volume, null, volume);
        if (spec["storageClassName"u8].AsText() is { } storage)
            yield return new(RelationType.Uses, "spec.storageClassName", KindKey.StorageClass, null, storage);
    }
}
