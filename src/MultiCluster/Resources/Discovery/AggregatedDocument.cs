using MultiCluster.Resources.Json;

namespace MultiCluster.Resources.Discovery;

/// <summary>Reads an APIGroupDiscoveryList (apidiscovery.k8s.io, v2 and v2beta1 have the same shape).</summary>
internal static class AggregatedDocument
{
    public static bool Is(JsonSlice root) => root["kind"u8].Is("APIGroupDiscoveryList"u8);

    public static DiscoveryPart Read(JsonSlice root)
    {
        var part = new DiscoveryPart();
        var lists = new SharedLists();
        foreach (var item in root["items"u8].Elements)
        {
            var group = item["metadata"u8]["name"u8].AsString() ?? "";
            foreach (var served in item["versions"u8].Elements)
                ReadVersion(served, group, part, lists);
        }

        return part;
    }

    private static void ReadVersion(JsonSlice served, string group, DiscoveryPart part, SharedLists lists)
    {
        var version = served["version"u8].AsString() ?? throw new FormatException("a group has a version without name");
        if (served["freshness"u8].Is("Stale"u8))
        {
            part.Notices.Add(new(
                group.Length == 0 ? version : $"{group}/{version}",
                "its API server does not answer; the kinds listed are the last known"));
        }

        foreach (var resource in served["resources"u8].Elements)
        {
            if (ReadResource(resource, group, version, lists) is { } kind)
                part.Kinds.Add(kind);
        }
    }

    private static ResourceKind? ReadResource(JsonSlice resource, string group, string version, SharedLists lists)
    {
        string? plural = null, kind = null, singular = null;
        IReadOnlyList<string> shortNames = [], categories = [], verbs = [], subresources = [];
        var namespaced = false;
        foreach (var member in resource.Members)
        {
            var value = member.Value;
            if (member.NameIs("resource"u8))
                plural = value.AsString();
            else if (member.NameIs("responseKind"u8))
                kind = value["kind"u8].AsString();
            else if (member.NameIs("scope"u8))
                namespaced = value.Is("Namespaced"u8);
            else if (member.NameIs("singularResource"u8))
                singular = value.AsString();
            else if (member.NameIs("verbs"u8))
                verbs = lists.Verbs(value);
            else if (member.NameIs("shortNames"u8))
                shortNames = SharedLists.Strings(value);
            else if (member.NameIs("categories"u8))
                categories = lists.Categories(value);
            else if (member.NameIs("subresources"u8))
                subresources = lists.Subresources(value);
        }

        // A resource that exists only through its subresources has no kind of its own.
        if (string.IsNullOrEmpty(plural) || string.IsNullOrEmpty(kind))
            return null;
        return new ResourceKind
        {
            Group = group,
            Version = version,
            Kind = kind,
            Plural = plural,
            Singular = string.IsNullOrEmpty(singular) ? kind.ToLowerInvariant() : singular,
            ShortNames = shortNames,
            Categories = categories,
            Verbs = verbs,
            Subresources = subresources,
            Namespaced = namespaced,
        };
    }
}
