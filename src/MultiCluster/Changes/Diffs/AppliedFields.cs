using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Changes.Diffs;

/// <summary>
/// Whether an apply would change nothing, as far as that can be told without the server: the fields that it would own are exactly those that
/// its manager owns, and each has its value. Whatever is written in another way than the server keeps it is not told, and asked.
/// </summary>
internal static class AppliedFields
{
    /// <summary>Which part of the object is looked at.</summary>
    private enum Place
    {
        Root,
        Metadata,
        Inside,
    }

    /// <summary>True when <paramref name="live"/> is what an apply of <paramref name="wanted"/> would leave.</summary>
    public static bool Hold(KubeObject live, JsonSlice wanted)
    {
        var version = wanted["apiVersion"u8];
        foreach (var entry in live.MetadataJson["managedFields"u8].Elements)
        {
            if (entry["manager"u8].Is(ManagerName) && entry["operation"u8].Is("Apply"u8) && entry["subresource"u8].AsString() is null or "")
                return IsSame(entry["apiVersion"u8], version) && Match(entry["fieldsV1"u8], wanted, live.Root, Place.Root);
        }

        return Given(wanted, Place.Root) == 0; // nothing is asked but that it is there
    }

    private static ReadOnlySpan<byte> ManagerName => "multicluster-powershell"u8;

    private static bool Match(JsonSlice fields, JsonSlice wanted, JsonSlice live, Place place)
    {
        if (!fields.Members.GetEnumerator().MoveNext())
            return IsSame(wanted, live);
        return wanted.IsObject ? live.IsObject && MatchMembers(fields, wanted, live, place) : wanted.IsArray && live.IsArray && MatchElements(fields, wanted, live);
    }

    private static bool MatchMembers(JsonSlice fields, JsonSlice wanted, JsonSlice live, Place place)
    {
        var owned = 0;
        foreach (var field in fields.Members)
        {
            var name = field.Name;
            if (name == ".")
                continue;
            if (!name.StartsWith("f:", StringComparison.Ordinal) || !TryGet(wanted, name[2..], out var asked) || !TryGet(live, name[2..], out var there) || !Match(field.Value, asked, there, Within(place, name[2..])))
                return false;
            owned++;
        }

        return Given(wanted, place) == owned;
    }

    /// <summary>How many members may have an owner.</summary>
    private static int Given(JsonSlice wanted, Place place)
    {
        var given = 0;
        foreach (var member in wanted.Members)
        {
            if (!IsIdentity(member.Name, place) && (Within(place, member.Name) != Place.Metadata || Given(member.Value, Place.Metadata) > 0))
                given++;
        }

        return given;
    }

    /// <summary>Names and kinds belong to nobody.</summary>
    private static bool IsIdentity(string name, Place place) => place switch
    {
        Place.Root => name is "apiVersion" or "kind",
        Place.Metadata => name is "name" or "namespace",
        _ => false,
    };

    private static Place Within(Place place, string member) => place == Place.Root && member == "metadata" ? Place.Metadata : Place.Inside;

    private static bool MatchElements(JsonSlice fields, JsonSlice wanted, JsonSlice live)
    {
        List<JsonSlice> asked = [.. Elements(wanted)];
        List<JsonSlice> there = [.. Elements(live)];
        var places = new List<(int Asked, int There)>();
        foreach (var field in fields.Members)
        {
            var name = field.Name;
            if (name == ".")
                continue;
            var key = JsonSlice.Parse(name.Length > 2 ? name[2..] : null);
            int inAsked, inLive;
            if (name.StartsWith("k:", StringComparison.Ordinal) && key.IsObject)
                (inAsked, inLive) = (Only(asked, element => Fits(element, key, whole: false)), Only(there, element => Fits(element, key, whole: true)));
            else if (name.StartsWith("v:", StringComparison.Ordinal))
                (inAsked, inLive) = (Only(asked, element => IsSame(element, key)), Only(there, element => IsSame(element, key)));
            else
                return false;
            if (inAsked < 0 || inLive < 0 || !Match(field.Value, asked[inAsked], there[inLive], Place.Inside))
                return false;
            places.Add((inAsked, inLive));
        }

        // Each is meant once, and they stand in the order that is asked for.
        places.Sort();
        return places.Count == asked.Count && places.Select(static place => place.Asked).Distinct().Count() == asked.Count
            && places.Zip(places.Skip(1)).All(static pair => pair.First.There < pair.Second.There);
    }

    /// <summary>The place of the one element that fits; -1 when none or several do.</summary>
    private static int Only(List<JsonSlice> elements, Predicate<JsonSlice> fits)
    {
        var at = elements.FindIndex(fits);
        return at >= 0 && elements.FindIndex(at + 1, fits) < 0 ? at : -1;
    }

    /// <summary>Whether an element has a key's values; what it may leave to the server's defaults counts as fitting.</summary>
    private static bool Fits(JsonSlice element, JsonSlice key, bool whole)
    {
        foreach (var part in key.Members)
        {
            if (TryGet(element, part.Name, out var value) ? !IsSame(value, part.Value) : whole)
                return false;
        }

        return true;
    }

    private static bool TryGet(JsonSlice value, string name, out JsonSlice found)
    {
        foreach (var member in value.Members)
        {
            if (member.Name == name)
            {
                found = member.Value;
                return found.Exists;
            }
        }

        found = default;
        return false;
    }

    /// <summary>Whether two values are the same, whatever the order of their members.</summary>
    private static bool IsSame(JsonSlice one, JsonSlice other)
    {
        if (one.Raw.SequenceEqual(other.Raw))
            return one.Exists;
        if (one.IsObject && other.IsObject)
        {
            var count = 0;
            foreach (var member in one.Members)
            {
                if (!TryGet(other, member.Name, out var value) || !IsSame(member.Value, value))
                    return false;
                count++;
            }

            foreach (var _ in other.Members)
                count--;
            return count == 0;
        }

        if (one.IsArray && other.IsArray)
            return Elements(one).Count() == Elements(other).Count() && Elements(one).Zip(Elements(other)).All(static pair => IsSame(pair.First, pair.Second));
        return one.Exists && other.Exists && one.Raw[0] == (byte)'"' && other.Raw[0] == (byte)'"' && one.AsString() == other.AsString();
    }

    private static IEnumerable<JsonSlice> Elements(JsonSlice array)
    {
        foreach (var element in array.Elements)
            yield return element;
    }
}
