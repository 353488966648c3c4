using System.Text.RegularExpressions;
using MultiCluster.Objects;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// A kind as people write it: <c>deploy</c>, <c>deployments.apps</c>, <c>Deployment.v1.apps</c>, <c>apps/v1/Deployment</c>,
/// <c>v1/Pod</c>. A null group or version is any.
/// </summary>
internal readonly partial record struct KindName(string Name, string? Version, string? Group)
{
    /// <summary>What <paramref name="text"/> may mean, the likeliest first.</summary>
    public static IReadOnlyList<KindName> Parse(string text)
    {
        text = text.Trim();
        var slash = text.LastIndexOf('/');
        if (slash >= 0)
            return [OfApiVersion(text[..slash], text[(slash + 1)..])];
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return [new(text, null, null)];

        var name = text[..dot];
        var rest = text[(dot + 1)..];
        var group = new KindName(name, null, rest);
        var next = rest.IndexOf('.', StringComparison.Ordinal);
        var version = next < 0 ? rest : rest[..next];
        return AnyVersion().IsMatch(version)
            ? [new(name, version, next < 0 ? "" : rest[(next + 1)..]), group] // a group may itself start with a version
            : [group];
    }

    /// <summary>The first kind that fits: by plural, singular or kind, else by short name.</summary>
    public ResourceKind? FindIn(IReadOnlyList<ResourceKind> kinds)
    {
        ResourceKind? byShortName = null;
        foreach (var kind in kinds)
        {
            if (Group is not null && !Same(Group, kind.Group))
                continue;
            if (Version is not null && !Same(Version, kind.Version))
                continue;
            if (Same(Name, kind.Plural) || Same(Name, kind.Kind) || Same(Name, kind.Singular))
                return kind;
            if (byShortName is null && HasShortName(kind))
                byShortName = kind;
        }

        return byShortName;
    }

    /// <summary>The kind that <paramref name="text"/> means among <paramref name="kinds"/>, or null.</summary>
    public static ResourceKind? Find(string text, IReadOnlyList<ResourceKind> kinds)
    {
        foreach (var name in Parse(text))
        {
            if (name.FindIn(kinds) is { } kind)
                return kind;
        }

        return null;
    }

    private static KindName OfApiVersion(string apiVersion, string name)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            return new(name, apiVersion[(slash + 1)..], apiVersion[..slash]);
        return AnyVersion().IsMatch(apiVersion) ? new(name, apiVersion, "") : new(name, null, apiVersion);
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private bool HasShortName(ResourceKind kind)
    {
        foreach (var shortName in kind.ShortNames)
        {
            if (Same(Name, shortName))
                return true;
        }

        return false;
    }

    [GeneratedRegex("^v[0-9]+((alpha|beta)[0-9]+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnyVersion();
}
