namespace MultiCluster.Terminal;

/// <summary>
/// A column of the table. Columns stand in the order of the properties, those of a base class first. In the list it stands, too, under the
/// property's own name; with a <see cref="ListItemAttribute"/> as that says.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ColumnAttribute(string? label = null) : CellAttribute(label)
{
    /// <summary>Only in the view <c>wide</c>, behind the others.</summary>
    public bool Wide { get; init; }

    /// <summary>Cells; 0 lets PowerShell fit it to what the first rows hold, or gives it what the others leave.</summary>
    public int Width { get; init; }

    /// <summary>
    /// The cells that it takes at most in a terminal of 80, of a table that is fitted to its rows; in a wider one it takes more. 0 is what
    /// its type suggests, and for a namespace and a name what the other columns leave.
    /// </summary>
    public int Most { get; init; }

    /// <summary>What <c>Cells</c> shows in its place, where it is made of several properties and of which a part may be shown.</summary>
    public string? Cell { get; init; }

    /// <summary>True for words and counts that may be bad (<see cref="Tones"/>), which are shown in colour.</summary>
    public bool Toned { get; init; }

    /// <summary>To which side it is aligned.</summary>
    public ColumnSide Side { get; init; }

    /// <summary>False when the list leaves it out.</summary>
    public bool Listed { get; init; } = true;
}

/// <summary>To which side a column is aligned.</summary>
internal enum ColumnSide
{
    /// <summary>Numbers, quantities and ages to the right, all else to the left.</summary>
    OfType,

    /// <summary>To the left.</summary>
    Left,

    /// <summary>To the right.</summary>
    Right,
}
