using System.Text.RegularExpressions;
using MultiCluster.Objects;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// A kind as people write it: <c>deploy</c>, <c>deployments.apps</c>, <c>Deployment.v1.apps</c>, <c>apps/v1/Deployment</c>,
/// <c>v1/Pod</c>. A null group or version is any.
/// </summary>
internal readonly partial record struct KindName(string Name, string? Version, string? Group)
{
    /// <summary>Whether the group may be the beginning of one, as in kubectl: <c>ingress.networking</c>. That of an apiVersion is whole.</summary>
    public bool MayAbbreviate { get; private init; }

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
        var group = new KindName(name, null, rest) { MayAbbreviate = rest.Length > 0 };
        var next = rest.IndexOf('.', StringComparison.Ordinal);
        var version = next < 0 ? rest : rest[..next];
        return AnyVersion().IsMatch(version)
            ? [new(name, version, next < 0 ? "" : rest[(next + 1)..]) { MayAbbreviate = next >= 0 && next + 1 < rest.Length }, group] // a group may itself start with a version
            : [group];
    }

    /// <summary>The first kind that fits: by plural, singular or kind, else by short name.</summary>
    public ResourceKind? FindIn(IReadOnlyList<ResourceKind> kinds)
    {
        ResourceKind? byShortName = null;
        foreach (var kind in kinds)
        {
            if ((Group is not null && !Same(Group, kind.Group)) || !HasVersion(kind))
                continue;
            if (IsNameOf(kind))
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

    /// <summary>
    /// The same among all that a server serves: there the beginning of a group will do, where only one group that has such a kind begins so.
    /// </summary>
    public static ResourceKind? FindServed(string text, IReadOnlyList<ResourceKind> kinds) =>
        Find(text, kinds) ?? (Abbreviated(text, kinds) is [var only] ? only : null);

    /// <summary>The kinds of the groups that begin as <paramref name="text"/> has it, one of each, in the server's order.</summary>
    public static IReadOnlyList<ResourceKind> Abbreviated(string text, IReadOnlyList<ResourceKind> kinds)
    {
        foreach (var name in Parse(text).Where(static name => name.MayAbbreviate))
        {
            var begins = kinds.Where(kind => kind.Group.StartsWith(name.Group!, StringComparison.OrdinalIgnoreCase)).GroupBy(static kind => kind.Group, StringComparer.Ordinal);
            ResourceKind[] found = [.. begins.Select(group => (name with { Group = group.Key }).FindIn([.. group])).OfType<ResourceKind>()];
            if (found.Length > 0)
                return found;
        }

        return [];
    }

    /// <summary>
    /// The kinds of other groups that <paramref name="text"/> could mean as well as <paramref name="taken"/>, one of each. What is called so by
    /// its own name has no rival that only has it for a short name, and what Kubernetes moved from one of its groups to another is one kind.
    /// </summary>
    public static IReadOnlyList<ResourceKind> Rivals(string text, ResourceKind taken, IReadOnlyList<ResourceKind> kinds)
    {
        if (Parse(text) is not [{ Group: null, Version: null } name])
            return [];
        Func<ResourceKind, bool> fits = name.IsNameOf(taken) ? name.IsNameOf : name.HasShortName;
        return [.. kinds.Where(kind => kind.Group != taken.Group && fits(kind) && !IsMoved(kind, taken)).DistinctBy(static kind => kind.Group)];
    }

    private static bool IsMoved(ResourceKind kind, ResourceKind taken) => kind.Kind == taken.Kind && IsOfKubernetes(kind.Group) && IsOfKubernetes(taken.Group);

    private static bool IsOfKubernetes(string group) => !group.Contains('.', StringComparison.Ordinal) || group.EndsWith(".k8s.io", StringComparison.Ordinal);

    private static KindName OfApiVersion(string apiVersion, string name)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            return new(name, apiVersion[(slash + 1)..], apiVersion[..slash]);
        return AnyVersion().IsMatch(apiVersion) ? new(name, apiVersion, "") : new(name, null, apiVersion);
    }

    /// <summary>Whether a kind is called so: by its plural, its singular or its kind.</summary>
    public bool IsNameOf(ResourceKind kind) => Same(Name, kind.Plural) || Same(Name, kind.Kind) || Same(Name, kind.Singular);

    private bool HasVersion(ResourceKind kind) => Version is null || Same(Version, kind.Version);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a kind is called so for short.</summary>
    public bool HasShortName(ResourceKind kind)
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
