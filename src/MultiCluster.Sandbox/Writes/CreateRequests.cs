using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>POST: a new object.</summary>
internal static partial class CreateRequests
{
    private const string NameRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private static readonly string[] GivenByServer =
        ["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"];

    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var dryRun = WriteOptions.DryRun(request, "CreateOptions");
        var json = await RequestBody.ObjectAsync(request, kind);
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
            NamespaceDeletion.CheckOpen(request.Store, kind, request.Info.Namespace, name);
        }
        foreach (var given in GivenByServer) metadata.Remove(given);
        if (kind.Stored.QualifiedPlural == "events") CheckEvent(kind, json, name, request.Info.Namespace);
        ServerDefaults.Apply(kind, json);
        StoredShape.Normalize(kind, json);
        var stored = request.Store.TryAdd(kind, json, dryRun) ?? throw StatusError.AlreadyExists(kind, name);
        await Answer.ObjectAsync(request, stored, 201);
    }

    // What is about an object without a namespace is in the namespace default.
    private static void CheckEvent(ResourceKind kind, JsonObject json, string name, string ns)
    {
        var about = (json["involvedObject"] ?? json["regarding"])?["namespace"]?.ToString() ?? "";
        if (about != ns && !(about.Length == 0 && ns == "default"))
            throw StatusError.Invalid(kind, name, "involvedObject.namespace", $"Invalid value: \"{about}\": does not match event.namespace");
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();

    [GeneratedRegex("^[^/%]+$")]
    private static partial Regex PathSegment();
}
