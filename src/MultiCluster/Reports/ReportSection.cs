using MultiCluster.Terminal;

namespace MultiCluster.Reports;

/// <summary>A part of a report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Note">A sentence below the heading, or null.</param>
internal abstract record ReportSection(string Title, string? Note);

/// <summary>A few figures to begin with.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Note">A sentence below the heading, or null.</param>
/// <param name="Cards">The figures.</param>
internal sealed record ReportCards(string Title, string? Note, IReadOnlyList<ReportCard> Cards) : ReportSection(Title, Note);

/// <summary>One figure.</summary>
/// <param name="Label">What it counts.</param>
/// <param name="Value">The figure.</param>
/// <param name="Tone">How bad that is.</param>
internal sealed record ReportCard(string Label, string Value, Tone Tone = Tone.Plain);

/// <summary>A table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Note">A sentence below the heading, or null.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, with a cell for each column.</param>
internal sealed record ReportTable(string Title, string? Note, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows) : ReportSection(Title, Note)
{
    /// <summary>What is said when there are no rows.</summary>
    public string Empty { get; init; } = "None.";
}

/// <summary>A column.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsNumber">Whether its cells are figures, which stand at the right.</param>
internal sealed record ReportColumn(string Name, bool IsNumber = false);

/// <summary>A cell.</summary>
/// <param name="Text">What it shows; null for nothing.</param>
/// <param name="Number">What it is sorted by, where that is a number.</param>
/// <param name="Tone">How bad that is.</param>
internal sealed record ReportCell(string? Text, double? Number = null, Tone Tone = Tone.Plain);

/// <summary>Bars: one for each label, of one or more parts that stand beside or upon each other.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Note">A sentence below the heading, or null.</param>
/// <param name="Series">What the parts are.</param>
/// <param name="Bars">The bars, from above.</param>
internal sealed record ReportChart(string Title, string? Note, IReadOnlyList<ReportSeries> Series, IReadOnlyList<ReportBar> Bars) : ReportSection(Title, Note)
{
    /// <summary>True where the parts of a bar are added up; false where they are compared.</summary>
    public bool Stacked { get; init; }

    /// <summary>How a figure is written, with its unit.</summary>
    public Func<double, string> Format { get; init; } = static value => value.ToString("#,0.##", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Its figures as a table.</summary>
    public ReportTable Figures => new(
        Title,
        null,
        [new ReportColumn("Name"), .. Series.Select(static one => new ReportColumn(one.Name, IsNumber: true))],
        [.. Bars.Select(bar => (IReadOnlyList<ReportCell>)[new ReportCell(bar.Label), .. bar.Values.Select(value => new ReportCell(value is { } known ? Format(known) : null, value))])]);
}

/// <summary>What a part of each bar is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tone">How bad it is; plain for a colour of its own.</param>
internal sealed record ReportSeries(string Name, Tone Tone = Tone.Plain);

/// <summary>A bar.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Values">A figure for each series; null where it is not known.</param>
internal sealed record ReportBar(string Label, IReadOnlyList<double?> Values);
