using MultiCluster.Objects.Json;
using MultiCluster.Resources;

namespace MultiCluster.Changes.Diffs;

/// <summary>What an object has beside what was asked for: defaults, and what others have put there. Lists are matched by what their elements hold.</summary>
internal static class ServerAdditions
{
    /// <summary>The paths of what was not asked for.</summary>
    public static List<string> Of(JsonSlice wanted, JsonSlice now)
    {
        var found = new List<string>();
        Compare(wanted, now, "", found);
        return found;
    }

    private static void Compare(JsonSlice wanted, JsonSlice now, string path, List<string> found)
    {
        if (wanted.IsObject && now.IsObject)
        {
            foreach (var member in now.Members)
            {
                var at = ChangedPaths.Join(path, member.Name);
                if (wanted.TryGetMember(member.Name, out var asked))
                    Compare(asked, member.Value, at, found);
                else
                    found.Add(at);
            }
        }
        else if (wanted.IsArray && now.IsArray)
        {
            CompareElements([.. Elements(wanted)], [.. Elements(now)], path, found);
        }
    }

    private static void CompareElements(List<JsonSlice> wanted, List<JsonSlice> now, string path, List<string> found)
    {
        var others = new List<int>();
        for (var i = 0; i < now.Count; i++)
        {
            var there = now[i];
            var at = wanted.FindIndex(asked => IsNamedAlike(asked, there));
            if (at < 0)
                at = wanted.FindIndex(asked => IsIn(asked, there));
            if (at < 0)
            {
                others.Add(i);
                continue;
            }

            Compare(wanted[at], there, $"{path}[{i}]", found);
            wanted.RemoveAt(at);
        }

        // One that was asked for and is not found may be there in the server's own writing: then none is known to be an addition.
        if (wanted.Count == 0)
            found.AddRange(others.Select(i => $"{path}[{i}]"));
    }

    private static bool IsNamedAlike(JsonSlice asked, JsonSlice there) =>
        asked.IsObject && there.IsObject && asked.TryGetMember("name", out var one) && there.TryGetMember("name", out var other) && IsIn(one, other);

    /// <summary>Whether all that is asked for is there.</summary>
    private static bool IsIn(JsonSlice asked, JsonSlice there)
    {
        if (asked.Raw.SequenceEqual(there.Raw))
            return true;
        if (asked.IsArray && there.IsArray)
            return Elements(asked).All(one => Elements(there).Any(other => IsIn(one, other)));
        if (!asked.IsObject || !there.IsObject)
            return asked.AsString() is { } text && text == there.AsString();
        foreach (var member in asked.Members)
        {
            if (!there.TryGetMember(member.Name, out var value) || !IsIn(member.Value, value))
                return false;
        }

        return true;
    }

    private static IEnumerable<JsonSlice> Elements(JsonSlice array)
    {
        foreach (var element in array.Elements)
            yield return element;
    }
}
