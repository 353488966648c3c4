using MultiCluster.Terminal;

namespace MultiCluster.Reports.Forms.Html;

/// <summary>Bars as inline SVG, with a legend, and the figures as a table for who does not see them.</summary>
internal static class HtmlChart
{
    private const int Colours = 8;
    private const double Width = 1000, Labels = 210, Values = 150, Thick = 16, Thin = 9, Gap = 8;
    private const int LongestLabel = 30;

    /// <summary>The chart.</summary>
    public static HtmlText Of(ReportChart chart)
    {
        if (chart.Bars.Count == 0)
            return new HtmlText().Add($"<p class=\"dim\">None.</p>\n");
        var html = new HtmlText();
        if (chart.Series.Count > 1)
            html.Add(Legend(chart));
        return html.Add(Drawing(chart)).Add($"<details><summary>The figures as a table</summary><div class=\"scroll\">").Add(HtmlTable.Grid(chart.Figures, sorts: false)).Add($"</div></details>\n");
    }

    private static HtmlText Legend(ReportChart chart)
    {
        var html = new HtmlText().Add($"<ul class=\"legend\">");
        for (var i = 0; i < chart.Series.Count; i++)
            html.Add($"<li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" rx=\"3\" class=\"{FillOf(chart.Series[i], i)}\"/></svg>{chart.Series[i].Name}</li>");
        return html.Add($"</ul>\n");
    }

    private static HtmlText Drawing(ReportChart chart)
    {
        var room = Width - Labels - Values;
        var most = Math.Max(chart.Bars.Max(bar => chart.Stacked ? bar.Values.Sum(static value => Math.Max(0, value ?? 0)) : bar.Values.Max(static value => value ?? 0)), double.Epsilon);
        var step = (chart.Stacked || chart.Series.Count == 1 ? Thick : Thin * chart.Series.Count) + Gap;
        var html = new HtmlText().Add($"<svg class=\"chart\" viewBox=\"0 0 {Width} {step * chart.Bars.Count}\" role=\"img\" aria-label=\"{chart.Title}\">\n");
        for (var i = 0; i < chart.Bars.Count; i++)
        {
            var bar = chart.Bars[i];
            var top = i * step;
            var middle = top + ((step - Gap) / 2) + 4;
            html.Add($"<g class=\"bar\"><title>{Says(chart, bar)}</title><text x=\"{Labels - 10}\" y=\"{middle}\" text-anchor=\"end\">{Short(bar.Label)}</text>");
            html.Add($"<rect class=\"track\" x=\"{Labels}\" y=\"{top}\" width=\"{room}\" height=\"{step - Gap}\" rx=\"3\"/>");
            var at = Labels;
            for (var j = 0; j < chart.Series.Count; j++)
            {
                if (bar.Values[j] is not { } value || value <= 0)
                    continue;
                var length = Math.Max(1, value / most * room);
                var (x, y, height) = chart.Stacked ? (at, top, Thick) : (Labels, top + (chart.Series.Count == 1 ? 0 : j * Thin), chart.Series.Count == 1 ? Thick : Thin - 1);
                html.Add($"<rect class=\"{FillOf(chart.Series[j], j)}\" x=\"{x}\" y=\"{y}\" width=\"{length}\" height=\"{height}\" rx=\"2\"/>");
                at += length;
            }

            html.Add($"<text class=\"value\" x=\"{Labels + room + 10}\" y=\"{middle}\">{Sum(chart, bar)}</text></g>\n");
        }

        return html.Add($"</svg>\n");
    }

    private static string FillOf(ReportSeries series, int at) => series.Tone == Tone.Plain ? $"s{at % Colours}" : $"f{HtmlTable.ClassOf(series.Tone)}";

    private static string Says(ReportChart chart, ReportBar bar) =>
        $"{bar.Label}: {string.Join(", ", chart.Series.Select((one, i) => $"{one.Name} {(bar.Values[i] is { } value ? chart.Format(value) : "not known")}"))}";

    /// <summary>What stands behind a bar: the sum of its parts, or what is compared.</summary>
    private static string Sum(ReportChart chart, ReportBar bar) => chart.Stacked
        ? chart.Format(bar.Values.Sum(static value => value ?? 0))
        : string.Join(" / ", bar.Values.Select(value => value is { } known ? chart.Format(known) : "–"));

    /// <summary>Names of clusters differ at their ends.</summary>
    private static string Short(string label) => label.Length <= LongestLabel ? label : $"{label[..8]}…{label[^(LongestLabel - 9)..]}";
}
