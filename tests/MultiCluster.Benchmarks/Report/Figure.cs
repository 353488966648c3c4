namespace MultiCluster.Benchmarks.Report;

/// <summary>A row of a table: what was measured, its reference from the same run, and what it must reach.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Reference">What it is held against, with its figure.</param>
/// <param name="Ratio">The figure by its reference.</param>
/// <param name="Mark">What it must reach; empty for what is only published.</param>
/// <param name="Met">Whether it does; null for what is only published.</param>
internal sealed record Figure(string What, string Value, string Reference = "", string Ratio = "", string Mark = "", bool? Met = null);

/// <summary>A table of figures.</summary>
/// <param name="Header">The columns' names.</param>
/// <param name="Rows">The cells.</param>
/// <param name="Note">A sentence below it, or nothing.</param>
internal sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, string Note = "")
{
    private static readonly string[] FigureHeader = ["figure", "value", "reference", "ratio", "must reach", ""];

    public static Table Of(string note, params IReadOnlyList<Figure> figures) => new(
        FigureHeader,
        [.. figures.Select(f => (IReadOnlyList<string>)[f.What, f.Value, f.Reference, f.Ratio, f.Mark, f.Met is null ? "" : f.Met.Value ? "met" : "**missed**"])],
        note);
}
