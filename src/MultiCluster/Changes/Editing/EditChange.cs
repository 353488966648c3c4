using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Changes.Wanted;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Changes.Editing;

/// <summary>
/// An edit of a cluster's object: what was done to the one that was shown, as a merge patch of the cluster's own. Its lists are sent whole,
/// made of the cluster's, and its resourceVersion is a precondition: what others write meanwhile is merged anew, and never overwritten.
/// </summary>
internal static class EditChange
{
    /// <summary>The change.</summary>
    /// <param name="target">The object.</param>
    /// <param name="shown">What was shown, of this cluster or another.</param>
    /// <param name="saved">What was made of it.</param>
    /// <param name="force">Whether fields that differ from what was shown are overwritten.</param>
    /// <param name="refused">Told of an object with conflicts, as it is there.</param>
    public static ObjectChange Of(ChangeTarget target, JsonObject shown, JsonObject saved, bool force, Action<KubeObject>? refused = null) =>
        PatchChange.Merge(target, "Edit", before =>
        {
            var own = TreeOf(before);
            var merge = ThreeWayMerge.Of(shown, saved, own, force);
            if (merge.Conflicts.Count > 0)
            {
                refused?.Invoke(before);
                throw new FaultException(Refusal(before, merge.Conflicts));
            }

            if (MergeDifference.Between(own, merge.Merged) is not { } patch)
                return null;
            if (patch["metadata"] is not JsonObject metadata)
                patch["metadata"] = metadata = [];
            metadata["resourceVersion"] = before.ResourceVersion;
            return patch;
        });

    /// <summary>An object as it is compared.</summary>
    public static JsonObject TreeOf(KubeObject item) => (JsonObject)JsonNode.Parse(TreeJson.Of(item))!;

    private static Fault Refusal(KubeObject item, IReadOnlyList<EditConflict> conflicts)
    {
        var hidden = item.Source.Kind is { Group: "", Kind: "Secret" };
        return new Fault
        {
            Phase = FaultPhase.Conflict,
            Operation = ObjectOperation.Of("edit", item.Source.Kind, item.Namespace, item.Name),
            Detail = $"{NameList.Of([.. conflicts.Select(static conflict => conflict.Path)])} {(conflicts.Count == 1 ? "is" : "are")} not there as shown in the editor",
            Advice = "Edit that cluster's object by itself with -Cluster, or overwrite what is there with -Force.",
            Causes = [.. conflicts.Select(conflict => new FaultCause("FieldDiffers", conflict.Sentence(hidden), conflict.Path))],
        };
    }
}
