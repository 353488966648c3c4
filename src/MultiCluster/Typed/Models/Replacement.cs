using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MultiCluster.Faults;

namespace MultiCluster.Typed.Models;

/// <summary>
/// A PUT of a model that came from a cluster, as a patch of what was changed: the whole model would erase what it does not know. It holds for
/// the version that was read; a newer one is a conflict.
/// </summary>
internal static class Replacement
{
    /// <summary>Whether the body is an object that is there. A namespace's <c>finalize</c> takes nothing but a PUT, and it takes finalizers alone.</summary>
    public static bool IsNeeded(string address, object body) =>
        body is IMetadata<V1ObjectMeta> { Metadata: { } metadata } && (metadata.Uid ?? metadata.ResourceVersion) is not null
        && !address.Split('?')[0].EndsWith("/finalize", StringComparison.Ordinal);

    /// <summary>The patch; null when it is not known what the model came from.</summary>
    public static V1Patch? Of(object model, ModelStore models)
    {
        if (models.Of(model) is not { } origin)
            return null;
        var type = model.GetType();
        var raw = JsonNode.Parse(origin.Json.Span)!.AsObject();
        var patch = ModelDifference.Of(raw, Written(ModelTypes.Read(type, origin.Json)), Written(model));
        if (patch["metadata"] is not JsonObject metadata)
            patch["metadata"] = metadata = [];
        foreach (var name in (string[])["uid", "resourceVersion"])
        {
            metadata.Remove(name);
            if (raw["metadata"]?[name] is { } value)
                metadata[name] = value.DeepClone();
        }

        return new V1Patch(patch, V1Patch.PatchType.MergePatch);
    }

    /// <summary>Why a model that claims to be there cannot be written.</summary>
    public static Fault Unknown(object model) => new()
    {
        Phase = FaultPhase.Invalid,
        Detail = $"this {model.GetType().Name} bears an object's uid or resourceVersion and was not read through the module: to write it whole would erase what a model does not know",
        Advice = "Read the object with the client or ConvertTo-KubeModel, change that, and write it.",
    };

    private static JsonObject Written(object model) => JsonNode.Parse(KubernetesJson.Serialize(model))!.AsObject();
}
