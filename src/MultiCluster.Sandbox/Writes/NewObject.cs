using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Apply;
using MultiCluster.Sandbox.Kinds;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>A new object, as a server's registry makes it: checked, completed, stored.</summary>
internal static partial class NewObject
{
    private const string NameRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private static readonly string[] GivenByServer =
        ["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"];

    /// <summary>The object as it is stored or (with a dry run) would be; null when there is one of the name.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="json">What the client wants.</param>
    /// <param name="dryRun">True to store nothing.</param>
    /// <param name="writer">Who writes.</param>
    public static StoredObject? Store(SimulatedRequest request, ResourceKind kind, JsonObject json, bool dryRun, FieldWriter writer)
    {
        var metadata = json["metadata"]!.AsObject();
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
        KindDefaults.Complete(kind, json);
        StoredShape.Normalize(kind, json);
        if (!writer.Applies && KindTypes.Of(request.Store, kind, request.Info.Version) is { } type) Ownership.Update(type, null, json, writer, kind.IsCustom);
        // What the server gives, and not the client's write, has no owner.
        ServerDefaults.Apply(kind, json, request.Time.GetUtcNow());
        KindRules.Check(kind, null, json);
        return request.Store.TryAdd(kind, json, dryRun);
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
