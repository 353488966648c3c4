using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using MultiCluster.Api.Discovery;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Typed.Models;

/// <summary>Makes the module's own object of a model.</summary>
internal static class ModelObjects
{
    /// <summary>Whether it is a model. Loads nothing.</summary>
    public static bool IsModel(object? value) => value?.GetType().Namespace == "k8s.Models";

    /// <summary>The object, of the cluster that the model came from.</summary>
    /// <exception cref="FaultException">Invalid: it came from no cluster.</exception>
    public static KubeObject Of(object model, ModelStore models, TimeProvider time)
    {
        if (models.Of(model) is not { } origin || models.Types.Of(model.GetType()) is not { } type)
            throw new FaultException(FaultPhase.Invalid, $"this {model.GetType().Name} came from no cluster", "Give an object of Get-KubeResource, or a model that Get-KubeClient's operations or ConvertTo-KubeModel returned.");
        var json = Json(model, models);
        var source = new ObjectSource { Cluster = origin.Cluster, Kind = KindOf(type, ModelNames.Of(model).Namespace), Time = time };
        return KubeObjectFactory.For(source.Kind)(new ObjectContent(source, json, ItemIndex.OfObject(json)));
    }

    /// <summary>What the model says now, and of an object of a cluster what the model does not know, too.</summary>
    public static byte[] Json(object model, ModelStore models)
    {
        var now = JsonNode.Parse(KubernetesJson.Serialize(model))!;
        if (now is JsonObject changed && models.Of(model) is { } origin)
        {
            var before = JsonNode.Parse(KubernetesJson.Serialize(ModelTypes.Read(model.GetType(), origin.Json)))!.AsObject();
            now = ModelDifference.Applied(JsonNode.Parse(origin.Json.Span)!.AsObject(), before, changed);
        }

        return JsonSerializer.SerializeToUtf8Bytes(now);
    }

    private static ResourceKind KindOf(ModelType type, string? ns) =>
        BuiltInKinds.All.FirstOrDefault(kind => kind.Kind == type.Kind && kind.ApiVersion == type.ApiVersion)
        ?? new ResourceKind { Group = type.Group, Version = type.Version, Kind = type.Kind, Plural = type.Plural, Singular = type.Kind.ToLowerInvariant(), Namespaced = ns is not null };
}
