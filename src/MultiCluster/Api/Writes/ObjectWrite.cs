using MultiCluster.Objects;

namespace MultiCluster.Api.Writes;

/// <summary>How a write changes its object.</summary>
internal enum WriteMethod
{
    /// <summary>POST: the object must not be there.</summary>
    Create,

    /// <summary>Server-side apply: the object becomes what the body says of it, whether it is there or not.</summary>
    Apply,

    /// <summary>PUT: the object becomes the body; with a resourceVersion only from that version.</summary>
    Replace,

    /// <summary>A merge patch (RFC 7386).</summary>
    MergePatch,

    /// <summary>A strategic merge patch: lists are merged by their keys. Custom resources know none.</summary>
    StrategicPatch,

    /// <summary>A JSON patch (RFC 6902).</summary>
    JsonPatch,
}

/// <summary>One write of an object, as it is sent.</summary>
/// <param name="Method">How it changes the object.</param>
/// <param name="Body">The body, JSON. Preconditions, a uid or a resourceVersion, stand in its metadata.</param>
internal sealed record ObjectWrite(WriteMethod Method, ReadOnlyMemory<byte> Body)
{
    /// <summary>A part of the object that is written apart: <c>scale</c>, <c>status</c>; null for the object.</summary>
    public string? Subresource { get; init; }

    /// <summary>Takes fields from the managers that own them, for an apply that would else be a conflict.</summary>
    public bool Force { get; init; }

    /// <summary>True to have the server check everything and change nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether sending it twice is as good as once. A JSON patch may add to a list, and a creation finds its own object.</summary>
    public bool IsIdempotent => Method is WriteMethod.Apply or WriteMethod.Replace or WriteMethod.MergePatch or WriteMethod.StrategicPatch;

    /// <summary>The HTTP method.</summary>
    public HttpMethod Verb => Method switch
    {
        WriteMethod.Create => HttpMethod.Post,
        WriteMethod.Replace => HttpMethod.Put,
        _ => HttpMethod.Patch,
    };

    /// <summary>The body's type.</summary>
    public string ContentType => Method switch
    {
        WriteMethod.Apply => "application/apply-patch+yaml", // of which JSON is a part
        WriteMethod.MergePatch => "application/merge-patch+json",
        WriteMethod.StrategicPatch => "application/strategic-merge-patch+json",
        WriteMethod.JsonPatch => "application/json-patch+json",
        _ => "application/json",
    };

    /// <summary>What it tries, to be read before "deployment web".</summary>
    public string Word => Method switch
    {
        WriteMethod.Create => "create",
        WriteMethod.Apply => "apply",
        WriteMethod.Replace => "replace",
        _ => "change",
    };

    /// <summary>The path and the query.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="name">Its name; of no meaning for a creation.</param>
    public string PathOf(ResourceKind kind, string? ns, string name)
    {
        var path = kind.Path(ns);
        if (Method != WriteMethod.Create)
            path += $"/{Uri.EscapeDataString(name)}";
        if (Subresource is not null)
            path += $"/{Subresource}";

        // Unknown fields are errors, as for kubectl since 1.25; older servers do not know the parameter, and drop them.
        return $"{path}?fieldManager={ObjectWriter.FieldManager}&fieldValidation=Strict{(Force && Method == WriteMethod.Apply ? "&force=true" : "")}{(DryRun ? "&dryRun=All" : "")}";
    }
}

/// <summary>What a server answers to a write.</summary>
/// <param name="Object">The object as it is then, or as it would be; of a subresource, that.</param>
/// <param name="Created">Whether it was not there before.</param>
/// <param name="Warnings">What the server warns of.</param>
internal sealed record WriteAnswer(KubeObject Object, bool Created, IReadOnlyList<string> Warnings);
