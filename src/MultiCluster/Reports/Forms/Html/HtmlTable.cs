using System.Globalization;
using MultiCluster.Terminal;

namespace MultiCluster.Reports.Forms.Html;

/// <summary>A table that is sorted by its headings and filtered by words, where there is a script; without one it is a table.</summary>
internal static class HtmlTable
{
    /// <summary>The table.</summary>
    /// <param name="table">What it shows.</param>
    /// <param name="id">The section's id.</param>
    public static HtmlText Of(ReportTable table, string id)
    {
        if (table.Rows.Count == 0)
            return new HtmlText().Add($"<p class=\"dim\">{table.Empty}</p>\n");
        var html = new HtmlText().Add($"<div data-table><div class=\"tools\"><label for=\"{id}-filter\">Filter</label><input id=\"{id}-filter\" type=\"search\" autocomplete=\"off\">")
            .Add($"<output for=\"{id}-filter\" class=\"dim\" role=\"status\"></output></div>\n");
        return html.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{table.Title}\">").Add(Grid(table, sorts: true)).Add($"</div></div>\n");
    }

    /// <summary>The bare table.</summary>
    /// <param name="table">What it shows.</param>
    /// <param name="sorts">Whether its headings are buttons, which the script makes sort.</param>
    public static HtmlText Grid(ReportTable table, bool sorts)
    {
        var html = new HtmlText().Add($"<table><caption>{table.Title}</caption><thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Add(sorts
                ? (FormattableString)$"<th scope=\"col\" aria-sort=\"none\"{NumberClass(column)}><button type=\"button\">{column.Name}</button></th>"
                : $"<th scope=\"col\"{NumberClass(column)}>{column.Name}</th>");
        }

        html.Add($"</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Add($"<tr>");
            for (var at = 0; at < table.Columns.Count; at++)
                html.Add(Cell(row[at], table.Columns[at]));
            html.Add($"</tr>\n");
        }

        return html.Add($"</tbody></table>");
    }

    private static HtmlText Cell(ReportCell cell, ReportColumn column)
    {
        var html = new HtmlText().Add($"<td{NumberClass(column)}");
        if (cell.Number is { } number)
            html.Add($" data-n=\"{number.ToString("R", CultureInfo.InvariantCulture)}\"");
        html.Add($">");
        return (cell.Tone == Tone.Plain || string.IsNullOrEmpty(cell.Text) ? html.Add($"{cell.Text}") : html.Add($"<span class=\"{ClassOf(cell.Tone)}\">{cell.Text}</span>")).Add($"</td>");
    }

    /// <summary>The class of a tone.</summary>
    public static string ClassOf(Tone tone) => tone switch
    {
        Tone.Warning => "warning",
        Tone.Bad => "bad",
        _ => "",
    };

    private static HtmlText NumberClass(ReportColumn column) => column.IsNumber ? new HtmlText().Add($" class=\"number\"") : new HtmlText();
}
