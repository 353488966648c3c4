using System.Globalization;
using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Reports.Forms;

/// <summary>One table of a report as CSV (RFC 4180). No cell can become a formula of a spreadsheet: what would begin one gets an apostrophe.</summary>
internal static class CsvReport
{
    /// <summary>The file.</summary>
    public static string Of(ReportTable table)
    {
        var text = new StringBuilder();
        Add(text, table.Columns.Select(static column => column.Name));
        foreach (var row in table.Rows)
        {
            Add(text, table.Columns.Zip(row).Select(static pair => pair.First.IsNumber && pair.Second.Number is { } number
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : Harmless(TerminalText.VisibleLine(pair.Second.Text ?? ""))));
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(static cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");

    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@', ..] ? $"'{text}" : text;
}
