using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Discovery;

/// <summary>A group version of a server without aggregated discovery; its kinds are a document of their own.</summary>
internal readonly record struct GroupVersion(string Group, string Version)
{
    public string Path => Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";

    public override string ToString() => Group.Length == 0 ? Version : $"{Group}/{Version}";
}

/// <summary>Reads the documents of servers before aggregated discovery: APIVersions, APIGroupList, APIResourceList.</summary>
internal static class LegacyDocuments
{
    /// <summary>
    /// The group versions of <c>/api</c> or <c>/apis</c> in the server's preferred order, or null when it is neither document.
    /// </summary>
    public static List<GroupVersion>? Roots(JsonSlice root)
    {
        var found = new List<GroupVersion>();
        if (root["kind"u8].Is("APIVersions"u8))
        {
            foreach (var version in root["versions"u8].Elements)
                Add(found, "", version.AsString());
            return found;
        }

        if (!root["kind"u8].Is("APIGroupList"u8))
            return null;
        foreach (var item in root["groups"u8].Elements)
        {
            var group = item["name"u8].AsString() ?? "";
            Add(found, group, item["preferredVersion"u8]["version"u8].AsString());
            foreach (var version in item["versions"u8].Elements)
                Add(found, group, version["version"u8].AsString());
        }

        return found;
    }

    /// <summary>The kinds of one group version, or null when this is no APIResourceList.</summary>
    public static DiscoveryPart? Resources(JsonSlice root, GroupVersion served)
    {
        if (!root["kind"u8].Is("APIResourceList"u8))
            return null;
        var part = new DiscoveryPart();
        var lists = new SharedLists();
        var subresources = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var resource in root["resources"u8].Elements)
        {
            var name = resource["name"u8].AsString() ?? "";
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                if (ReadResource(resource, served, name, lists) is { } kind)
                    part.Kinds.Add(kind);
                continue;
            }

            var parent = name[..slash];
            if (!subresources.TryGetValue(parent, out var names))
                subresources[parent] = names = [];
            names.Add(name[(slash + 1)..]);
        }

        for (var i = 0; i < part.Kinds.Count; i++)
        {
            if (subresources.TryGetValue(part.Kinds[i].Plural, out var names))
                part.Kinds[i] = part.Kinds[i] with { Subresources = names };
        }

        return part;
    }

    private static ResourceKind? ReadResource(JsonSlice resource, GroupVersion served, string plural, SharedLists lists)
    {
        var kind = resource["kind"u8].AsString();
        if (plural.Length == 0 || string.IsNullOrEmpty(kind))
            return null;
        var singular = resource["singularName"u8].AsString();
        return new ResourceKind
        {
            Group = served.Group,
            Version = served.Version,
            Kind = kind,
            Plural = plural,
            Singular = string.IsNullOrEmpty(singular) ? kind.ToLowerInvariant() : singular, // built-in kinds have none before 1.27
            ShortNames = SharedLists.Strings(resource["shortNames"u8]),
            Categories = lists.Categories(resource["categories"u8]),
            Verbs = lists.Verbs(resource["verbs"u8]),
            Namespaced = resource["namespaced"u8].AsBoolean(),
        };
    }

    private static void Add(List<GroupVersion> found, string group, string? version)
    {
        if (string.IsNullOrEmpty(version))
            return;
        var served = new GroupVersion(group, version);
        if (!found.Contains(served))
            found.Add(served);
    }
}
