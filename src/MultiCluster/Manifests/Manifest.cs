using MultiCluster.Faults;
using MultiCluster.Objects.Json;

namespace MultiCluster.Manifests;

/// <summary>An object that somebody wrote down, and where.</summary>
internal sealed record Manifest
{
    /// <summary>The object as compact JSON in UTF-8, its members in their own order.</summary>
    public required byte[] Json { get; init; }

    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    /// <summary>The name; null when the server is to make one of <see cref="GenerateName"/>.</summary>
    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public string? GenerateName { get; init; }

    public required ManifestPlace Place { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? ApiVersion[..slash] : "";

    /// <summary><c>Deployment shop/web</c>.</summary>
    public override string ToString() => $"{Kind} {(Namespace is null ? "" : $"{Namespace}/")}{Name ?? GenerateName}";

    /// <summary>The manifest that a document is.</summary>
    /// <exception cref="FaultException">Invalid: it is none.</exception>
    public static Manifest Of(ObjectDocument document)
    {
        if (document.Json is null)
            throw new FaultException(document.Fault!);
        var root = new JsonSlice(document.Json, 0);
        var metadata = root["metadata"u8];
        if (!root.IsObject)
            throw Wrong(document, "is no object", "An object has apiVersion, kind and metadata.");
        var manifest = new Manifest
        {
            Json = document.Json,
            Place = document.Place,
            Kind = Text(document, root["kind"u8], "kind") ?? throw Wrong(document, "has no kind", "Add kind, as kind: Deployment; leave out files that hold no objects."),
            ApiVersion = Text(document, root["apiVersion"u8], "apiVersion") ?? throw Wrong(document, "has no apiVersion", "Add apiVersion, as apiVersion: apps/v1."),
            Name = Text(document, metadata["name"u8], "metadata.name"),
            Namespace = Text(document, metadata["namespace"u8], "metadata.namespace"),
            GenerateName = Text(document, metadata["generateName"u8], "metadata.generateName"),
        };
        return manifest is { Name: null, GenerateName: null }
            ? throw Wrong(document, "has no name", "Add metadata.name, or metadata.generateName to have one made.")
            : manifest;
    }

    private static string? Text(ObjectDocument document, JsonSlice value, string field)
    {
        if (!value.Exists)
            return null;
        if (value.Raw[0] != (byte)'"')
            throw Wrong(document, $"has something else than a text as its {field}", "Put quotes around it.");
        return value.AsString() is { Length: > 0 } text ? text : null;
    }

    private static FaultException Wrong(ObjectDocument document, string what, string advice)
    {
        var root = new JsonSlice(document.Json!, 0);
        var known = string.Join(' ', new[] { root["kind"u8], root["metadata"u8]["name"u8] }
            .Where(static value => value.Exists && value.Raw[0] == (byte)'"').Select(static value => value.AsString()).Where(static text => text!.Length > 0));
        return new(ObjectDocument.FaultAt(document.Place, $"document {document.Place.Document}{(known.Length == 0 ? "" : $" ({known})")} {what}", advice));
    }
}
