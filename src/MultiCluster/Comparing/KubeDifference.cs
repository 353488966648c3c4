using MultiCluster.Terminal;

namespace MultiCluster.Comparing;

/// <summary>
/// A path at which objects of one name differ, and what each cluster or namespace has there. Where more than half have the same, the others are
/// the odd ones; of two, and where no value has so many, none is.
/// </summary>
/// <remarks>A comparison of few has a table of its own, with a column for each (src/MultiCluster.Module/Views/ComparisonViews.cs); this is the one of many.</remarks>
[Views(Table = "Name Path Common Odd", Wide = "Kind Namespace Name Path Common Odd", Wrap = true)]
public sealed record KubeDifference
{
    /// <summary>The objects' kind.</summary>
    [Column(Width = 14)]
    public required string Kind { get; init; }

    /// <summary>Their namespace; null when they are compared between namespaces, and for objects of the whole cluster.</summary>
    [Column(Width = 12)]
    public string? Namespace { get; init; }

    /// <summary>Their name.</summary>
    [Column(Width = 16)]
    public required string Name { get; init; }

    /// <summary>Where they differ: <c>spec.template.spec.containers[app].image</c>; empty when it is about the whole object.</summary>
    [Column(Width = 26, Script = "if ($_.Path) { $cells.Path } else { '(object)' }")]
    [ListItem]
    public required string Path { get; init; }

    /// <summary>What more than half have; null when no value is had by so many, and when most have nothing there.</summary>
    [ListItem]
    public object? Majority { get; init; }

    /// <summary>How many have it, of those that are known: <c>97/100: 1.27.3</c>.</summary>
    [Column("Majority", Width = 16, Listed = false)]
    public string? Common { get; init; }

    /// <summary>What the odd ones have; where there is no majority, what each has.</summary>
    [Column(Cell = "Odd")]
    [ListItem]
    public IReadOnlyList<KubeDifferenceValue> Odd => [.. Values.Where(value => value.IsKnown && (Common is null || value.IsOdd))];

    /// <summary>What each has, in the order of their names.</summary>
    [ListItem]
    public required IReadOnlyList<KubeDifferenceValue> Values { get; init; }

    /// <summary>True when all that are known have the same.</summary>
    [ListItem]
    public bool Same { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{Kind}/{(Namespace is null ? "" : $"{Namespace}/")}{Name} {(Path.Length == 0 ? "(object)" : Path)}: {string.Join(", ", Values)}");
}
