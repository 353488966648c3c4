using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Discovery;

/// <summary>The discovery documents that every server has: one per group version.</summary>
internal static class LegacyDiscovery
{
    public static JsonObject Versions(string server) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = server }),
    };

    public static JsonObject Groups(ApiCatalog catalog) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. catalog.Groups.Select(g => GroupEntry(catalog, g))]),
    };

    public static JsonObject? Group(ApiCatalog catalog, string group)
    {
        if (!catalog.Groups.Contains(group)) return null;
        var json = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (name, value) in GroupEntry(catalog, group)) json[name] = value?.DeepClone();
        return json;
    }

    public static JsonObject? Resources(ApiCatalog catalog, string group, string version)
    {
        var kinds = catalog.KindsOf(group, version).ToList();
        if (kinds.Count == 0) return null;
        var entries = kinds.SelectMany(k => k.Subresources.Select(s => SubresourceEntry(catalog, k, s)).Prepend(KindEntry(k)))
            .OrderBy(e => e["name"]!.ToString(), StringComparer.Ordinal);
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = ResourceKind.ApiVersionOf(group, version),
            ["resources"] = new JsonArray([.. entries]),
        };
    }

    private static JsonObject GroupEntry(ApiCatalog catalog, string group)
    {
        var versions = catalog.VersionsOf(group);
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions.Select(v => Entry(group, v))]),
            ["preferredVersion"] = Entry(group, versions[0]),
        };
    }

    private static JsonObject Entry(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static JsonObject KindEntry(ResourceKind kind)
    {
        var json = new JsonObject
        {
            ["name"] = kind.Plural,
            ["singularName"] = kind.Singular,
            ["namespaced"] = kind.Namespaced,
            ["kind"] = kind.Kind,
            ["verbs"] = Texts(kind.Verbs),
        };
        if (kind.ShortNames.Count > 0) json["shortNames"] = Texts(kind.ShortNames);
        if (kind.Categories.Count > 0) json["categories"] = Texts(kind.Categories);
        return json;
    }

    private static JsonObject SubresourceEntry(ApiCatalog catalog, ResourceKind owner, string name)
    {
        var subresource = Subresource.Of(catalog, owner, name);
        var json = new JsonObject { ["name"] = $"{owner.Plural}/{name}", ["singularName"] = "", ["namespaced"] = owner.Namespaced };
        if (subresource.Group != owner.Group)
        {
            json["group"] = subresource.Group;
            json["version"] = subresource.Version;
        }
        json["kind"] = subresource.Kind;
        json["verbs"] = Texts(subresource.Verbs);
        return json;
    }

    internal static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];
}
