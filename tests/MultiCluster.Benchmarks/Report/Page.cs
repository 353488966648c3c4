using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Parts;

namespace MultiCluster.Benchmarks.Report;

/// <summary>docs/benchmarks.md: a section for each part. A run replaces the sections of the parts it measured.</summary>
internal static class Page
{
    private const string Introduction = """
        # Figures

        Written by `dotnet run -c Release --project tests/MultiCluster.Benchmarks -- all` (or one part by its name). Every figure
        stands next to a reference measured in the same run, in turns with it: ratios count, seconds do not. Unless a table says
        otherwise, a figure is the median of its rounds.
        """;

    /// <summary>Replaces one part's section.</summary>
    public static void Write(Part part, IReadOnlyList<Part> order, IReadOnlyList<Table> tables)
    {
        var old = File.Exists(Repository.Page) ? File.ReadAllText(Repository.Page) : "";
        var page = new StringBuilder(Introduction).AppendLine();
        foreach (var one in order)
        {
            var section = one == part ? Section(part, tables) : Present(old, one.Name);
            if (section.Length > 0)
                page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"<!-- {one.Name} -->").AppendLine(section.Trim()).AppendLine(CultureInfo.InvariantCulture, $"<!-- end of {one.Name} -->");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Repository.Page)!);
        File.WriteAllText(Repository.Page, page.ToString());
    }

    private static string Section(Part part, IReadOnlyList<Table> tables)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"## {part.Title}").AppendLine().AppendLine(part.Method).AppendLine();
        foreach (var table in tables)
            Append(text, table);
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.");
        return text.ToString();
    }

    private static void Append(StringBuilder text, Table table)
    {
        if (table.Rows.Count > 0)
        {
            Append(text, table.Header);
            Append(text, [.. table.Header.Select(_ => "---")]);
            foreach (var row in table.Rows)
                Append(text, row);
            text.AppendLine();
        }

        if (table.Note.Length > 0)
            text.AppendLine(table.Note).AppendLine();
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).AppendLine(" |");

    private static string Present(string page, string name) =>
        Regex.Match(page, $"<!-- {name} -->(.*?)<!-- end of {name} -->", RegexOptions.Singleline).Groups[1].Value;
}
