using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace MultiCluster.Reports.Forms.Html;

/// <summary>
/// A report as one HTML file that needs nothing else: its style and its script are in it, and its Content-Security-Policy lets nothing else
/// run and nothing be fetched.
/// </summary>
internal static class HtmlReport
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <summary>The file.</summary>
    public static string Of(KubeReport report)
    {
        var html = new HtmlText().Add($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{Hash(Style)}'; script-src 'sha256-{Hash(Script)}'; base-uri 'none'; form-action 'none'\">\n");
        html.Add($"<meta name=\"referrer\" content=\"no-referrer\">\n<title>{report.Title}</title>\n<style>").AddOwn(Style).Add($"</style>\n</head>\n<body>\n");
        html.Add($"<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header><h1>{report.Title}</h1>\n");
        html.Add($"<p class=\"dim\">As of <time datetime=\"{report.Created.ToString("O", CultureInfo.InvariantCulture)}\">{report.Created.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)}</time></p>\n");
        html.Add($"<nav aria-label=\"Contents\"><ul>");
        for (var i = 0; i < report.Sections.Count; i++)
            html.Add($"<li><a href=\"#part-{i}\">{report.Sections[i].Title}</a></li>");
        html.Add($"</ul></nav></header>\n<main id=\"main\">\n");
        for (var i = 0; i < report.Sections.Count; i++)
            html.Add(Section(report.Sections[i], $"part-{i}"));
        return html.Add($"</main>\n<footer>Made by MultiCluster, a PowerShell module.</footer>\n<script>").AddOwn(Script).Add($"</script>\n</body>\n</html>\n").ToString();
    }

    private static HtmlText Section(ReportSection section, string id)
    {
        var html = new HtmlText().Add($"<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{section.Title}</h2>\n");
        if (section.Note is { } note)
            html.Add($"<p class=\"dim\">{note}</p>\n");
        return html.Add(section switch
        {
            ReportCards cards => Cards(cards),
            ReportTable table => HtmlTable.Of(table, id),
            ReportChart chart => HtmlChart.Of(chart),
            _ => throw new NotSupportedException($"{section.GetType()}"),
        }).Add($"</section>\n");
    }

    private static HtmlText Cards(ReportCards cards)
    {
        var html = new HtmlText().Add($"<dl class=\"cards\">");
        foreach (var card in cards.Cards)
            html.Add($"<div class=\"card\"><dt>{card.Label}</dt><dd class=\"{HtmlTable.ClassOf(card.Tone)}\">{card.Value}</dd></div>");
        return html.Add($"</dl>\n");
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A part of this program. Lines end as browsers count them, whatever the checkout made of them.</summary>
    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
