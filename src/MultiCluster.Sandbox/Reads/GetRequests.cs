using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Tables;

namespace MultiCluster.Sandbox.Reads;

/// <summary>GET: one object, in the shape the client wants.</summary>
internal static class GetRequests
{
    public static Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var shape = Representation.Of(request.Context.Request, list: false);
        var (ns, name) = request.KeyOf(kind);
        return AnswerAsync(request, kind, request.Store.Find(kind, ns, name) ?? throw StatusError.NotFound(kind, request.Info.Name), shape);
    }

    /// <summary>Answers with an object.</summary>
    public static Task AnswerAsync(SimulatedRequest request, ResourceKind kind, StoredObject item, Shape shape) => shape switch
    {
        Shape.Table => Answer.JsonAsync(request.Context, TableWriter.Write(request, kind, [item], MetadataOf(item))),
        Shape.Metadata => Answer.BytesAsync(
            request.Context,
            ["{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8.ToArray(), MetadataSlice.Of(item.Body), "}"u8.ToArray()]),
        _ => Answer.ObjectAsync(request, item),
    };

    private static JsonObject MetadataOf(StoredObject item) => new() { ["resourceVersion"] = item.ResourceVersion.ToString(CultureInfo.InvariantCulture) };
}
