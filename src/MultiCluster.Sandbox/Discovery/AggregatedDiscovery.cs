using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Discovery;

/// <summary>The discovery document that holds every kind at once (<c>apidiscovery.k8s.io</c>).</summary>
internal static class AggregatedDiscovery
{
    /// <summary>The version the client asks for and the cluster offers, with its content type; null for the legacy document.</summary>
    public static (string Version, string ContentType)? Wanted(SimulatedRequest request, DiscoveryMode mode)
    {
        foreach (var media in MediaRange.Parse(request.Context.Request.Headers.Accept.ToString()))
        {
            if (media["as"] != "APIGroupDiscoveryList" || media["g"] != "apidiscovery.k8s.io")
            {
                if (media.IsPlainJson) return null;
                continue;
            }
            var offered = media["v"] switch
            {
                "v2" => mode == DiscoveryMode.V2,
                "v2beta1" => mode != DiscoveryMode.None,
                _ => false,
            };
            if (offered) return (media["v"]!, $"application/json;g=apidiscovery.k8s.io;v={media["v"]};as=APIGroupDiscoveryList");
        }
        return null;
    }

    public static JsonObject Document(ApiCatalog catalog, bool core, string version) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = $"apidiscovery.k8s.io/{version}",
        ["metadata"] = new JsonObject(),
        ["items"] = core
            ? new JsonArray(GroupItem(catalog, ""))
            : new JsonArray([.. catalog.Groups.Select(g => GroupItem(catalog, g))]),
    };

    private static JsonObject GroupItem(ApiCatalog catalog, string group) => new()
    {
        ["metadata"] = group.Length == 0 ? new JsonObject { ["creationTimestamp"] = null } : new JsonObject { ["name"] = group, ["creationTimestamp"] = null },
        ["versions"] = new JsonArray([.. catalog.VersionsOf(group).Select(v => VersionItem(catalog, group, v))]),
    };

    private static JsonObject VersionItem(ApiCatalog catalog, string group, string version)
    {
        if (catalog.IsBroken(group, version)) return new JsonObject { ["version"] = version, ["freshness"] = "Stale" };
        var kinds = catalog.KindsOf(group, version).OrderBy(k => k.Plural, StringComparer.Ordinal);
        return new JsonObject
        {
            ["version"] = version,
            ["resources"] = new JsonArray([.. kinds.Select(k => KindItem(catalog, k, version))]),
            ["freshness"] = "Current",
        };
    }

    private static JsonObject KindItem(ApiCatalog catalog, ResourceKind kind, string version)
    {
        var json = new JsonObject
        {
            ["resource"] = kind.Plural,
            ["responseKind"] = ResponseKind(kind.Group, version, kind.Kind),
            ["scope"] = kind.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = kind.Singular,
            ["verbs"] = LegacyDiscovery.Texts(kind.Verbs),
        };
        if (kind.ShortNames.Count > 0) json["shortNames"] = LegacyDiscovery.Texts(kind.ShortNames);
        if (kind.Categories.Count > 0) json["categories"] = LegacyDiscovery.Texts(kind.Categories);
        if (kind.Subresources.Count > 0) json["subresources"] = new JsonArray([.. kind.Subresources.Select(s => SubresourceItem(catalog, kind, version, s))]);
        return json;
    }

    private static JsonObject SubresourceItem(ApiCatalog catalog, ResourceKind owner, string version, string name)
    {
        var subresource = Subresource.Of(catalog, owner, name);
        return new JsonObject
        {
            ["subresource"] = name,
            ["responseKind"] = ResponseKind(subresource.Group, subresource.Group == owner.Group ? version : subresource.Version, subresource.Kind),
            ["verbs"] = LegacyDiscovery.Texts(subresource.Verbs),
        };
    }

    private static JsonObject ResponseKind(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };
}
