using MultiCluster.Reports.Forms.Html;

namespace MultiCluster.Reports.Forms;

/// <summary>The files of a report.</summary>
internal static class ReportFiles
{
    /// <summary>What the ending of a file's name says; HTML where it says nothing.</summary>
    public static ReportForm FormOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSON" => ReportForm.Json,
        ".CSV" => ReportForm.Csv,
        ".MD" or ".MARKDOWN" => ReportForm.Markdown,
        _ => ReportForm.Html,
    };

    /// <summary>The files and their texts: one, but as CSV one for each table, whose name has the table's behind that which was given.</summary>
    public static IEnumerable<(string Path, string Text)> Of(KubeReport report, string path, ReportForm form)
    {
        switch (form)
        {
            case ReportForm.Json:
                return [(path, JsonReport.Of(report))];
            case ReportForm.Markdown:
                return [(path, MarkdownReport.Of(report))];
            case ReportForm.Csv:
                ReportTable[] tables = [.. report.Sections.OfType<ReportTable>()];
                return tables.Select(table => (tables.Length == 1 ? path : Named(path, table.Title), CsvReport.Of(table)));
            default:
                return [(path, HtmlReport.Of(report))];
        }
    }

    /// <summary>A table's title may be a server's word: of it letters, digits and dashes are left.</summary>
    private static string Named(string path, string title)
    {
        var plain = string.Concat(title.ToLowerInvariant().Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{(plain.Length > 60 ? plain[..60] : plain)}{Path.GetExtension(path)}");
    }
}
