using System.Globalization;
using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Reports.Forms;

/// <summary>A report as Markdown with tables, as wikis and pull requests show it.</summary>
internal static class MarkdownReport
{
    private const string Special = "\\`*_{}[]#!|~@";

    /// <summary>The file.</summary>
    public static string Of(KubeReport report)
    {
        var text = new StringBuilder();
        text.Append("# ").AppendLine(Escape(report.Title)).AppendLine().AppendLine(Escape($"As of {report.Created.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)}"));
        foreach (var section in report.Sections)
        {
            text.AppendLine().Append("## ").AppendLine(Escape(section.Title)).AppendLine();
            if (section.Note is { } note)
                text.AppendLine(Escape(note)).AppendLine();
            switch (section)
            {
                case ReportCards cards:
                    foreach (var card in cards.Cards)
                        text.AppendLine(CultureInfo.InvariantCulture, $"- {Escape(card.Label)}: {Escape(card.Value)}");
                    break;
                case ReportTable { Rows.Count: 0 } table:
                    text.AppendLine(Escape(table.Empty));
                    break;
                case ReportTable table:
                    Add(text, table);
                    break;
                case ReportChart chart:
                    Add(text, chart.Figures);
                    break;
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Add(StringBuilder text, ReportTable table)
    {
        text.Append('|').AppendJoin('|', table.Columns.Select(static column => $" {Escape(column.Name)} ")).AppendLine("|");
        text.Append('|').AppendJoin('|', table.Columns.Select(static column => column.IsNumber ? " ---: " : " --- ")).AppendLine("|");
        foreach (var row in table.Rows)
            text.Append('|').AppendJoin('|', row.Select(static cell => $" {Escape(cell.Text ?? "")} ")).AppendLine("|");
    }

    /// <summary>A text in one line that is no markup, neither Markdown's nor that of the HTML in it.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in TerminalText.VisibleLine(text))
        {
            if (letter is '<' or '>' or '&')
                escaped.Append(letter switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            else if (Special.Contains(letter, StringComparison.Ordinal))
                escaped.Append('\\').Append(letter);
            else
                escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
