namespace MultiCluster.Picking;

/// <summary>How much there is to lay out.</summary>
/// <param name="Count">How many items.</param>
/// <param name="NameWidth">The cells of the widest name.</param>
/// <param name="GroupsWidth">The cells of the widest groups.</param>
internal readonly record struct PickExtent(int Count, int NameWidth, int GroupsWidth)
{
    public static PickExtent Of(IReadOnlyList<PickItem> items)
    {
        var (name, groups) = (0, 0);
        foreach (var item in items)
        {
            name = Math.Max(name, CellText.Width(CellText.Clean(item.Name)));
            if (item.Groups.Count > 0)
                groups = Math.Max(groups, CellText.Width(PickView.GroupsOf(item)));
        }

        return new PickExtent(items.Count, name, groups);
    }
}
