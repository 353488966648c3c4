namespace MultiCluster.Picking;

/// <summary>Finds the items that a typed text means.</summary>
internal static class PickFilter
{
    /// <summary>
    /// The indices of the items whose name, detail or one of whose groups contains <paramref name="text"/>, whatever its case.
    /// Only when there is none: those whose name has its characters in that order, so that <c>pdeu</c> finds <c>prod-eu</c>.
    /// Near matches beside true ones would be ticked by "tick all" without being meant.
    /// </summary>
    public static List<int> Find(IReadOnlyList<PickItem> items, string text)
    {
        var found = Where(items, item => Contains(item, text));
        return found.Count > 0 ? found : Where(items, item => HasInOrder(item.Name, text));
    }

    private static List<int> Where(IReadOnlyList<PickItem> items, Func<PickItem, bool> predicate)
    {
        var found = new List<int>();
        for (var index = 0; index < items.Count; index++)
        {
            if (predicate(items[index]))
                found.Add(index);
        }

        return found;
    }

    private static bool Contains(PickItem item, string text)
    {
        if (item.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || item.Detail.Contains(text, StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (var group in item.Groups)
        {
            if (group.Contains(text, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool HasInOrder(string name, string text)
    {
        var found = 0;
        foreach (var character in name)
        {
            if (found < text.Length && char.ToUpperInvariant(character) == char.ToUpperInvariant(text[found]))
                found++;
        }

        return found == text.Length;
    }
}
