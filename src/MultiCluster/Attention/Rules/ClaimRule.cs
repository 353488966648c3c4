using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Claims without a volume. One whose class waits for its first pod is pending by intention until there is such a pod.</summary>
internal sealed class ClaimRule() : AttentionRule("Claim", "a PersistentVolumeClaim has no volume")
{
    private readonly List<(FindingSubject Claim, string? Class, DateTimeOffset? Created)> _pending = [];
    private readonly Dictionary<string, bool> _waitsForPod = new(StringComparer.Ordinal);
    private readonly HashSet<(string?, string?)> _wanted = [];

    public override IReadOnlyList<InventoryKind> Kinds => [new("persistentvolumeclaims"), new("storageclasses"), new("pods")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        switch (item)
        {
            case KubePersistentVolumeClaim { State: "Pending" } claim when scan.IsPast(ContainerEnd.CreatedAt(claim), Grace):
                _pending.Add((FindingSubject.Of(claim), claim.StorageClass, ContainerEnd.CreatedAt(claim)));
                break;
            case KubePersistentVolumeClaim { State: "Lost" } claim:
                scan.Add(this, FindingSeverity.Error, claim, null, $"Its volume {claim.Volume} is lost: it does not exist any more, or is bound to another claim.");
                break;
            case KubeStorageClass:
                _waitsForPod[item.Name] = item.Root["volumeBindingMode"u8].Is("WaitForFirstConsumer"u8);
                break;
            case KubePod pod when scan.Glance(pod).Phase.Is("Pending"u8):
                foreach (var volume in pod.SpecJson["volumes"u8].Elements)
                {
                    if (volume["persistentVolumeClaim"u8]["claimName"u8].AsText() is { } name)
                        _wanted.Add((pod.Namespace, name));
                }

                break;
        }
    }

    public override void Conclude(AttentionScan scan)
    {
        foreach (var (claim, className, created) in _pending)
        {
            if (className is not null && _waitsForPod.GetValueOrDefault(className) && !_wanted.Contains((claim.Namespace, claim.Name)))
                continue;
            var missing = className is { Length: > 0 } && !_waitsForPod.ContainsKey(className) && scan.HasSeen("storageclasses");
            scan.Add(this, FindingSeverity.Warning, claim, created, missing ? $"Is pending: its StorageClass {className} does not exist." : $"Is pending: no volume{(className is null ? "" : $" of class {className}")} has been bound to it.");
        }
    }
}
