using System.Text.Json;
using System.Text.RegularExpressions;
using MultiCluster.Reports;
using MultiCluster.Reports.Forms;
using MultiCluster.Reports.Forms.Html;

namespace MultiCluster.Tests.Reports;

public sealed partial class ReportWriterTests
{
    [Fact]
    public void No_name_becomes_markup()
    {
        var plain = Markup(HtmlReport.Of(SampleReport.Of("name")));
        var hostile = Markup(HtmlReport.Of(SampleReport.Of(SampleReport.Hostile)));

        Assert.Equal(plain, hostile);
    }

    [Fact]
    public void The_page_needs_and_reaches_nothing_outside_it()
    {
        var html = HtmlReport.Of(SampleReport.Of("name"));

        Assert.Contains("default-src 'none'; style-src 'sha256-", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)\b(https?:|//[a-z]|@import|url\(|style=""|on[a-z]+="")", html);
        Assert.All(Reference().Matches(html), static reference => Assert.StartsWith("#", reference.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_missing_is_empty_and_no_zero()
    {
        var html = HtmlReport.Of(SampleReport.Of("name"));

        Assert.Contains("<td><span class=\"warning\">name 2</span></td><td class=\"number\"></td>", html, StringComparison.Ordinal);
        Assert.Contains("b: name not known, Used 2", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_a_fleet_stays_small() => Assert.InRange(HtmlReport.Of(SampleReport.Of("payments-prod-1.eu-central-1", rows: 5000)).Length, 100_000, 2_000_000);

    [Fact]
    public void Markdown_shows_tables_whose_cells_are_texts()
    {
        var text = MarkdownReport.Of(SampleReport.Of("a|b\n# <b>x</b>"));

        Assert.Contains("| a\\|b", text, StringComparison.Ordinal);
        Assert.Contains("| --- | ---: |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Equal(6, text.Split('\n').Count(static line => line.StartsWith('#')));
    }

    [Fact]
    public void Json_has_figures_as_numbers()
    {
        using var json = JsonDocument.Parse(JsonReport.Of(SampleReport.Of(SampleReport.Hostile)));

        var rows = json.RootElement.GetProperty("sections")[1].GetProperty("rows");
        Assert.Equal(10, rows[0].GetProperty("Restarts").GetDouble());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("Restarts").ValueKind);
        Assert.Equal($"{SampleReport.Hostile} 1", rows[0].GetProperty(SampleReport.Hostile).GetString());
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "\"'=cmd|'/c calc'!A1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(1)", "\"'@SUM(1)\"")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    public void No_cell_of_a_csv_becomes_a_formula(string text, string cell)
    {
        var table = new ReportTable("t", null, [new ReportColumn("Name"), new ReportColumn("Count", IsNumber: true)], [[new ReportCell(text), new ReportCell("-1 pods", -1)]]);

        Assert.Equal($"\"Name\",\"Count\"\r\n{cell},\"-1\"\r\n", CsvReport.Of(table));
    }

    /// <summary>The page without its texts.</summary>
    private static string Markup(string html) => Text().Replace(Attribute().Replace(html, "=\"\""), "><");

    [GeneratedRegex(">[^<>]*<")]
    private static partial Regex Text();

    [GeneratedRegex("(?<=aria-label|y|x|width|title)=\"[^\"]*\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
