namespace MultiCluster.Sandbox.Api;

/// <summary>In which shape the client wants objects.</summary>
internal enum Shape
{
    Full,
    Metadata,
    Table,
}

/// <summary>Chooses an answer's shape from the Accept header.</summary>
internal static class Representation
{
    public static Shape Of(HttpRequest request, bool list)
    {
        foreach (var media in MediaRange.Parse(request.Headers.Accept.ToString()))
        {
            if (media.IsPlainJson) return Shape.Full;
            if (!media.IsJson || media["g"] != "meta.k8s.io" || media["v"] is not ("v1" or "v1beta1")) continue;
            if (media["as"] == "Table") return Shape.Table;
            if (media["as"] == (list ? "PartialObjectMetadataList" : "PartialObjectMetadata")) return Shape.Metadata;
        }
        throw NotAcceptable();
    }

    /// <summary>The shape of a watch's objects.</summary>
    public static Shape OfWatch(HttpRequest request)
    {
        // A server takes the shape of a list for a watch too, and then cannot encode its first event.
        foreach (var media in MediaRange.Parse(request.Headers.Accept.ToString()))
        {
            if (media.IsPlainJson) break;
            if (media["as"] == "PartialObjectMetadataList") throw NotAcceptable();
        }
        return Of(request, list: false);
    }

    public static StatusError NotAcceptable() => new(406, "NotAcceptable", "only the following media types are accepted: application/json") { Details = [] };
}
