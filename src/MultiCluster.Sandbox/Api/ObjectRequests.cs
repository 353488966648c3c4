using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>One object: get, create, replace, delete.</summary>
internal static partial class ObjectRequests
{
    private const string NameRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    public static Task GetAsync(SimulatedRequest request, ResourceKind kind)
    {
        var shape = Representation.Of(request.Context.Request, list: false);
        var item = request.Cluster.Store.Find(kind, NamespaceOf(request, kind), request.Info.Name) ?? throw StatusError.NotFound(kind, request.Info.Name);
        return shape switch
        {
            Shape.Table => Answer.JsonAsync(request.Context, TableWriter.Write(request, kind, [item], MetadataOf(item))),
            Shape.Metadata => Answer.BytesAsync(
                request.Context,
                ["{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8.ToArray(), MetadataSlice.Of(item.Body), "}"u8.ToArray()]),
            _ => WriteAsync(request, item, 200),
        };
    }

    public static async Task CreateAsync(SimulatedRequest request, ResourceKind kind)
    {
        var json = await ReadAsync(request, kind);
        var metadata = json["metadata"] as JsonObject ?? [];
        json["metadata"] = metadata;
        if (metadata["name"] is null && metadata["generateName"]?.ToString() is { } prefix) metadata["name"] = prefix + Guid.NewGuid().ToString("n")[..5];
        var name = metadata["name"]?.ToString() ?? throw StatusError.Invalid(kind, "", "metadata.name", "Required value: name or generateName is required");
        var anyName = kind.Group == "rbac.authorization.k8s.io";
        if (!(anyName ? PathSegment() : Subdomain()).IsMatch(name) || name.Length > 253)
            throw StatusError.Invalid(kind, name, "metadata.name", $"Invalid value: \"{name}\": {NameRule}");
        if (kind.Namespaced)
        {
            if (metadata["namespace"]?.ToString() is { Length: > 0 } ns && ns != request.Info.Namespace)
                throw StatusError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
            metadata["namespace"] = request.Info.Namespace;
            var namespaces = request.Cluster.Store.Kinds.Named("namespaces");
            if (request.Cluster.Store.Find(namespaces, "", request.Info.Namespace) is null) throw StatusError.NotFound(namespaces, request.Info.Namespace);
        }
        metadata.Remove("uid");
        metadata.Remove("creationTimestamp");
        if (kind.Stored.QualifiedPlural == "events") CheckEvent(kind, json, name, request.Info.Namespace);
        ServerDefaults.Apply(kind, json);
        var stored = request.Cluster.Store.TryAdd(kind, json) ?? throw StatusError.AlreadyExists(kind, name);
        await WriteAsync(request, stored, 201);
    }

    public static async Task UpdateAsync(SimulatedRequest request, ResourceKind kind)
    {
        var json = await ReadAsync(request, kind);
        var metadata = json["metadata"] as JsonObject ?? [];
        json["metadata"] = metadata;
        var name = request.Info.Name;
        if (metadata["name"]?.ToString() != name)
            throw StatusError.BadRequest($"the name of the object ({metadata["name"]}) does not match the name on the URL ({name})");
        if (kind.Namespaced) metadata["namespace"] = request.Info.Namespace;
        var expected = metadata["resourceVersion"]?.ToString();
        try
        {
            var stored = request.Cluster.Store.TryReplace(kind, json, expected is { Length: > 0 } ? expected : null, onlyChanges: true)
                ?? throw StatusError.NotFound(kind, name);
            await WriteAsync(request, stored, 200);
        }
        catch (StaleObjectException)
        {
            throw StatusError.Stale(kind.QualifiedPlural, kind.Group, kind.Plural, name);
        }
    }

    public static async Task DeleteAsync(SimulatedRequest request, ResourceKind kind)
    {
        var options = await ReadOptionalAsync(request);
        var ns = NamespaceOf(request, kind);
        var name = request.Info.Name;
        var item = request.Cluster.Store.Find(kind, ns, name) ?? throw StatusError.NotFound(kind, name);
        if (options?["preconditions"]?["uid"]?.ToString() is { } uid && uid != item.Uid)
        {
            // rest.BeforeDelete names the kind where every other conflict names the resource.
            var qualified = kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";
            throw StatusError.Conflict(
                qualified,
                kind.Group,
                kind.Kind,
                name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({item.Uid}). The object might have been deleted and then recreated");
        }
        _ = request.Cluster.Store.TryRemove(kind, ns, name) ?? throw StatusError.NotFound(kind, name);
        var details = new JsonObject { ["name"] = name, ["kind"] = kind.Plural, ["uid"] = item.Uid };
        if (kind.Group.Length > 0) details.Insert(1, "group", kind.Group);
        await Answer.JsonAsync(
            request.Context,
            new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details });
    }

    // What is about an object without a namespace is in the namespace default.
    private static void CheckEvent(ResourceKind kind, JsonObject json, string name, string ns)
    {
        var about = (json["involvedObject"] ?? json["regarding"])?["namespace"]?.ToString() ?? "";
        if (about != ns && !(about.Length == 0 && ns == "default"))
            throw StatusError.Invalid(kind, name, "involvedObject.namespace", $"Invalid value: \"{about}\": does not match event.namespace");
    }

    private static string NamespaceOf(SimulatedRequest request, ResourceKind kind) => kind.Namespaced ? request.Info.Namespace : "";

    private static JsonObject MetadataOf(StoredObject item) => new() { ["resourceVersion"] = item.ResourceVersion.ToString(Timestamp.Culture) };

    private static Task WriteAsync(SimulatedRequest request, StoredObject item, int status) =>
        Answer.BytesAsync(request.Context, [item.Kind.Head(request.Info.Version), item.Body.AsMemory(1)], status);

    private static async Task<JsonObject> ReadAsync(SimulatedRequest request, ResourceKind kind)
    {
        if (!request.Context.Request.HasJsonContentType())
        {
            throw new StatusError(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
        }
        var json = await ReadOptionalAsync(request) ?? throw StatusError.BadRequest("the body of the request is empty");
        var apiVersion = ResourceKind.ApiVersionOf(kind.Group, request.Info.Version);
        if (json["kind"]?.ToString() != kind.Kind || json["apiVersion"]?.ToString() != apiVersion)
        {
            throw StatusError.BadRequest(
                $"{json["kind"]} in version \"{json["apiVersion"]}\" cannot be handled as a {kind.Kind}: the object provided is not {apiVersion} {kind.Kind}");
        }
        // Objects are stored in the kind's preferred version; the others differ in the name alone.
        json["apiVersion"] = kind.ApiVersion;
        return json;
    }

    private static async Task<JsonObject?> ReadOptionalAsync(SimulatedRequest request)
    {
        using var text = new StreamReader(request.Context.Request.Body);
        var body = await text.ReadToEndAsync(request.Aborted);
        if (string.IsNullOrWhiteSpace(body)) return null;
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw StatusError.BadRequest("the body of the request is not an object");
        }
        catch (JsonException e)
        {
            throw StatusError.BadRequest($"the object provided is unrecognized: {e.Message}");
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();

    [GeneratedRegex("^[^/%]+$")]
    private static partial Regex PathSegment();
}
