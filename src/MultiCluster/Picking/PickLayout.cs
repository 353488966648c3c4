namespace MultiCluster.Picking;

/// <summary>How the terminal's lines and columns are shared out.</summary>
internal sealed record PickLayout
{
    /// <summary>The cells between two columns.</summary>
    public const int Gap = 2;

    /// <summary>The cells of the cursor and the mark before a name.</summary>
    public const int MarkWidth = 6;

    private const int CompactBelow = 12;

    /// <summary>Shares out a terminal.</summary>
    /// <param name="width">The terminal's columns.</param>
    /// <param name="height">The terminal's lines.</param>
    /// <param name="items">The cells of the widest name and groups, and how many items there are.</param>
    public PickLayout(int width, int height, PickExtent items)
    {
        // A character in the last column leaves terminals undecided where the cursor is.
        Width = Math.Max(1, width - 1);
        Height = Math.Max(1, height);
        IsCompact = height < CompactBelow;
        StatusLines = IsCompact || Width >= 80 ? 1 : 2;
        FooterLines = IsCompact || Width >= 120 ? 1 : 2;
        var others = (IsCompact ? 1 : 3) + StatusLines + FooterLines;
        Rows = Math.Clamp(Height - others, 1, Math.Max(1, items.Count));
        var columns = Math.Max(0, Width - MarkWidth);
        NameWidth = Math.Min(items.NameWidth, columns * 3 / 5);
        GroupsWidth = Math.Min(items.GroupsWidth, columns / 5);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>True when the title and the line about the item at the cursor are left out.</summary>
    public bool IsCompact { get; }

    /// <summary>The rows of the list.</summary>
    public int Rows { get; }

    public int StatusLines { get; }

    public int FooterLines { get; }

    public int NameWidth { get; }

    public int GroupsWidth { get; }
}
