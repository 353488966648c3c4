using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Typed.Models;

/// <summary>Makes a model of an object that was read without one.</summary>
internal static class ModelReader
{
    /// <exception cref="FaultException">Invalid: the kind has no model, or only a part of the object was read.</exception>
    public static object Read(KubeObject item, ModelStore models)
    {
        var type = models.Types.Of(item.ApiVersion, item.Kind)
            ?? throw Refused(item, $"there is no model of {item.Kind} in {item.ApiVersion}", "The object's own members reach every path: $object.spec.replicas.");
        if (item.Source.MetadataOnly)
            throw Refused(item, "only a part of the object was read", "Read it without -MetadataOnly.");
        var json = Whole(item);
        try
        {
            var model = ModelTypes.Read(type.Class, json);
            models.Came(model, json, item.Source.Cluster, null);
            return model;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Refused(item, $"the object does not fit the model {type.Class.Name} ({e.Message})", "The object's own members reach every path: $object.spec.replicas.");
        }
    }

    /// <summary>The object's JSON; an element of a list does not say what it is.</summary>
    private static byte[] Whole(KubeObject item)
    {
        var json = JsonNode.Parse(item.Root.Raw)!.AsObject();
        json["apiVersion"] = item.ApiVersion;
        json["kind"] = item.Kind;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static FaultException Refused(KubeObject item, string detail, string advice) =>
        new(new Fault { Phase = FaultPhase.Invalid, Cluster = item.Source.Cluster, Operation = $"make a model of {item}", Detail = detail, Advice = advice });
}
