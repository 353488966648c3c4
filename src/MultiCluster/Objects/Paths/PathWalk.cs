using System.Collections;
using System.Reflection;

namespace MultiCluster.Objects.Paths;

/// <summary>
/// Where a path leads. A list is passed as PowerShell passes one: every element that has the member gives its value, one value is given as
/// it is. A key that has dots itself (<c>metadata.labels.app.kubernetes.io/name</c>) is found where no member of a shorter name leads on.
/// </summary>
internal static class PathWalk
{
    /// <summary>What the path leads to; null when it leads nowhere.</summary>
    public static object? Get(object root, PropertyPath path) => Follow(root, path.Steps, 0, out var value) ? value : null;

    private static bool Follow(object? item, IReadOnlyList<PathStep> steps, int at, out object? value)
    {
        value = item;
        if (at == steps.Count)
            return true;
        var step = steps[at];
        switch (item)
        {
            case null or string:
                value = null;
                return false;
            case IPathRoot or IDictionary:
                return FollowKey(item, steps, at, out value);
            case IList list when step.Index is { } index:
                index += index < 0 ? list.Count : 0;
                if (index >= 0 && index < list.Count)
                    return Follow(list[index], steps, at + 1, out value);
                value = null;
                return false;
            case IEnumerable elements:
                return Spread(elements, steps, at, out value);
            default:
                return TryGetProperty(item, step.Name, out var next) && Follow(next, steps, at + 1, out value);
        }
    }

    private static bool FollowKey(object map, IReadOnlyList<PathStep> steps, int at, out object? value)
    {
        var name = steps[at].Name;
        for (var end = at + 1; ; end++)
        {
            if (TryGetField(map, name, out var next) && Follow(next, steps, end, out value))
                return true;
            if (end == steps.Count || steps[end - 1].IsQuoted || steps[end].IsQuoted)
                break;
            name = $"{name}.{steps[end].Name}";
        }

        value = null;
        return false;
    }

    private static bool TryGetField(object map, string name, out object? value)
    {
        if (map is IPathRoot root)
            return root.TryGetField(name, out value);
        var table = (IDictionary)map;
        value = table.Contains(name) ? table[name] : null;
        return value is not null;
    }

    private static bool Spread(IEnumerable elements, IReadOnlyList<PathStep> steps, int at, out object? value)
    {
        var values = new List<object>();
        foreach (var element in elements)
        {
            if (!Follow(element, steps, at, out var found) || found is null)
                continue;
            if (found is object[] several)
                values.AddRange(several);
            else
                values.Add(found);
        }

        value = values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => values.ToArray(),
        };
        return values.Count > 0;
    }

    private static bool TryGetProperty(object item, string name, out object? value)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        var property = item.GetType().GetProperties(Public).FirstOrDefault(one =>
            one.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && one.GetIndexParameters().Length == 0 && one.CanRead);
        value = property?.GetValue(item);
        return property is not null;
    }
}
