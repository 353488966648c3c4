using MultiCluster.Http;

namespace MultiCluster.Typed.Transport;

/// <summary>What a request of KubernetesClient is about, read from its method and address.</summary>
internal sealed record TypedRequest
{
    private static readonly string[] Streams = ["exec", "attach", "portforward"];

    /// <summary>What is tried, to be read after "cannot": <c>read pods/web-1 in namespace web</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What it is for.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>The <c>Accept</c> header when the caller gives none.</summary>
    public required string Accept { get; init; }

    /// <summary>True when it changes the cluster, or runs or reaches something inside it.</summary>
    public required bool Changes { get; init; }

    /// <param name="request">The request.</param>
    /// <param name="prefix">The path of the server's address.</param>
    public static TypedRequest Of(HttpRequestMessage request, string prefix)
    {
        var uri = request.RequestUri!;
        var parts = uri.AbsolutePath[prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var query = uri.Query.TrimStart('?').Split('&');
        var place = ResourcePlace.Of(parts);
        var reads = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options;
        var follows = reads && (query.Contains("watch=true") || query.Contains("follow=true"));
        var raw = place.Subresource is "log" or "proxy" || parts is ["logs", ..];
        return new TypedRequest
        {
            Operation = $"{Verb(request.Method, place, query)} {place}",
            Kind = follows || (reads && Streams.Contains(place.Subresource)) ? RequestKind.Stream
                : reads ? raw ? RequestKind.Download : RequestKind.Read
                : place.Subresource == "eviction" ? RequestKind.Eviction : RequestKind.Write,
            Accept = raw ? "*/*" : "application/json",
            Changes = reads ? Streams.Contains(place.Subresource) : !place.IsReview && !query.Contains("dryRun=All"),
        };
    }

    private static string Verb(HttpMethod method, ResourcePlace place, string[] query) => method.Method switch
    {
        "GET" when Streams.Contains(place.Subresource) => "open",
        "GET" when query.Contains("watch=true") => "watch",
        "GET" => place.Name is null && place.Resource.Length > 0 ? "list" : "read",
        "POST" => "create",
        "PUT" => "replace",
        "PATCH" => "change",
        "DELETE" => "delete",
        var other => other,
    };
}

/// <summary>What an address of the Kubernetes API points at.</summary>
/// <param name="Resource">The plural; empty outside the resources, as for <c>/version</c>.</param>
/// <param name="Namespace">The namespace, or null.</param>
/// <param name="Name">The object, or null for all.</param>
/// <param name="Subresource">The subresource, or null.</param>
/// <param name="IsReview">True where a POST asks something and leaves nothing.</param>
/// <param name="Path">The address.</param>
internal sealed record ResourcePlace(string Resource, string? Namespace, string? Name, string? Subresource, bool IsReview, string Path)
{
    /// <param name="parts">The path below the server's address.</param>
    public static ResourcePlace Of(string[] parts)
    {
        var path = "/" + string.Join('/', parts);
        var resources = parts is ["api", _, .. var core] ? core : parts is ["apis", _, _, .. var grouped] ? grouped : [];
        var review = parts is ["apis", "authorization.k8s.io" or "authentication.k8s.io", ..];

        // A namespace's own subresources look like objects in it.
        return resources switch
        {
            ["namespaces", var ns, "status" or "finalize", ..] => new("namespaces", null, Plain(ns), resources[2], review, path),
            ["namespaces", var ns, var kind, .. var rest] => Within(kind, Plain(ns), rest, review, path),
            [var kind, .. var rest] => Within(kind, null, rest, review, path),
            _ => new("", null, null, null, review, path),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Resource.Length == 0
        ? Path
        : $"{Resource}{(Name is null ? "" : $"/{Name}")}{(Subresource is null ? "" : $"/{Subresource}")}{(Namespace is null ? "" : $" in namespace {Namespace}")}";

    private static ResourcePlace Within(string kind, string? ns, string[] rest, bool review, string path) =>
        new(kind, ns, rest.Length > 0 ? Plain(rest[0]) : null, rest.Length > 1 ? rest[1] : null, review, path);

    private static string Plain(string part) => Uri.UnescapeDataString(part);
}
