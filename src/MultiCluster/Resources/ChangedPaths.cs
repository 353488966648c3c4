using System.Text.RegularExpressions;
using MultiCluster.Objects.Json;

namespace MultiCluster.Resources;

/// <summary>A path at which two versions of an object differ, and what they have there; what one of them lacks does not exist.</summary>
internal readonly record struct PathChange(string Path, JsonSlice Before, JsonSlice Now);

/// <summary>
/// The paths at which two versions of an object differ. Elements of an array are compared with those of the same name (containers,
/// variables, ports) or type (conditions) where all have one, else with those in the same place.
/// </summary>
internal static partial class ChangedPaths
{
    /// <summary>Objects are no deeper, and a stack ends: what lies below counts as one path.</summary>
    private const int MaxDepth = 100;

    /// <summary>What makes an element the same one in both versions, the likeliest first.</summary>
    private static readonly string[] Identities = ["name", "type", "key", "uid"];

    /// <summary>The differences, in the order of the newer version; what has gone comes last in its object.</summary>
    public static IReadOnlyList<string> Between(JsonSlice before, JsonSlice now) => [.. Changes(before, now).Select(static change => change.Path)];

    /// <summary>The differences with what is there before and now, in the same order.</summary>
    public static IReadOnlyList<PathChange> Changes(JsonSlice before, JsonSlice now)
    {
        var changes = new List<PathChange>();
        CompareMembers(before, now, "", changes, MaxDepth);
        return changes;
    }

    private static void Compare(JsonSlice before, JsonSlice now, string path, List<PathChange> paths, int depth)
    {
        if (before.Raw.SequenceEqual(now.Raw))
            return;
        if (depth > 0 && before.IsObject && now.IsObject)
            CompareMembers(before, now, path, paths, depth - 1);
        else if (depth > 0 && before.IsArray && now.IsArray)
            CompareElements([.. Elements(before)], [.. Elements(now)], path, paths, depth - 1);
        else
            paths.Add(new(path, before, now));
    }

    private static void CompareMembers(JsonSlice before, JsonSlice now, string path, List<PathChange> paths, int depth)
    {
        var left = new Dictionary<string, JsonSlice>(StringComparer.Ordinal);
        foreach (var member in before.Members)
            left[member.Name] = member.Value;
        foreach (var member in now.Members)
        {
            var name = member.Name;
            var at = Join(path, name);
            if (left.Remove(name, out var old))
            {
                if (!IsNoise(at))
                    Compare(old, member.Value, at, paths, depth);
            }
            else if (!IsNoise(at))
            {
                paths.Add(new(at, default, member.Value));
            }
        }

        foreach (var (name, old) in left)
        {
            if (Join(path, name) is var at && !IsNoise(at))
                paths.Add(new(at, old, default));
        }
    }

    private static void CompareElements(List<JsonSlice> before, List<JsonSlice> now, string path, List<PathChange> paths, int depth)
    {
        var identity = Array.Find(Identities, name => Keys(before, name) is not null && Keys(now, name) is not null);
        var old = identity is null ? null : Keys(before, identity);
        for (var i = 0; i < now.Count; i++)
        {
            var at = old is null ? i : old.GetValueOrDefault(Key(now[i], identity!)!, -1);
            if (at < 0 || at >= before.Count)
                paths.Add(new($"{path}[{i}]", default, now[i]));
            else
                Compare(before[at], now[i], $"{path}[{i}]", paths, depth);
        }

        var kept = old is null ? null : Keys(now, identity!);
        for (var i = 0; i < before.Count; i++)
        {
            if (kept is null ? i >= now.Count : !kept.ContainsKey(Key(before[i], identity!)!))
                paths.Add(new($"{path}[{i}]", before[i], default));
        }
    }

    /// <summary>The elements' places by their key, or null when one has none or two have the same.</summary>
    private static Dictionary<string, int>? Keys(List<JsonSlice> elements, string identity)
    {
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            if (Key(elements[i], identity) is not { } key || !keys.TryAdd(key, i))
                return null;
        }

        return keys;
    }

    private static string? Key(JsonSlice element, string identity) => element.TryGetMember(identity, out var value) ? value.AsString() : null;

    private static IEnumerable<JsonSlice> Elements(JsonSlice array)
    {
        foreach (var element in array.Elements)
            yield return element;
    }

    // The items of a list of a built-in kind do not say their kind, and the objects of events do.
    private static bool IsNoise(string path) => path is "metadata.managedFields" or "metadata.resourceVersion" or "kind" or "apiVersion";

    /// <summary>The path of a member, as PowerShell reads it.</summary>
    public static string Join(string path, string name) =>
        !Plain().IsMatch(name) ? $"{path}['{name.Replace("'", "''", StringComparison.Ordinal)}']" : path.Length == 0 ? name : $"{path}.{name}";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
