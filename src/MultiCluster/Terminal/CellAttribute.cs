namespace MultiCluster.Terminal;

/// <summary>
/// What a view shows of a property. The build writes the module's format files of these (build/ViewFiles, and why:
/// docs/decisions/views-from-one-table.md); nothing reads them when the module runs.
/// </summary>
internal abstract class CellAttribute(string? label) : Attribute
{
    /// <summary>What it is called, when it is not by the property's own name.</summary>
    public string? Label { get; } = label;

    /// <summary>A property of the value, or of each value of a list, which is shown in its place: <c>TotalMilliseconds</c>, <c>Fault.Message</c>.</summary>
    public string? Path { get; init; }

    /// <summary>.NET's format of a number or a time: <c>{0:HH:mm:ss}</c>.</summary>
    public string? Format { get; init; }

    /// <summary>What stands between the values of a list.</summary>
    public string? Join { get; init; }

    /// <summary>
    /// PowerShell's script, for what is made of several properties. It reads texts by <c>$cells.Name</c>, which makes them harmless to a
    /// terminal, and may use operators only: views are shown where the language is constrained, too.
    /// </summary>
    public string? Script { get; init; }

    /// <summary>True when the property is a time and is shown as the age that it has by now.</summary>
    public bool Age { get; init; }

    /// <summary>A second time, at which the <see cref="Age"/> ends if it has come.</summary>
    public string? Until { get; init; }

    /// <summary>It stands behind all others, those of derived classes included.</summary>
    public bool Last { get; init; }
}
