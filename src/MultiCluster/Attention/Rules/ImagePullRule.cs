using System.Collections.Frozen;
using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Pods whose image cannot be had.</summary>
internal sealed class ImagePullRule() : AttentionRule("ImagePull", "an image cannot be pulled")
{
    private static readonly FrozenSet<string> Reasons =
        new[] { "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed" }.ToFrozenSet(StringComparer.Ordinal);

    public override IReadOnlyList<InventoryKind> Kinds => [new("pods")];

    /// <summary>True for the STATUS of a pod whose image cannot be had.</summary>
    public static bool Is(string trouble) => Reasons.Contains(trouble);

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubePod pod || scan.Glance(pod) is not { IsReady: false, Trouble: var trouble } glance || !Is(trouble))
            return;
        var container = glance.WaitingFor(trouble);
        var message = container["state"u8]["waiting"u8]["message"u8].AsText();
        scan.Add(
            this, FindingSeverity.Error, pod, glance.NotReadySince,
            Sentence.Of($"Image {container["image"u8].AsText()} of container {container["name"u8].AsText()} cannot be pulled: {message ?? trouble}"));
    }
}
