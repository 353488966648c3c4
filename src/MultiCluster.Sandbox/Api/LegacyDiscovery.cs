using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>The discovery documents that every server has: one per group version.</summary>
internal static class LegacyDiscovery
{
    public static JsonObject Versions(SimulatedCluster cluster) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = cluster.Server.Authority }),
    };

    public static JsonObject Groups(SimulatedCluster cluster) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. GroupNames(cluster).Select(g => GroupEntry(cluster, g))]),
    };

    public static JsonObject? Group(SimulatedCluster cluster, string group)
    {
        if (!GroupNames(cluster).Contains(group)) return null;
        var json = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (name, value) in GroupEntry(cluster, group)) json[name] = value?.DeepClone();
        return json;
    }

    public static JsonObject? Resources(SimulatedCluster cluster, string group, string version)
    {
        var kinds = cluster.Store.Kinds.All.Where(k => k.Group == group && k.FindVersion(version) is not null).ToList();
        if (kinds.Count == 0) return null;
        var entries = kinds.SelectMany(k => k.Subresources.Select(s => SubresourceEntry(cluster, k, s)).Prepend(KindEntry(k)))
            .OrderBy(e => e["name"]!.ToString(), StringComparer.Ordinal);
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = ResourceKind.ApiVersionOf(group, version),
            ["resources"] = new JsonArray([.. entries]),
        };
    }

    /// <summary>The named groups in the server's order, those known only by a broken version last.</summary>
    public static IReadOnlyList<string> GroupNames(SimulatedCluster cluster) =>
        [.. cluster.Store.Kinds.All.Select(k => k.Group).Concat(cluster.Faults.BrokenGroupVersions.Select(b => b.Group)).Where(g => g.Length > 0).Distinct()];

    /// <summary>A group's versions, the preferred one first.</summary>
    public static IReadOnlyList<string> VersionsOf(SimulatedCluster cluster, string group) =>
    [
        .. cluster.Store.Kinds.All.Where(k => k.Group == group).SelectMany(k => k.Versions).Select(v => v.Name)
            .Concat(cluster.Faults.BrokenGroupVersions.Where(b => b.Group == group).Select(b => b.Version)).Distinct(),
    ];

    private static JsonObject GroupEntry(SimulatedCluster cluster, string group)
    {
        var versions = VersionsOf(cluster, group);
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

    private static JsonObject SubresourceEntry(SimulatedCluster cluster, ResourceKind owner, string name)
    {
        var subresource = Subresource.Of(cluster, owner, name);
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
