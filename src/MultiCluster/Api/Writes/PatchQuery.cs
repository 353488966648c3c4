using System.Text.Json.Nodes;

namespace MultiCluster.Api.Writes;

/// <summary>A merge patch (RFC 7386) and what must hold for it.</summary>
/// <param name="Patch">The members that change; null as a value removes a member, an array replaces the whole one.</param>
internal sealed record PatchQuery(JsonObject Patch)
{
    /// <summary>The uid that the object must have; null for any.</summary>
    public string? Uid { get; init; }

    /// <summary>The version that the object must have; null for any.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>True to have the server check everything and change nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>The patch with its preconditions, as they are sent: in its metadata.</summary>
    public byte[] Body()
    {
        var body = (JsonObject)Patch.DeepClone();
        if (Uid is not null || ResourceVersion is not null)
        {
            var metadata = body["metadata"] as JsonObject;
            if (metadata is null)
                body["metadata"] = metadata = [];
            if (Uid is not null)
                metadata["uid"] = Uid;
            if (ResourceVersion is not null)
                metadata["resourceVersion"] = ResourceVersion;
        }

        return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes((JsonNode)body);
    }
}
