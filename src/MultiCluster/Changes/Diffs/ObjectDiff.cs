using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Resources;

namespace MultiCluster.Changes.Diffs;

/// <summary>What a change changes, field by field, without what servers write of themselves.</summary>
internal static class ObjectDiff
{
    private static readonly string[] ServerFields =
        ["metadata.uid", "metadata.generation", "metadata.creationTimestamp", "metadata.selfLink", "metadata.deletionTimestamp", "metadata.deletionGracePeriodSeconds"];

    /// <summary>The fields that differ.</summary>
    /// <param name="before">The object as it was; null when it was not there.</param>
    /// <param name="now">The object as it is, or would be.</param>
    /// <param name="wanted">What was asked for: what the server adds to it of itself is left out. Does not exist when it is not known.</param>
    public static IReadOnlyList<KubeFieldChange> Of(KubeObject? before, KubeObject now, JsonSlice wanted)
    {
        var changes = before is null
            ? Asked(wanted.Exists ? wanted : now.Root, "", [])
            : [.. ChangedPaths.Changes(before.Root, now.Root).Where(change => !IsServers(change.Path))];
        var additions = before is not null && wanted.Exists ? ServerAdditions.Of(wanted, now.Root) : [];
        var secret = now.Source.Kind is { Group: "", Kind: "Secret" };
        return
        [
            .. changes.Where(change => change.Before.Exists || !additions.Exists(addition => IsAt(change.Path, addition)))
                .Select(change => new KubeFieldChange { Path = change.Path, Old = ValueOf(change.Before, change.Path, secret), New = ValueOf(change.Now, change.Path, secret) }),
        ];
    }

    private static bool IsAt(string path, string place) =>
        path.StartsWith(place, StringComparison.Ordinal) && (path.Length == place.Length || path[place.Length] is '.' or '[');

    private static bool IsServers(string path) => IsAt(path, "status") || Array.Exists(ServerFields, field => IsAt(path, field));

    /// <summary>The fields of an object that is made: each that is no table itself.</summary>
    private static List<PathChange> Asked(JsonSlice value, string path, List<PathChange> found)
    {
        foreach (var member in value.Members)
        {
            var at = ChangedPaths.Join(path, member.Name);
            if (path.Length == 0 && member.Name is "apiVersion" or "kind" or "status")
                continue;
            if (at is "metadata.name" or "metadata.namespace" or "metadata.managedFields" or "metadata.resourceVersion" || IsServers(at) || !member.Value.Exists)
                continue;
            if (member.Value.IsObject && member.Value.Members.GetEnumerator().MoveNext())
                Asked(member.Value, at, found);
            else
                found.Add(new(at, default, member.Value));
        }

        return found;
    }

    private static object? ValueOf(JsonSlice value, string path, bool secret)
    {
        if (!value.Exists)
            return null;
        var hidden = secret && (IsAt(path, "data") || IsAt(path, "stringData") || path.Contains("last-applied-configuration", StringComparison.Ordinal) || path is "metadata" or "metadata.annotations");
        return hidden ? MaskedSecret.Of(Math.Max(0, value.Raw.Length - 2)) : value.AsObject();
    }
}
